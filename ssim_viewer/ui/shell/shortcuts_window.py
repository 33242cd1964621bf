"""Every key and every gesture of the mouse, listed from the actions themselves."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from ssim_viewer.ui.shell.action_texts import keys_of, words_of
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT, Colors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QAction

ALONE = QT_TR_NOOP("Show it alone; once more brings the others back")
TRANSPORT = (
    (QT_TR_NOOP("Space"), QT_TR_NOOP("Play or pause")),
    (QT_TR_NOOP("Right"), QT_TR_NOOP("One step; in the history, the next step")),
    (QT_TR_NOOP("Left"), QT_TR_NOOP("The step before")),
    (QT_TR_NOOP("Arrows in a pane"), QT_TR_NOOP("Pan, while the image is not seen whole")),
    (QT_TR_NOOP("Enter in a pane"), ALONE),
    (QT_TR_NOOP("Shift, held over a pane"), QT_TR_NOOP("Show the reference in it")),
    (QT_TR_NOOP("Home, End"), QT_TR_NOOP("The first, the latest step")),
)
GESTURES = (
    (QT_TR_NOOP("Wheel, pinch"), QT_TR_NOOP("Zoom at the cursor")),
    (QT_TR_NOOP("Left drag"), QT_TR_NOOP("Pan")),
    (QT_TR_NOOP("Drag the divider"), QT_TR_NOOP("Move the wipe")),
    (QT_TR_NOOP("Double click in a pane"), ALONE),
    (QT_TR_NOOP("Click or drag in a plot"), QT_TR_NOOP("Show a step of the climb")),
    (
        QT_TR_NOOP("Drop a file on a pane"),
        QT_TR_NOOP("Open it as the reference or the distorted image"),
    ),
    (QT_TR_NOOP("Click the title of a pane"), QT_TR_NOOP("Choose what it shows")),
)


class ShortcutsWindow(QDialog):
    """A window with the list of keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_window")
        self.setWindowTitle(tr("Keys"))
        self._colors = LIGHT
        self._keys: dict[tuple[str, str], None] = {}
        self._page = QTextBrowser()
        self._page.setObjectName("shortcuts_page")
        self._page.setAccessibleName(tr("Keys and gestures"))
        self._page.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._page.document().setDocumentMargin(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)

    def sizeHint(self) -> QSize:
        """Return the size of a list that is read well."""
        return QSize(520, 640)

    def show_for(self, actions: Sequence[QAction]) -> None:
        """List the keys of actions, as they are now, and come to the front."""
        # Their words and not they themselves: those of a list that is made anew are gone then.
        self._keys = dict.fromkeys((keys_of(action), words_of(action)) for action in actions)
        self._write()
        self.show()
        self.activateWindow()

    def restyle(self, colors: Colors) -> None:
        """Set the list in the colours of a theme."""
        self._colors = colors
        self._write()

    def _write(self) -> None:
        self._page.document().setDefaultStyleSheet(
            f"h2 {{ font-size: medium; font-weight: 600; color: {self._colors.accent};"
            " margin-top: 16px; margin-bottom: 4px; }"
            " td { padding: 3px 24px 3px 0px; }"
            " .keys { font-weight: 600; white-space: nowrap; }"
        )
        self._page.setHtml(
            _section(tr("Everywhere"), [(key, words) for key, words in self._keys if key])
            + _section(tr("Wherever the key is not taken, as in a box to type in"), TRANSPORT)
            + _section(tr("Mouse"), GESTURES)
        )


def _section(heading: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = "".join(
        f'<tr><td width="180" class="keys">{escape(tr(keys))}</td><td>{escape(tr(words))}</td></tr>'
        for keys, words in rows
    )
    return f'<h2>{heading}</h2><table cellspacing="0">{lines}</table>'
