"""The grid of panes, which look at the same place of the pair."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from ssim_viewer.session.anchors import ANCHOR
from ssim_viewer.session.comparison import Mode
from ssim_viewer.session.intents import ActivatePane, PutAnchor, SelectRegion, TakeTool
from ssim_viewer.session.tools import Phase
from ssim_viewer.ui.pane.image_pane import ImagePane
from ssim_viewer.ui.pane.navigation import Navigation
from ssim_viewer.ui.pane.pane_content import content_picture
from ssim_viewer.ui.pane.pixel_values import SMALLEST_CELL
from ssim_viewer.ui.pane.selection import Selection
from ssim_viewer.ui.pane.tool_mouse import ToolMouse
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QShowEvent

    from ssim_viewer.metrics import Quantity
    from ssim_viewer.session.color_scale import ColorScale
    from ssim_viewer.session.family import MetricLayer
    from ssim_viewer.session.overlays import Overlay
    from ssim_viewer.session.state import Layout, Look, Session
    from ssim_viewer.session.tools import Pointer, Tool
    from ssim_viewer.ui.pane.canvas import Canvas
    from ssim_viewer.ui.theme.colors import Colors

FIRST_PANES = 6
"""Panes that are made at once; a larger layout makes more when it is first chosen."""


class PaneGrid(QWidget):
    """Shows the panes of the session's layout, linked exactly.

    Signals
    -------
    intended
        Carries intents of the panes.
    hovered
        Carries the pixel (x, y) under the cursor, or None.
    export_requested
        Carries a pane's index and ``"native"``, ``"as shown"`` or ``"values"``.
    """

    intended = Signal(object)
    hovered = Signal(object)
    export_requested = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane_grid")
        self.setAccessibleName(tr("Image panes"))
        self.navigation = Navigation(self)
        self.selection = Selection(self.navigation, self)
        self.selection.selected.connect(lambda region: self.intended.emit(SelectRegion(region)))
        self.tool_mouse = ToolMouse(self)
        self.tool_mouse.pointed.connect(self._point)
        self.selection.armed.connect(self._put_tool_down)
        self.panes: tuple[ImagePane, ...] = ()
        self._colors: Colors = LIGHT
        self._overlays: tuple[Overlay, ...] = ()
        self._blinker = QTimer(self)
        self._blinker.timeout.connect(self._blink)
        self._blinked = False
        self._active = 0
        self._laid_out: tuple[Layout, tuple[int, ...]] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
        self._make_panes(FIRST_PANES)

    def _make_panes(self, count: int) -> None:
        """Make panes until there are so many."""
        for index in range(len(self.panes), count):
            pane = ImagePane(index, self.navigation, self.selection, self.tool_mouse, self)
            pane.intended.connect(self.intended)
            pane.export_requested.connect(self.export_requested)
            pane.canvas.hovered.connect(self._hover)
            pane.canvas.resized.connect(self._measure)
            pane.restyle(self._colors)
            pane.canvas.set_overlays(self._overlays)
            self.panes = (*self.panes, pane)

    def show_session(self, session: Session) -> None:
        """Show the session."""
        self._lay_out(session.look)
        self._active = session.look.active
        self._take_tool(session.tool)
        self._blink_at(_rate(session.look))
        if (pair := session.document.pair) is not None:
            self.navigation.set_size(pair.reference.width, pair.reference.height)
        for pane in self.panes:
            if not pane.isHidden():
                pane.show_session(session)

    def _blink_at(self, rate: float | None) -> None:
        """Show the reference in turn, so many changes a second; None stops with the pictures."""
        if rate is None:
            self._blinker.stop()
            self._blink_all(blinked=False)
            return
        interval = round(1000 / rate)
        if interval != self._blinker.interval() or not self._blinker.isActive():
            self._blinker.start(interval)

    def _blink(self) -> None:
        self._blink_all(blinked=not self._blinked)

    def _blink_all(self, *, blinked: bool) -> None:
        self._blinked = blinked
        for pane in self._visible:
            pane.canvas.blink(blinked)

    def set_overlays(self, overlays: tuple[Overlay, ...]) -> None:
        """Draw overlays over all panes."""
        self._overlays = overlays
        for pane in self.panes:
            pane.canvas.set_overlays(overlays)

    def show_pictures(self, session: Session) -> None:
        """Show another step of the pair on screen: the pictures, without any words."""
        for pane in self.panes:
            if not pane.isHidden():
                pane.show_picture(session)

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        self._colors = colors
        for pane in self.panes:
            pane.restyle(colors)

    def fit(self) -> None:
        """Show the whole image in every pane."""
        self.navigation.fit()

    def actual_pixels(self) -> None:
        """Show one image pixel as one device pixel."""
        self.navigation.actual_pixels()

    def zoom_in(self) -> None:
        """Zoom in about the cursor, or about the centre while it is over no pane."""
        self.navigation.zoom_in(self._under_cursor)

    def zoom_out(self) -> None:
        """Zoom out about the cursor, or about the centre while it is over no pane."""
        self.navigation.zoom_out(self._under_cursor)

    def show_values_closely(self) -> None:
        """Zoom in so far that numbers have room on the pixels."""
        ratio = self.devicePixelRatioF()
        zoom = max(self.navigation.zoom, math.ceil(SMALLEST_CELL * ratio))
        self.navigation.zoom_to(zoom, self._under_cursor)

    def canvas_of(self, pane: int) -> Canvas | None:
        """Return the canvas of a pane that is shown, else None."""
        found = self.panes[pane] if pane < len(self.panes) else None
        return None if found is None or found.isHidden() else found.canvas

    @property
    def shows_values(self) -> bool:
        """Whether the samples of a pane are large enough for numbers."""
        return any(pane.canvas.has_room_for_values for pane in self._visible)

    def focus_pane(self, pane: int) -> None:
        """Give a pane the focus, which makes it the active one."""
        if pane not in (shown := [each.index for each in self._visible]) and len(shown) == 1:
            self.intended.emit(ActivatePane(pane))  # one pane alone: another one takes its place
        if pane < len(self.panes) and not self.panes[pane].isHidden():
            self.panes[pane].canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_keyboard(self) -> None:
        """Give the active pane the focus, or the first where it is not shown."""
        shown = [each.index for each in self._visible]
        if shown:
            self.focus_pane(self._active if self._active in shown else shown[0])

    @property
    def _visible(self) -> list[ImagePane]:
        return [pane for pane in self.panes if not pane.isHidden()]

    @property
    def _under_cursor(self) -> tuple[float, float] | None:
        places = (pane.canvas.place_under_cursor for pane in self._visible)
        return next((place for place in places if place is not None), None)

    def _follow_focus(self, _before: QWidget | None, focused: QWidget | None) -> None:
        """Make the pane active that has the focus, or something in it."""
        for pane in self.panes:
            pane.set_focused(focused is not None and pane.isAncestorOf(focused))

    def picture_as_shown(self, pane: int) -> QImage:
        """Return what is seen in a pane, with its colour bar, in device pixels."""
        return self.panes[pane].as_shown()

    def scale(self, quantity: Quantity | MetricLayer, session: Session) -> ColorScale | None:
        """Return the colours of a map; None for the pictures, and while nothing is measured."""
        picture = content_picture(session, quantity)
        return None if picture is None else picture.scale

    def sizeHint(self) -> QSize:
        """Return a size at which six panes are comfortable."""
        return QSize(960, 640)

    def minimumSizeHint(self) -> QSize:
        """Return the size below which panes say nothing."""
        return QSize(320, 200)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch for Shift: keys go to the window before the widget that has the focus."""
        super().showEvent(event)
        if (window := self.window().windowHandle()) is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold the reference under the cursor while Shift is down."""
        if isinstance(event, QKeyEvent):
            self._hold(event)
        elif event.type() is QEvent.Type.FocusOut:
            self._hold_reference(held=False)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer Shift that was sent to a pane itself."""
        self._hold(event)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Bring the picture back."""
        self._hold(event)
        super().keyReleaseEvent(event)

    def _hold(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Shift and not event.isAutoRepeat():
            self._hold_reference(held=event.type() is QEvent.Type.KeyPress)

    def _hold_reference(self, *, held: bool) -> None:
        """Show the reference in the pane under the cursor, else in the one with the focus."""
        over = [pane for pane in self.panes if pane.underMouse()]
        over = over or [pane for pane in self.panes if pane.canvas.hasFocus()]
        for pane in self.panes:
            pane.canvas.hold_reference(held and pane in over)

    def _point(self, pointer: Pointer) -> None:
        """Put a pin where it was clicked; other tools belong to features."""
        if pointer.tool == ANCHOR and pointer.phase is Phase.PRESS:
            self.intended.emit(PutAnchor(self._active, pointer.x, pointer.y))

    def _take_tool(self, tool: Tool | None) -> None:
        """Let a tool take the drag; a selection that was ready is not any more."""
        if self.tool_mouse.take(tool) and tool is not None:
            self.selection.get_ready(ready=False)

    def _put_tool_down(self, ready: bool) -> None:  # noqa: FBT001 - a slot
        if ready and self.tool_mouse.tool is not None:
            self.intended.emit(TakeTool(None))

    def _lay_out(self, look: Look) -> None:
        layout, shown = look.layout, look.shown_panes
        if (layout, shown) == self._laid_out:
            return
        self._laid_out = (layout, shown)
        self._make_panes(max(shown) + 1)
        for pane in self.panes:
            self._grid.removeWidget(pane)
        for place, index in enumerate(shown):
            row, column = divmod(place, layout.columns)
            self._grid.addWidget(self.panes[index], row, column)
        self._focus_shown_pane(look)
        for index, pane in enumerate(self.panes):
            pane.setVisible(index in shown)
        for row in range(3):
            self._grid.setRowStretch(row, int(row < layout.rows))
        for column in range(3):
            self._grid.setColumnStretch(column, int(column < layout.columns))
        self._measure()

    def _focus_shown_pane(self, look: Look) -> None:
        """Keep the focus in a pane; that of one that goes would move to a button far away."""
        focused = [pane.index for pane in self.panes if pane.canvas.hasFocus()]
        if focused and focused[0] not in look.shown_panes:
            pane = self.panes[look.active if look.active in look.shown_panes else 0]
            pane.setVisible(True)
            pane.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _measure(self) -> None:
        """Tell the navigation how large the visible panes are."""
        self.navigation.set_viewports(pane.canvas.device_size for pane in self._visible)

    def _hover(self, pixel: tuple[int, int] | None) -> None:
        for pane in self.panes:
            pane.canvas.set_marker(pixel)
        self.hovered.emit(pixel)


def _rate(look: Look) -> float | None:
    """Return the changes a second of the panes that blink, or None where none does."""
    modes = (look.comparison_in(pane).mode for pane in look.shown_panes)
    return look.comparison.rate if Mode.BLINK in modes else None
