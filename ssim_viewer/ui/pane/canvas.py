"""The canvas of a pane: paints its picture where the navigation looks, and takes the mouse.

What is shown lies in its `scene`; where it is looked at comes from `navigation`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssim_viewer.session.comparison import Comparison, Mode
from ssim_viewer.ui.pane.marker import draw_marker, marker_area
from ssim_viewer.ui.pane.overlay_drawing import draw_overlays, overlay_area
from ssim_viewer.ui.pane.pane_layers import Framing, Scene
from ssim_viewer.ui.pane.selection import draw_region
from ssim_viewer.ui.pane.wipe import WipeDivider
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from ssim_viewer.session.overlays import Overlay
    from ssim_viewer.session.region import Region
    from ssim_viewer.ui.pane.navigation import Navigation, View
    from ssim_viewer.ui.pane.picture import Picture
    from ssim_viewer.ui.pane.selection import Selection
    from ssim_viewer.ui.pane.tool_mouse import ToolMouse
    from ssim_viewer.ui.theme.colors import Colors

Pixel = tuple[int, int]


class Canvas(QWidget):
    """Paints one picture, and the reference as a mode of comparing has it, or while Shift is held.

    Signals
    -------
    hovered
        Carries the pixel (x, y) under the cursor, or None.
    pressed
        A mouse button went down.
    resized
        The canvas has another size, or another number of device pixels.
    wiped
        Carries the wanted fraction of the divider.
    focus_wanted
        The pane is wanted alone, or beside the others again: a double click, or Enter.
    """

    hovered = Signal(object)
    pressed = Signal()
    resized = Signal()
    wiped = Signal(float)
    focus_wanted = Signal()

    def __init__(
        self,
        navigation: Navigation,
        selection: Selection,
        tool_mouse: ToolMouse,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._navigation = navigation
        self._selection = selection
        self._tool_mouse = tool_mouse
        self._overlays: tuple[Overlay, ...] = ()
        self._anchor: Overlay | None = None
        self._scene = Scene()
        self._message = ""
        self._region: Region | None = None
        self._marker: Pixel | None = None
        self._cursor: QPointF | None = None
        self._hovered: Pixel | None = None
        self._colors = LIGHT
        self.divider = WipeDivider(self)
        self.divider.dragged.connect(self._drag_divider)
        self.divider.nudged.connect(self.wiped)
        navigation.changed.connect(self._follow)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.installEventFilter(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    @property
    def view(self) -> View:
        """Where the canvas looks now."""
        return self._navigation.view(self.width(), self.height(), self.devicePixelRatioF())

    @property
    def device_size(self) -> tuple[float, float]:
        """Width and height in device pixels."""
        ratio = self.devicePixelRatioF()
        return self.width() * ratio, self.height() * ratio

    @property
    def shows_values(self) -> bool:
        """Whether numbers stand on the pixels."""
        return self._scene.shows_values(self.view)

    @property
    def has_room_for_values(self) -> bool:
        """Whether samples are large enough on screen for numbers."""
        return self._scene.has_room_for_values(self.view)

    @property
    def place_under_cursor(self) -> tuple[float, float] | None:
        """The position on the image under the cursor; None while it is not over the canvas."""
        return None if self._cursor is None else self.view.to_image(self._cursor)

    @property
    def pixel_under_cursor(self) -> Pixel | None:
        """The pixel (x, y) of the image under the cursor."""
        return self._hovered

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """What is drawn over the picture."""
        return self._overlays

    @property
    def shows_reference(self) -> bool:
        """Whether Shift holds the reference in place of the picture."""
        return self._scene.held

    def show_picture(
        self, picture: Picture | None, reference: Picture | None, message: str
    ) -> None:
        """Show a picture, or a message without one."""
        self._scene.picture, self._scene.reference = picture, reference
        self._message = message
        self._follow()

    def compare(self, comparison: Comparison) -> None:
        """Show the reference as a mode of comparing has it."""
        if comparison != self._scene.comparison:
            self._scene.comparison = comparison
            self.divider.setVisible(comparison.mode is Mode.WIPE)
            self._follow()

    def set_region(self, region: Region | None) -> None:
        """Outline a region."""
        if region != self._region:
            self._region = region
            self.update()

    def set_overlays(self, overlays: tuple[Overlay, ...]) -> None:
        """Draw overlays; only where they differ is painted anew."""
        before, self._overlays = self._overlays, overlays
        for overlay in set(before) ^ set(overlays):
            self.update(overlay_area(overlay, self.view) & self.rect())

    def set_anchor(self, anchor: Overlay | None) -> None:
        """Draw the pin of the image that is shown, or none."""
        if anchor != self._anchor:
            self._anchor = anchor
            self.update()

    def set_pixel_values(self, shown: bool) -> None:  # noqa: FBT001 - a setter as Qt's
        """Draw numbers on pixels when they are large enough."""
        if shown != self._scene.pixel_values:
            self._scene.pixel_values = shown
            self.update()

    def set_pixel_grid(self, shown: bool) -> None:  # noqa: FBT001 - a setter as Qt's
        """Draw lines between pixels when they are large enough."""
        if shown != self._scene.pixel_grid:
            self._scene.pixel_grid = shown
            self.update()

    def blink(self, blinked: bool) -> None:  # noqa: FBT001 - a setter as Qt's
        """Show the reference in place of the picture, while the pane blinks automatically."""
        if blinked != self._scene.blinked:
            self._scene.blinked = blinked
            if self._scene.comparison.mode is Mode.BLINK:
                self.update()

    def hold_reference(self, held: bool) -> None:  # noqa: FBT001 - a setter as Qt's
        """Show the reference in place of the picture."""
        if held != self._scene.held:
            self._scene.held = held
            self.update()

    def set_marker(self, pixel: Pixel | None) -> None:
        """Mark a pixel."""
        if pixel != self._marker:
            for each in (self._marker, pixel):
                if each is not None:
                    self.update(marker_area(self._pixel_area(each)))
            self._marker = pixel

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        self._colors = colors
        self.divider.restyle(colors)
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures and the marker, or the message."""
        with QPainter(self) as painter:
            area = QRectF(event.rect())
            painter.fillRect(area, QColor(self._colors.surround))
            if self._scene.picture is None:
                self._draw_message(painter)
                return
            self.paint(painter, area)
            if self._marker is not None:
                draw_marker(painter, self._pixel_area(self._marker))

    def paint_as_exported(self, painter: QPainter, area: QRectF) -> None:
        """Paint what the pane shows, also while the Shift of a shortcut holds the reference."""
        held, self._scene.held = self._scene.held, False
        try:
            self.paint(painter, area)
        finally:
            self._scene.held = held

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Paint the pictures without what belongs to the cursor."""
        whole, size = QRectF(self.rect()), self._navigation.size
        framing = Framing(self.view, whole, size, self._split(), self._colors)
        self._scene.paint(painter, framing, area)
        if self._region is not None:
            r = self._region
            draw_region(painter, self.view.rect(r.left, r.top, r.right, r.bottom))
        pins = () if self._anchor is None else (self._anchor,)
        draw_overlays(painter, (*self._overlays, *pins), self.view, area, self._colors)

    def seen_area(self) -> QRectF:
        """Return the part of the canvas that the image covers."""
        width, height = self._navigation.size
        return self.view.rect(0, 0, width, height) & QRectF(self.rect())

    def _draw_message(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._colors.muted))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(8, 8, -8, -8), int(flags), self._message)

    def _pixel_area(self, pixel: Pixel) -> QRectF:
        return self.view.rect(pixel[0], pixel[1], pixel[0] + 1, pixel[1] + 1)

    # Following the navigation

    def _follow(self) -> None:
        split, comparison = self._split(), self._scene.comparison
        if split is not None:
            across, fraction = comparison.across, comparison.position
            length = self.width() if across else self.height()
            self.divider.place(split, length, fraction, across=across)
        self._look_up()
        self.update()

    def _split(self) -> float | None:
        """Return x of the divider, or y of one that lies across; None without one."""
        comparison = self._scene.comparison
        if comparison.mode is not Mode.WIPE or self._scene.picture is None:
            return None
        axis = int(comparison.across)
        position = self._navigation.position_at(comparison.position, axis)
        place = self.view.to_widget(position, position)
        return place.y() if comparison.across else place.x()

    def _drag_divider(self, at: float) -> None:
        axis = int(self._scene.comparison.across)
        position = self.view.to_image(QPointF(at, at))[axis]
        self.wiped.emit(self._navigation.fraction_at(position, axis))

    def _look_up(self) -> None:
        """Say which pixel is under the cursor, if that has changed."""
        pixel = None
        if self._cursor is not None and self._scene.picture is not None:
            x, y = (math.floor(value) for value in self.view.to_image(self._cursor))
            width, height = self._navigation.size
            pixel = (x, y) if 0 <= x < width and 0 <= y < height else None
        if pixel != self._hovered:
            self._hovered = pixel
            self.hovered.emit(pixel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the navigation know."""
        super().resizeEvent(event)
        self.resized.emit()
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take pinches, and follow to a screen of another density.

        There is no narrower hook for them; `event` would stand below every painting.
        """
        if watched is self and event.type() is QEvent.Type.DevicePixelRatioChange:
            self.resized.emit()
            self._follow()
        return isinstance(event, QNativeGestureEvent) and self._pinch(event)

    def _pinch(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._zoom_by(1 + event.value(), event.position())
        return True

    # Mouse and keys

    def _zoom_by(self, factor: float, point: QPointF) -> None:
        self._navigation.zoom_to(self._navigation.zoom * factor, self.view.to_image(point))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor; four notches double."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        self._zoom_by(2 ** (turned / 480), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the pane active; the left button takes hold of the image, or begins a region."""
        self.pressed.emit()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        place = self.view.to_image(event.position())
        if not (self._tool_mouse.press(place, event.modifiers()) or self._selection.press(place)):
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan or select while the left button is down, and look up the pixel."""
        before, self._cursor = self._cursor, event.position()
        place = self.view.to_image(event.position())
        if self._tool_mouse.move(place) or self._selection.move(place):
            pass
        elif event.buttons() & Qt.MouseButton.LeftButton and before is not None:
            moved = (before - self._cursor) / self.view.cell
            self._navigation.pan(moved.x(), moved.y())
        self._look_up()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Let go of the image, or end the region."""
        self._tool_mouse.release()
        self._selection.release()
        self.setCursor(Qt.CursorShape.CrossCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Want the pane alone, or the others back; while a tool is on, it is one more press."""
        if event.button() is Qt.MouseButton.LeftButton and self._tool_mouse.tool is None:
            self.focus_wanted.emit()
        else:
            self.mousePressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Look up the pixel."""
        self._cursor = event.position()
        self._look_up()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Forget the pixel."""
        self._cursor = None
        self._look_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Space drive a tool; arrows else pan an image that is not seen whole.

        Enter wants the pane alone, or the others back.
        """
        if self._picks(event):
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.focus_wanted.emit()
            return
        direction = {
            Qt.Key.Key_Left: QPoint(-1, 0),
            Qt.Key.Key_Right: QPoint(1, 0),
            Qt.Key.Key_Up: QPoint(0, -1),
            Qt.Key.Key_Down: QPoint(0, 1),
        }.get(Qt.Key(event.key()))
        if direction is None or self._navigation.fitted:
            super().keyPressEvent(event)
            return
        reach = min(self.width(), self.height()) / 8 / self.view.cell
        self._navigation.pan(direction.x() * reach, direction.y() * reach)

    def _picks(self, event: QKeyEvent) -> bool:
        """Move the point of a tool by keys; the marker shows where it stands."""
        width, height = self._navigation.size
        start = self.place_under_cursor or self._navigation.centre
        place = self._tool_mouse.key(event, start, (width, height))
        if place is None:
            return False
        self._cursor = self.view.to_widget(*place)
        self._look_up()
        return True

    def minimumSizeHint(self) -> QSize:
        """Leave the size to the grid."""
        return QSize(64, 64)
