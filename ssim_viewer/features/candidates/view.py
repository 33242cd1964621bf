"""The dock of candidates: the table, quality against rate, adding and exporting."""

from __future__ import annotations

import time
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.candidates.actions import (
    AddCandidates,
    ClearCandidates,
    ExportCandidates,
    RunCandidates,
)
from ssim_viewer.features.candidates.numbered_table import NumberedRows, NumberedTable
from ssim_viewer.features.candidates.pattern_dialog import ask_pattern
from ssim_viewer.features.candidates.rank_plot import RankPlot
from ssim_viewer.features.candidates.rate_plot import RatePlot
from ssim_viewer.features.candidates.state import (
    candidates_of,
    image_of,
    keys_of,
    missing_key,
    scores_of,
    standard_of,
)
from ssim_viewer.features.candidates.table import SORT_ROLE, CandidateTable, Row
from ssim_viewer.metrics import Quantity
from ssim_viewer.reports.candidates import ALWAYS, TITLES
from ssim_viewer.session.family import symbol_of
from ssim_viewer.session.intents import ChooseCandidate, OpenFile
from ssim_viewer.session.state import Role
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.controls.inputs import Choice
from ssim_viewer.ui.controls.section import Section
from ssim_viewer.ui.controls.text_view import TextView
from ssim_viewer.ui.pane.colormaps import color_scale
from ssim_viewer.ui.shell.file_dialogs import ask_folder, ask_open_several, ask_save
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

KINDS = (
    QT_TR_NOOP("HTML, everything in one file (*.html)"),
    QT_TR_NOOP("CSV (*.csv)"),
    QT_TR_NOOP("JSON (*.json)"),
)

LEAST_PLOT = 110
"""The height in pixels below which numbers of an axis lie over each other."""

PAUSE, REST = 100, 5
"""Milliseconds between two looks at scores that come in, or so many times as long as one takes."""


class CandidatesPanel(QWidget):
    """Shows the candidates of a session.

    Signals
    -------
    intended
        Carries an action of the feature, or an intent that brings a candidate on screen.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("candidates")
        self.setAccessibleName(tr("Candidates"))
        self.setAcceptDrops(True)
        self.folder: Path | None = None
        self._session: Session | None = None
        self._shown: tuple[object, ...] = ()
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._catch_up)
        self._late = False
        self._model = CandidateTable(self)
        self._sorted = NumberedRows(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(SORT_ROLE)
        self._table = self._make_table()
        self._plot, self._ranks = RatePlot(), RankPlot()
        self._plots = QStackedWidget()
        for plot in (self._plot, self._ranks):
            self._plots.addWidget(plot)
        self._kind = Choice([(tr("Quality against rate"), 0), (tr("Ranks by each score"), 1)])
        name_control(
            self._kind, "candidates_plot", tr("Plot"), tr("What is drawn of the candidates.")
        )
        self._skipped = TextView("candidates_skipped", tr("Files that are skipped, and why"))
        self._skips = Section(tr("Skipped"), "candidates_skipped_section", self._skipped)
        self._skips.collapse(animate=False)
        self._skips.hide()
        self._score = Choice([(TITLES[name], name) for name in ALWAYS])
        name_control(self._score, "candidates_score", tr("Score"), tr("The score of the plot."))
        self._score.show_value("ssim")
        self._state = muted_label(wrap=True)
        self._state.setObjectName("candidates_state")
        self._buttons = self._make_buttons()
        self._lay_out()
        self._score.chosen.connect(lambda _name: self._draw())
        self._kind.chosen.connect(self._choose_plot)
        for plot in (self._plot, self._ranks):
            plot.chosen.connect(self._show_row)

    def sizeHint(self) -> QSize:
        """Return a width that shows the scores."""
        return QSize(420, 600)

    def show_session(self, session: Session) -> None:
        """Show the candidates of a session and their scores."""
        self._session = session
        opened = session.document.opened
        shown = (
            candidates_of(session),
            opened,
            session.document.metric,
            session.look.metrics,
            session.playing,
        )
        if len(shown) == len(self._shown) and all(
            a is b for a, b in zip(shown, self._shown, strict=True)
        ):
            return
        before, self._shown = self._shown, shown
        judging = len(before) == len(shown) and all(
            a is b for a, b in zip(before[1:], shown[1:], strict=True)
        )
        self._late = judging and self._pause.isActive() and missing_key(session) is not None
        if not self._late:
            self._show(session)

    @Slot()
    def _catch_up(self) -> None:
        if self._late and self._session is not None:
            self._show(self._session)

    def _show(self, session: Session) -> None:
        """Fill table and plots; while scores come in, they rest for several times as long."""
        begun, self._late = time.perf_counter(), False
        opened = session.document.opened
        found, current = scores_of(session), opened.distorted if opened else None
        rows = []
        for key in keys_of(session):
            image = image_of(session, key)
            rows.append(Row(key, key.name, image is not None and image is current, found.get(key)))
        standard = standard_of(session)
        self._model.show_rows(rows, standard.others if standard else ())
        self._tell(session, rows)
        self._draw()
        taken = 1000 * (time.perf_counter() - begun)
        if missing_key(session) is not None:
            self._pause.start(round(max(PAUSE, REST * taken)))

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        icons = {
            "candidates_add": "plus",
            "candidates_folder": "folder-outline",
            "candidates_pattern": "asterisk",
            "candidates_clear": "broom",
            "candidates_export": "export-variant",
        }
        for name, icon in icons.items():
            self._buttons[name].setIcon(themed_icon(icon, colors))
        for plot in (self._plot, self._ranks):
            plot.restyle(colors)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.intended.emit(AddCandidates(tuple(paths)))

    def _make_table(self) -> QTableView:
        table = NumberedTable()
        name_control(
            table,
            "candidates_table",
            tr("Candidates"),
            tr(
                "Click a row, go up and down, or press its number, to see it; click a heading"
                " to sort."
            ),
        )
        table.setModel(self._sorted)
        table.setSortingEnabled(True)
        table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().setDefaultSectionSize(36)
        table.setIconSize(QSize(48, 32))
        for bar, name in (
            (table.horizontalScrollBar(), tr("Scroll the columns")),
            (table.verticalScrollBar(), tr("Scroll the candidates")),
        ):
            bar.setAccessibleName(tr(name))
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        table.selectionModel().currentRowChanged.connect(self._choose)
        return table

    def _make_buttons(self) -> dict[str, QToolButton]:
        rows = (
            ("candidates_add", tr("Add files"), tr("Judge more image files."), self._add_files),
            (
                "candidates_folder",
                tr("Add a folder"),
                tr("Judge all images of a folder."),
                self._add_folder,
            ),
            (
                "candidates_pattern",
                tr("Add by a pattern"),
                tr("Judge all files that a pattern names, such as out/**/*.jpg."),
                self._add_pattern,
            ),
            (
                "candidates_clear",
                tr("Clear"),
                tr("Take the added files out of the table."),
                self._clear,
            ),
            (
                "candidates_export",
                tr("Export"),
                tr("Write an HTML page, CSV or JSON."),
                self._export,
            ),
            (
                "candidates_run",
                tr("Stop"),
                tr("Stop writing a file, or judging; or go on."),
                self._toggle,
            ),
        )
        buttons = {}
        for name, title, tip, slot in rows:
            button = QToolButton()
            name_control(button, name, title, tip)
            button.clicked.connect(slot)
            buttons[name] = button
        buttons["candidates_run"].setText(tr("Stop"))
        return buttons

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(8, 4, 8, 4)
        tools.setSpacing(4)
        for name in (
            "candidates_add",
            "candidates_folder",
            "candidates_pattern",
            "candidates_clear",
        ):
            tools.addWidget(self._buttons[name])
        tools.addStretch(1)
        tools.addWidget(self._buttons["candidates_run"])
        tools.addWidget(self._buttons["candidates_export"])
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        choice = QHBoxLayout()
        choice.setContentsMargins(8, 0, 8, 0)
        choice.addWidget(self._kind, 1)
        choice.addWidget(self._score, 1)
        column.addLayout(choice)
        self._plots.setMinimumHeight(LEAST_PLOT)
        column.addWidget(self._plots, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self._table)
        split.addWidget(below)
        split.setSizes([300, 240])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(tools)
        whole.addWidget(split, 1)
        self._state.setContentsMargins(8, 2, 8, 4)
        whole.addWidget(self._skips)
        whole.addWidget(self._state)

    def _tell(self, session: Session, rows: list[Row]) -> None:
        state = candidates_of(session)
        judged = sum(row.scores is not None for row in rows)
        left = judged < len(rows)
        words = (
            tr("{judged} of {count} judged", judged=judged, count=len(rows))
            if left
            else tr("1 candidate")
            if len(rows) == 1
            else tr("{count} candidates", count=len(rows))
        )
        if state.adding:
            words = tr("{words}, looking for more", words=words)
        lines = (f"<b>{escape(each.name)}</b>: {escape(tr(each.reason))}" for each in state.skipped)
        self._skipped.show_html("<br>".join(lines))
        self._skips.setText(tr("{count} skipped", count=len(state.skipped)))
        self._skips.setVisible(bool(state.skipped))
        if state.exports:
            name, share = state.exports[0].name, f"{state.written or 0:.0%}"
            words = tr("{words}. Writing “{name}”: {share}", words=words, name=name, share=share)
        elif state.notice is not None:
            words = f"{words}. {tr(state.notice.text)}"
        self._state.setText(tr(words))
        at_work = state.running or state.exports
        self._buttons["candidates_run"].setText(tr("Stop") if at_work else tr("Go on"))
        self._buttons["candidates_run"].setVisible(left or bool(state.exports))
        self._buttons["candidates_export"].setEnabled(judged > 0)
        self._buttons["candidates_clear"].setEnabled(bool(state.files))

    def _draw(self) -> None:
        """Draw the plot that is seen; the other one is drawn when it is chosen."""
        if self._plots.currentWidget() is self._ranks:
            self._draw_ranks()
            return
        name = ALWAYS[self._score.currentIndex()]
        self._plot.show_rows(self._model.rows, name, TITLES.get(name) or symbol_of(name))

    def _draw_ranks(self) -> None:
        session = self._session
        standard = standard_of(session) if session is not None else None
        others = standard.others if standard is not None else ()
        self._ranks.show_rows(self._model.rows, ("psnr_luma", "ssim", *others))

    def _choose_plot(self, kind: int) -> None:
        self._plots.setCurrentIndex(kind)
        self._score.setVisible(kind == 0)
        self._draw()

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self._show_row(self._model.rows[self._sorted.mapToSource(index).row()])

    def _show_row(self, row: Row) -> None:
        """Bring a candidate on screen; zoom and place stay."""
        session = self._session
        opened = session.document.opened if session is not None else None
        if session is None or opened is None:
            return
        image = image_of(session, row.key)
        if image is None:
            assert isinstance(row.key, Path)  # noqa: S101 - what is not open is a file
            self.intended.emit(OpenFile(Role.DISTORTED, row.key))
        elif image is not opened.distorted:
            self.intended.emit(ChooseCandidate(opened.candidates.index(image)))

    def _add_files(self) -> None:
        def chosen(paths: tuple[Path, ...]) -> None:
            self.folder = paths[0].parent
            self.intended.emit(AddCandidates(paths))

        ask_open_several(self, tr("Add candidates"), self.folder, chosen)

    def _add_pattern(self) -> None:
        start = f"{self.folder or Path.home()}/*.jpg"
        ask_pattern(self, start, lambda text: self.intended.emit(AddCandidates((Path(text),))))

    def _add_folder(self) -> None:
        def chosen(path: Path) -> None:
            self.folder = path
            self.intended.emit(AddCandidates((path,)))

        ask_folder(self, tr("Add a folder of candidates"), self.folder, chosen)

    def _clear(self) -> None:
        self.intended.emit(ClearCandidates())

    def _toggle(self) -> None:
        state = None if self._session is None else candidates_of(self._session)
        at_work = state is not None and (state.running or state.exports)
        self.intended.emit(RunCandidates(on=not at_work))

    def _export(self) -> None:
        def chosen(path: Path) -> None:
            session = self._session
            measured = None if session is None else session.measured
            scale = None
            if session is not None and measured is not None:
                chosen = session.look.scale_of(Quantity.SSIM)
                scale = color_scale(Quantity.SSIM, measured, chosen)
            self.intended.emit(ExportCandidates(path, scale))

        proposal = (self.folder or Path.home()) / "candidates.html"
        ask_save(self, tr("Save"), proposal, KINDS, chosen)
