"""What a worker does for an open window unasked, so that nothing is waited for later.

Memory that nobody uses any more goes back to the system every few seconds. The types of distortion
are found, with the packages that they need: several windows list them as they open. What was
imported is then left out of what the collector of cycles looks through.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from ssim_viewer.app.lasting import Lasting
from ssim_viewer.compute.heap import give_back
from ssim_viewer.distortions.registry import find_distortions
from ssim_viewer.jobs.runner import Runner

BEFORE_FIRST = 1000
"""Milliseconds that a new window has for its first pictures."""

INTERVAL = 5000
"""Milliseconds between two looks at the heap and at what was imported."""


class Housekeeping(QObject):
    """Works as long as a window is open."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lasting = Lasting()
        self._runner = Runner("housekeeping", latest_wins=True, parent=self)
        self._first = QTimer(self, interval=BEFORE_FIRST, singleShot=True)
        self._first.timeout.connect(self._prepare)
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self._look)
        self._first.start()
        self._timer.start()

    def close(self) -> None:
        """Stop and join the worker."""
        self._first.stop()
        self._timer.stop()
        self._runner.close()
        self._lasting.end()

    @Slot()
    def _prepare(self) -> None:
        self._runner.submit(find_distortions)

    @Slot()
    def _look(self) -> None:
        self._lasting.look()
        self._runner.submit(give_back)
