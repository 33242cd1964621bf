"""The real window under a person's hands: what is asked of it, and how long it takes to answer."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, Qt, QTimer

from ssim_viewer.app.program import Program
from ssim_viewer.jobs import batches
from ssim_viewer.session import intents

if TYPE_CHECKING:
    from ssim_viewer.synthesis import Rule
    from ssim_viewer.ui.shell.main_window import MainWindow

TICK = 5
"""Milliseconds between two wanted firings of the timer."""


@dataclass(slots=True)
class Playing:
    """How long the loop was held at each tick, in ms; the steps made and the frames painted."""

    held: list[float]
    steps: int
    frames: int


class Feeling:
    """A window, and how it feels."""

    def __init__(self, window: MainWindow) -> None:
        program = window.findChild(Program)
        assert program is not None
        self._window, self._program = window, program
        self._paints = _Paints(window)
        self.wait()

    def wait(self) -> None:
        """Work through events until everything that was asked for is on screen."""
        loop = QEventLoop()
        while not self._program.idle:
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def change(self, number: int) -> float:
        """Return the milliseconds from a change of σ to its maps on screen."""
        start = time.perf_counter()
        self._change_sigma(number)
        self.wait()
        measured = self._window.session.measured
        assert measured is not None
        assert measured.metric.sigma == self._window.session.document.metric.sigma
        self._window.panes.repaint()
        return (time.perf_counter() - start) * 1000

    def cancelled_change(self, number: int) -> tuple[float, float]:
        """Return the ms from Cancel to the window's answer, and to the end of the measurement."""
        self._change_sigma(number)
        _let_pass(0.02)
        return self._ms_until_idle(intents.Cancel())

    def paused_climb(self, rule: Rule) -> tuple[float, float]:
        """Return the ms from Pause to the window's answer, and to where the last step is shown."""
        self._begin(rule)
        _let_pass(0.5)
        return self._ms_until_idle(intents.Pause())

    def play(self, rule: Rule, seconds: float) -> Playing:
        """Let a climb play from its start."""
        self._begin(rule)
        self._paints.count = 0
        held = held_during(seconds)
        frames = self._paints.count
        self._window.intended.emit(intents.Pause())
        self.wait()
        run = self._window.session.document.run
        return Playing(held, run.last if run is not None else 0, frames)

    def steps_alone(self, rule: Rule, seconds: float) -> int:
        """Return the steps that the same climb makes where only its first and last are shown.

        All of its steps become a history all the same, in memory that is as new.
        """
        spacing, batches.pause_after = batches.pause_after, lambda cost: math.inf  # noqa: ARG005
        try:
            return self.play(rule, seconds).steps
        finally:
            batches.pause_after = spacing

    def _begin(self, rule: Rule) -> None:
        self._reset(rule)
        self._window.intended.emit(intents.Play())

    def _reset(self, rule: Rule) -> None:
        experiment = replace(self._window.session.document.experiment, rule=rule)
        self._window.intended.emit(intents.ChangeExperiment(experiment))
        self._window.intended.emit(intents.ResetRun())
        self.wait()

    def _change_sigma(self, number: int) -> None:
        metric = replace(self._window.session.document.metric, sigma=1.0 + (number % 20) / 20)
        self._window.intended.emit(intents.ChangeMetric(metric))

    def _ms_until_idle(self, intent: intents.Intent) -> tuple[float, float]:
        start = time.perf_counter()
        self._window.intended.emit(intent)
        while self._window.session.playing:
            QEventLoop().processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        answered = time.perf_counter()
        self.wait()
        return (answered - start) * 1000, (time.perf_counter() - start) * 1000


class _Paints(QObject):
    """Counts the measurements that were painted on the pane of the SSIM map."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.count = 0
        self._window = window
        self._painted: object = None
        window.panes.panes[2].canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        measured = self._window.session.measured
        if event.type() == QEvent.Type.Paint and measured is not self._painted:
            self._painted = measured
            self.count += 1
        return super().eventFilter(watched, event)


def held_during(seconds: float) -> list[float]:
    """Return by how many ms each tick of a timer came late."""
    held: list[float] = []
    clock = QElapsedTimer()
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: held.append(max(0.0, clock.nsecsElapsed() / 1e6 - TICK)))
    timer.timeout.connect(clock.start)
    clock.start()
    timer.start(TICK)
    _let_pass(seconds)
    timer.stop()
    return held


def _let_pass(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
