"""The panel of a scene: what to see in it, and its table of predicted and measured values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.scenes.actions import showing
from ssim_viewer.features.scenes.state import SCENES, place_on_screen, scenes_of
from ssim_viewer.session.family import symbol_of
from ssim_viewer.ui.controls.fields import muted_label, name_control, set_text_color
from ssim_viewer.ui.controls.numbers import fixed, quantity
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from ssim_viewer.features.scenes.scene import Row, Scene
    from ssim_viewer.features.scenes.state import Scenes
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

WIDTH, HEIGHT = 380, 280
TABLE_HEIGHT = 160
"""The least, beside the panel of a lesson."""
EMPTY = QT_TR_NOOP("Choose a scene in the menu Experiment ▸ Scenes.")
FOOT = QT_TR_NOOP(
    "Of all pixels, by Wang et al. 2004: 11 × 11 Gaussian, σ 1.5, valid, luma, L = 255. Higher "
    "SSIM, CW-SSIM and PSNR are better, lower MSE is. Click a row: its images come on screen."
)


class ScenePanel(QScrollArea):
    """Shows the table of a scene.

    Signals
    -------
    intended
        Carries an action of the feature, or an intent for the main window.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._session: Session | None = None
        self._shown: object = None
        self.setObjectName("scene_panel")
        self.setAccessibleName(tr("Scene"))
        self.setMinimumSize(WIDTH, HEIGHT)
        self._title = QLabel(tr(EMPTY))
        self._title.setObjectName("scene_title")
        self._title.setWordWrap(True)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._reading = QLabel()
        self._reading.setObjectName("scene_reading")
        self._reading.setWordWrap(True)
        self._reading.setTextFormat(Qt.TextFormat.RichText)
        self._table = QTableWidget()
        name_control(self._table, "scene_table", tr("Table of the scene"), FOOT)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setMinimumHeight(TABLE_HEIGHT)
        self._table.verticalHeader().hide()
        self._table.setFont(tabular(self._table.font()))
        self._table.verticalScrollBar().setAccessibleName(tr("Scroll the table"))
        self._table.horizontalScrollBar().setAccessibleName(tr("Scroll the table sideways"))
        self._foot = muted_label(FOOT, wrap=True)
        self._problem = muted_label(wrap=True)
        self._problem.setObjectName("scene_problem")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.verticalScrollBar().setAccessibleName(tr("Scroll the scene"))
        self.horizontalScrollBar().setAccessibleName(tr("Scroll the scene sideways"))
        body = QWidget()
        self.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 8, 8, 8)
        for widget in (self._title, self._reading, self._problem):
            column.addWidget(widget)
        column.addWidget(self._table, 1)
        column.addWidget(self._foot)
        self._table.currentCellChanged.connect(self._choose)

    def show_session(self, session: Session) -> None:
        """Show the scene of a session."""
        self._session = session
        state = scenes_of(session)
        if state is not self._shown:
            self._show_scene(state)
        place = place_on_screen(session)
        if place != self._table.currentRow():
            with QSignalBlocker(self._table):
                # Without a row on screen none is current, so that a click on any brings it back.
                self._table.setCurrentCell(place, 0 if place >= 0 else -1)
                if place < 0:
                    self._table.clearSelection()

    def _show_scene(self, state: Scenes) -> None:
        self._shown = state
        scene = SCENES.get(state.wanted or state.scene)
        self._title.setText(tr(scene.title if scene else EMPTY))
        self._reading.setText(tr(scene.reading if scene else ""))
        self._problem.setText(tr("making the images…") if state.wanted else state.problem)
        self._problem.setVisible(bool(self._problem.text()))
        with QSignalBlocker(self._table):
            if scene is not None and not state.wanted:
                self._fill(scene, state.rows)
        self._table.setVisible(bool(state.rows) and not state.wanted)

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        set_text_color(self._problem, colors.on_error)

    def _fill(self, scene: Scene, rows: tuple[Row, ...]) -> None:
        columns = _columns(scene)
        self._table.setColumnCount(len(columns) + 1)
        self._table.setHorizontalHeaderLabels([tr("pair"), *map(tr, columns)])
        self._table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            cells = [row.case.label, *_cells(scene, row)]
            for column, text in enumerate(cells):
                item = QTableWidgetItem(tr(text))
                if column:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self._table.setItem(place, column, item)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _choose(self, place: int, _column: int, before: int, _column_before: int) -> None:
        if self._session is not None and place >= 0 and place != before:
            self.intended.emit(showing(self._session, place))


def _columns(scene: Scene) -> list[str]:
    part = [f"{scene.part}\npredicted", f"{scene.part.split(',')[0]}\nmeasured"]
    names = [f"{symbol_of(name)}" for name in scene.metrics if symbol_of(name) != scene.part]
    luma = [tr("PSNR\nluma, dB")] if scene.luma else []
    ssim = [] if scene.part.startswith("SSIM") else ["MSSIM"]
    return [*(part if scene.part else []), *ssim, *names, "MSE", "PSNR\ndB", *luma]


def _decibels(value: float) -> str:
    """Return a PSNR; above 200 dB only rounding differs."""
    return "equal" if value > 200 else fixed(value, 2)


def _cells(scene: Scene, row: Row) -> list[str]:
    predicted, measured = row.case.predicted, row.measured
    cells = []
    if scene.part:
        part = measured["part"] if predicted is not None or not scene.metrics else None
        part = measured[scene.metrics[0]] if part is None else part
        cells += [
            "–" if predicted is None else fixed(predicted, scene.digits),
            fixed(part, scene.digits),
        ]
    if not scene.part.startswith("SSIM"):
        cells.append(fixed(measured["ssim"], 4))
    cells += [fixed(measured[name], 4) for name in scene.metrics if symbol_of(name) != scene.part]
    cells += [quantity(measured["mse"]), fixed(measured["psnr"], 2)]
    return [*cells, *([_decibels(measured["psnr of luma"])] if scene.luma else [])]
