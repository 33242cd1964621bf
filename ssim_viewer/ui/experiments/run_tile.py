"""A tile: one run's image under its title and its numbers, with a way into the main window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from superqt import QElidingLabel

from ssim_viewer.metrics import Quantity
from ssim_viewer.session.intents import ShowImage
from ssim_viewer.session.map_scale import WHOLE_SCALE
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.pane.canvas import Canvas
from ssim_viewer.ui.pane.color_bar import ColorBar
from ssim_viewer.ui.pane.pane_content import picture_of
from ssim_viewer.ui.pane.tool_mouse import ToolMouse
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import tabular
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.run_group import RunState
    from ssim_viewer.ui.pane.navigation import Navigation
    from ssim_viewer.ui.pane.selection import Selection
    from ssim_viewer.ui.theme.colors import Colors

SWATCH = 12
WAITING = QT_TR_NOOP("The image appears here\nonce the runs begin")


class RunTile(QWidget):
    """Shows one run.

    Signals
    -------
    intended
        Carries `ShowImage` when the image is wanted in the main window.
    """

    intended = Signal(object)

    def __init__(self, name: str, navigation: Navigation, selection: Selection) -> None:
        super().__init__()
        self.setObjectName(name)
        self._run: RunState | None = None
        self._shown: tuple[SsimMeasurement | None, Quantity, str | None] | None = None
        self._swatch = QFrame()
        self._swatch.setFixedSize(SWATCH, SWATCH)
        self._title = QElidingLabel()
        self._title.setObjectName(f"{name}_title")
        font = QFont(self._title.font())
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self._numbers = QElidingLabel()
        self._numbers.setObjectName(f"{name}_numbers")
        self._numbers.setFont(tabular(self._numbers.font()))
        self._state = muted_label()
        self._state.setObjectName(f"{name}_state")
        self._show = QToolButton()
        self._show.setAutoRaise(True)
        self._show.setIconSize(QSize(16, 16))
        name_control(
            self._show,
            f"{name}_show",
            tr("Show in the main window"),
            tr("Show in the main window: this image becomes the distorted one, with all its maps."),
        )
        self._show.clicked.connect(self._want_in_main_window)
        self.canvas = Canvas(navigation, selection, ToolMouse(self), self)
        self.canvas.setObjectName(f"{name}_canvas")
        self.color_bar = ColorBar(self)
        self._picture = QWidget()
        self._picture.setAutoFillBackground(True)  # behind the room of a bar that is not there
        self.color_bar.setObjectName(f"{name}_color_bar")
        self.color_bar.hide()
        self._lay_out()

    def show_run(self, run: RunState | None, title: str, numbers: str, quantity: Quantity) -> None:
        """Show a run with its numbers in words, or only what it would be after."""
        self._run = run
        measured = run.measured if run is not None else None
        title, numbers = tr(title), tr(numbers)
        self._title.setText(title)
        self._numbers.setText(numbers)
        self._numbers.setToolTip(numbers)
        self._show_state(run)
        self._show.setEnabled(measured is not None)
        self.setAccessibleName(f"{title}: {numbers}" if numbers else title)
        shown = (measured, quantity, run.ended if run is not None else None)
        if self._shown is None or self._shown[0] is not measured or self._shown != shown:
            self._shown = shown
            self._show_picture(measured, quantity)

    def restyle(self, colors: Colors, color: str) -> None:
        """Paint in a theme's colours, and the run's own."""
        self.canvas.restyle(colors)
        palette = self._picture.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colors.surround))
        self._picture.setPalette(palette)
        self.color_bar.restyle(colors)
        self._show.setIcon(themed_icon("open-in-app", colors))
        self._swatch.setStyleSheet(f"background: {color}; border-radius: 3px;")

    def _show_state(self, run: RunState | None) -> None:
        text = ""
        if run is not None and run.measured is not None and run.makes_steps:
            text = (
                tr(run.ended) if run.ended and not run.failed else tr("step {step}", step=run.step)
            )
        if run is not None and run.failed:
            text = tr("failed")
        self._state.setText(text)
        self._state.setToolTip(tr(run.ended) if run is not None else "")

    def _show_picture(self, measured: SsimMeasurement | None, quantity: Quantity) -> None:
        picture = picture_of(measured, quantity, WHOLE_SCALE)
        reference = picture_of(measured, Quantity.REFERENCE)
        message = tr(WAITING) if self._run is None else tr("Making the start…")
        if self._run is not None and self._run.ended:
            message = tr(self._run.ended)
        self.color_bar.show_scale(picture.scale if picture is not None else None)
        self.canvas.show_picture(picture, reference, message)
        self.canvas.setAccessibleName(self._title.text())

    def _want_in_main_window(self) -> None:
        run = self._run
        if run is not None and run.image is not None:
            name = (
                tr("{title}, step {step}", title=tr(run.title), step=run.step)
                if run.makes_steps
                else tr(run.title)
            )
            self.intended.emit(ShowImage(run.image, name))

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.setContentsMargins(8, 0, 4, 0)
        heading.setSpacing(8)
        heading.addWidget(self._swatch)
        heading.addWidget(self._title, 1)
        heading.addWidget(self._state)
        heading.addWidget(self._show)
        numbers = QHBoxLayout()
        numbers.setContentsMargins(8, 0, 8, 4)
        numbers.addWidget(self._numbers, 1)
        picture = QHBoxLayout(self._picture)
        picture.setContentsMargins(0, 0, 0, 0)
        picture.setSpacing(0)
        picture.addWidget(self.canvas, 1)
        picture.addWidget(self.color_bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(heading)
        column.addLayout(numbers)
        column.addWidget(self._picture, 1)
