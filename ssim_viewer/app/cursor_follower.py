"""The pixel under the mouse becomes part of the session, at most once a frame; the latest wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ssim_viewer.session.intents import PointAt

if TYPE_CHECKING:
    from ssim_viewer.ui.pane.pane_grid import PaneGrid

FRAME = 16
"""Milliseconds between two changes of the session by the mouse."""


class CursorFollower(QObject):
    """Passes the pixel under the mouse on.

    Signals
    -------
    intended
        Carries `PointAt`.
    """

    intended = Signal(object)

    def __init__(self, panes: PaneGrid, parent: QObject) -> None:
        super().__init__(parent)
        self._latest: tuple[int, int] | None = None
        self._told: tuple[int, int] | None = None
        self._rest = QTimer(self, singleShot=True, interval=FRAME)
        self._rest.timeout.connect(self._tell)
        panes.hovered.connect(self._hover)

    @Slot(object)
    def _hover(self, pixel: tuple[int, int] | None) -> None:
        self._latest = pixel
        if not self._rest.isActive():
            self._tell()

    @Slot()
    def _tell(self) -> None:
        if self._latest != self._told:
            self._told = self._latest
            self.intended.emit(PointAt(self._latest))
            self._rest.start()
