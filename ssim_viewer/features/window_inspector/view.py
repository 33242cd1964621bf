"""The dock: patches, numbers, formulas and scatter plot of one window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from ssim_viewer.features.window_inspector import actions
from ssim_viewer.features.window_inspector.inspection import NOTHING, inspection_of
from ssim_viewer.features.window_inspector.patches import PatchView
from ssim_viewer.features.window_inspector.scatter import ScatterPlot
from ssim_viewer.features.window_inspector.state import ID, PIN, inspector_of, is_held
from ssim_viewer.features.window_inspector.words import (
    factors_html,
    formulas_html,
    place_text,
    scales_html,
    statistics_html,
)
from ssim_viewer.session.intents import TakeTool
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.controls.inputs import Choice
from ssim_viewer.ui.controls.text_view import TextView
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from ssim_viewer.features.window_inspector.inspection import Inspection
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

WIDTH = 340

_BUTTONS = (
    ("pin", "pin-outline", QT_TR_NOOP("Pin windows with the mouse (X)")),
    ("previous", "chevron-left", QT_TR_NOOP("Previous pin (Alt+Shift+P)")),
    ("next", "chevron-right", QT_TR_NOOP("Next pin (Alt+P)")),
    ("remove", "pin-off-outline", QT_TR_NOOP("Remove the pin that is shown (Ctrl+Alt+P)")),
    ("follow", "cursor-default-outline", QT_TR_NOOP("Follow the mouse again; pins stay")),
)

_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class InspectorPanel(QScrollArea):
    """Shows one window; arrow keys move the pin that is shown.

    Signals
    -------
    intended
        Carries an action of the feature, or `TakeTool`.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(ID)
        self.setAccessibleName(tr("Window inspector"))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setMinimumWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setAccessibleName(tr("Scroll the window inspector"))
        self._tool_on = False
        self._buttons = {name: self._button(name, tip) for name, _, tip in _BUTTONS}
        self._place = TextView("window_place", tr("Place of the window"))
        self._plane = Choice(())
        name_control(
            self._plane, "window_plane", tr("Plane"), tr("The plane whose formulas are shown.")
        )
        self._patches = PatchView()
        self._numbers = TextView("window_numbers", tr("Statistics and formulas of the window"))
        self._scatter = ScatterPlot(self.font())
        self._scales = TextView("window_scales", tr("Scales of MS-SSIM at this place"))
        self._scales_title = muted_label(wrap=True)
        self._scales_title.setText(
            tr("MS-SSIM here: c s at every scale but the last, where it is SSIM")
        )
        self._planes: tuple[str, ...] = ()
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show the window of a session."""
        state, found = inspector_of(session), inspection_of(session)
        self._tool_on = session.tool == PIN
        self._buttons["pin"].setChecked(self._tool_on)
        for name in ("previous", "next", "remove"):
            self._buttons[name].setEnabled(bool(state.pins))
        self._buttons["follow"].setEnabled(is_held(state))
        pin = (
            ""
            if state.current is None
            else tr("Pin {current} of {count} ", current=state.current + 1, count=len(state.pins))
        )
        if found is None:
            self._place.show_html(tr(NOTHING))
        else:
            self._place.show_html(pin + place_text(found))
        self._show_numbers(found if found is not None and found.windows else None)
        if found is not None and found.problem:
            self._numbers.show_html(tr(found.problem))

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        self._patches.restyle(colors)
        self._scatter.restyle(colors)
        for name, icon, _ in _BUTTONS:
            self._buttons[name].setIcon(themed_icon(icon, colors))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the arrow keys move the pin now."""
        super().focusInEvent(event)
        self.setFrameShape(QScrollArea.Shape.Box)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they do so no more."""
        super().focusOutEvent(event)
        self.setFrameShape(QScrollArea.Shape.NoFrame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the pin that is shown."""
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            leap = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self.intended.emit(actions.MovePin(leap * move[0], leap * move[1]))

    def _show_numbers(self, found: Inspection | None) -> None:
        if found is None:
            self._patches.show_window(None, 1.0)
            self._scatter.show_window(None)
            self._numbers.show_html("")
            self._show_scales("")
            self._plane.setVisible(False)
            return
        self._show_planes(found)
        self._patches.show_window(found.window, found.metric.data_range)
        self._scatter.show_window(found.window)
        several = len(found.windows) > 1
        self._numbers.show_html(
            statistics_html(found) + (factors_html(found) if several else "") + formulas_html(found)
        )
        self._show_scales(scales_html(found.scales))

    def _show_planes(self, found: Inspection) -> None:
        names = tuple(window.plane for window in found.windows)
        if names != self._planes:
            self._planes = names
            self._plane.fill([(name, i) for i, name in enumerate(names)])
        self._plane.show_value(found.shown)
        self._plane.setVisible(len(names) > 1)

    def _show_scales(self, html: str) -> None:
        self._scales.show_html(html)
        self._scales.setVisible(bool(html))
        self._scales_title.setVisible(bool(html))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._plane)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(6)
        column.addLayout(row)
        for widget in (self._place, self._patches, self._numbers, self._scatter.widget):
            column.addWidget(widget)
        column.addWidget(self._scales_title)
        column.addWidget(self._scales)
        column.addStretch(1)
        self.setWidget(body)

    def _connect(self) -> None:
        intents = {
            "previous": actions.StepPins(-1),
            "next": actions.StepPins(1),
            "remove": actions.RemovePin(),
            "follow": actions.FollowCursor(),
        }
        for name, intent in intents.items():
            self._buttons[name].clicked.connect(
                lambda _=False, intent=intent: self.intended.emit(intent)
            )
        self._buttons["pin"].clicked.connect(self._take_tool)
        self._plane.chosen.connect(lambda plane: self.intended.emit(actions.ChoosePlane(plane)))

    def _take_tool(self) -> None:
        self.intended.emit(TakeTool(None if self._tool_on else PIN))

    @staticmethod
    def _button(name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setCheckable(name == "pin")
        name_control(button, f"window_{name}", tr(tip).split(" (", maxsplit=1)[0], f"{tr(tip)}.")
        return button
