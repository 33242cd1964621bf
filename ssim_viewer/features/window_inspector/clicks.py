"""A click in a pane holds the window that is under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from ssim_viewer.features.window_inspector.actions import HoldWindow
from ssim_viewer.features.window_inspector.state import inspector_of

if TYPE_CHECKING:
    from ssim_viewer.features.feature import Port


class Clicks(QObject):
    """Watches the panes while the dock is open; a drag is no click, nor is one with a tool."""

    def __init__(self, port: Port) -> None:
        super().__init__(port.window)
        self._port = port
        self._pressed: QPointF | None = None
        self._canvases: list[QObject] = []
        port.changed.connect(self._watch)

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way."""
        return True

    def acted(self, action: object) -> None:
        """Do nothing: clicks come from the panes alone."""

    def close(self) -> None:
        """Watch no more."""
        self._port.changed.disconnect(self._watch)
        for canvas in self._canvases:
            canvas.removeEventFilter(self)

    @Slot()
    def _watch(self) -> None:
        """Watch the panes that a layout has brought."""
        for pane in self._port.window.panes.panes[len(self._canvases) :]:
            pane.canvas.installEventFilter(self)
            self._canvases.append(pane.canvas)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell a click from a drag."""
        if isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.LeftButton:
            if event.type() is QEvent.Type.MouseButtonPress:
                self._pressed = event.position()
            elif event.type() is QEvent.Type.MouseButtonRelease and self._pressed is not None:
                way = event.position() - self._pressed
                self._pressed = None
                if way.manhattanLength() < QApplication.startDragDistance():
                    self._click(watched, event.position())
        return super().eventFilter(watched, event)

    def _click(self, canvas: QObject, point: QPointF) -> None:
        session = self._port.session
        pair = session.document.pair
        busy = session.tool is not None or self._port.window.panes.selection.ready
        if pair is None or busy or not inspector_of(session).open:
            return
        x, y = getattr(canvas, "view").to_image(point)  # noqa: B009 - a canvas of a pane
        if 0 <= x < pair.reference.width and 0 <= y < pair.reference.height:
            self._port.want(HoldWindow((int(x), int(y))))
