"""The dock: a row a pair, the one on screen marked, and the images without a partner."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from ssim_viewer.features.folder_pairs.actions import AskFolders
from ssim_viewer.features.folder_pairs.opening import pair_at
from ssim_viewer.features.folder_pairs.state import ID, folder_pairs_of
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.controls.section import Section
from ssim_viewer.ui.controls.text_view import TextView
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from ssim_viewer.features.folder_pairs.state import Pairs
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

NOTHING = QT_TR_NOOP("Open two folders: their images are paired by name.")


class FolderPairsPanel(QWidget):
    """Lists the pairs of two folders.

    Signals
    -------
    intended
        Carries an action of the feature, or several in turn.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(ID)
        self.setAccessibleName(tr("Folder pairs"))
        self._session: Session | None = None
        self._found: Pairs | None = None
        self._list = QListWidget()
        name_control(
            self._list,
            "folder_pairs_list",
            tr("Pairs"),
            tr("Choose a pair, by mouse or keys, to open it."),
        )
        for bar, name in (
            (self._list.verticalScrollBar(), tr("Scroll the pairs")),
            (self._list.horizontalScrollBar(), tr("Scroll the names")),
        ):
            bar.setAccessibleName(name)
        self._state = muted_label(wrap=True)
        self._state.setObjectName("folder_pairs_state")
        self._alone = TextView("folder_pairs_alone", tr("Images without a partner"))
        self._rest = Section(tr("Without a partner"), "folder_pairs_section", self._alone)
        self._rest.collapse(animate=False)
        self._open = QPushButton(tr("Open two folders…"))
        name_control(self._open, "folder_pairs_open", tr("Open two folders"), NOTHING)
        self._lay_out()
        self._list.currentRowChanged.connect(self._choose)
        self._open.clicked.connect(lambda: self.intended.emit(AskFolders()))

    def sizeHint(self) -> QSize:
        """Return room for names."""
        return QSize(280, 480)

    def show_session(self, session: Session) -> None:
        """Show the pairs, and which of them is on screen."""
        self._session = session
        state = folder_pairs_of(session)
        self._list.blockSignals(True)
        if state.found is not self._found:
            self._found = state.found
            self._fill(state.found)
        if state.current is not None:
            self._list.setCurrentRow(state.current)
        self._list.blockSignals(False)
        words = state.problem or NOTHING
        if state.found is not None:
            words = tr("{count} pairs", count=len(state.found.pairs))
            if state.current is not None:
                words = tr(
                    "Pair {current} of {count}",
                    current=state.current + 1,
                    count=len(state.found.pairs),
                )
        self._state.setText(words)

    def restyle(self, colors: Colors) -> None:
        """Nothing has colours of its own."""

    def _fill(self, found: Pairs | None) -> None:
        self._list.clear()
        self._list.addItems([pair.name for pair in found.pairs] if found else [])
        alone = found.unpaired if found is not None else ()
        lines = (f"<b>{escape(name)}</b>: {escape(reason)}" for name, reason in alone)
        self._alone.show_html("<br>".join(lines))
        self._rest.setText(tr("{count} without a partner", count=len(alone)))
        self._rest.setVisible(bool(alone))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._open)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.addLayout(row)
        column.addWidget(self._list, 1)
        column.addWidget(self._rest)
        column.addWidget(self._state)
        self._rest.hide()

    def _choose(self, row: int) -> None:
        action = pair_at(self._session, row) if self._session is not None else None
        if action is not None:
            self.intended.emit(action)
