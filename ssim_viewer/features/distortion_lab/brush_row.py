"""The row of the brush: paint, its size, its softness, and everywhere again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ssim_viewer.features.distortion_lab.actions import ChooseBrush
from ssim_viewer.features.distortion_lab.state import PAINT, lab_of, recipe_of
from ssim_viewer.session.intents import TakeTool
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.controls.inputs import NumberSpin
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session


class BrushRow(QWidget):
    """Takes the brush and says how large and how soft it is.

    Signals
    -------
    intended
        Carries `ChooseBrush` or `TakeTool`.
    cleared
        The strokes are to be taken away: the chain shows everywhere again.
    """

    intended = Signal(object)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._on = False
        self._paint, self._clear = QPushButton(tr("Paint")), QPushButton(tr("Clear"))
        self._paint.setCheckable(True)
        self._radius, self._softness = NumberSpin(0.5, 2000, decimals=0), NumberSpin(0, 100)
        self._radius.setSuffix(" px")
        self._softness.setSuffix(" %")
        self._softness.setDecimals(0)
        name_control(
            self._paint,
            "distortion_paint",
            tr("Paint the distortion"),
            tr(
                "Paint in any pane: the chain shows under the brush alone. Ctrl erases, Esc"
                " ends it."
            ),
        )
        name_control(
            self._radius, "distortion_brush_radius", tr("Radius of the brush"), tr("In pixels.")
        )
        name_control(
            self._softness,
            "distortion_brush_softness",
            tr("Softness of the brush"),
            tr("The share of the radius over which the distortion fades."),
        )
        name_control(
            self._clear,
            "distortion_brush_clear",
            tr("Clear the strokes"),
            tr("Distort everywhere again."),
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._paint, self._radius, self._softness, self._clear):
            layout.addWidget(widget)
        self._paint.clicked.connect(self._take)
        self._clear.clicked.connect(self.cleared)
        for spin in (self._radius, self._softness):
            spin.valueChanged.connect(self._choose)

    def show_session(self, session: Session) -> None:
        """Show whether the brush is taken, and how it is."""
        self._on = session.tool == PAINT
        lab = lab_of(session)
        self._paint.setChecked(self._on)
        self._clear.setEnabled(bool(recipe_of(session).strokes))
        self._radius.show_value(lab.radius)
        self._softness.show_value(100 * lab.softness)

    def _take(self) -> None:
        self.intended.emit(TakeTool(None if self._on else PAINT))

    def _choose(self) -> None:
        self.intended.emit(ChooseBrush(self._radius.value(), self._softness.value() / 100))
