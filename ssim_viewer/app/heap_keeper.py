"""Gives memory that nobody uses any more back to the system, every few seconds, on a worker."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from ssim_viewer.compute.heap import give_back
from ssim_viewer.jobs.runner import Runner

INTERVAL = 5000
"""Milliseconds between two looks."""


class HeapKeeper(QObject):
    """Looks at the heap as long as a window is open."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = Runner("heap", latest_wins=True, parent=self)
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def close(self) -> None:
        """Stop and join the worker."""
        self._timer.stop()
        self._runner.close()

    @Slot()
    def _look(self) -> None:
        self._runner.submit(give_back)
