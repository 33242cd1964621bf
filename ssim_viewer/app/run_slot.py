"""One run of a feature on one thread: started, paused, gone on with and ended as its state says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ssim_viewer.features.feature import Answer
from ssim_viewer.jobs.generator_runner import GeneratorRunner
from ssim_viewer.jobs.runner import problem_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ssim_viewer.features.feature import Run
    from ssim_viewer.jobs.batches import Batch
    from ssim_viewer.jobs.generator_runner import StepProgress, Stopped
    from ssim_viewer.jobs.generators import GeneratorSet


class Receiver(Protocol):
    """Takes what a run has come to."""

    def received(self, key: Hashable, answer: Answer) -> None:
        """Take word that an order was carried out, or why it could not be."""

    def progressed(self, key: Hashable, answer: Answer) -> None:
        """Take a batch of steps."""

    def working(self, key: Hashable, fraction: float | None) -> None:
        """Take word of how far a long step is, or None where that is not known."""


class RunSlot(QObject):
    """Keeps the run of one key. Its parent is the `Receiver` of what it comes to.

    Signals
    -------
    failed
        Carries the `Answer` to a run whose generators could not be made; it is delivered later,
        since the session is being shown while a slot is asked.
    """

    failed = Signal(object)

    def __init__(self, name: str, key: Hashable, receiver: QObject) -> None:
        super().__init__(receiver)
        self._key = key
        self._receiver = cast("Receiver", receiver)
        self._run: Run | None = None
        self._generators: GeneratorSet | None = None
        self._orders: list[object] = []
        self._closed = False
        self._runner = GeneratorRunner(name, self)
        self._runner.advanced.connect(self._advanced)
        self._runner.working.connect(self._working)
        self._runner.stopped.connect(self._stopped)
        self.failed.connect(self._failed, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an order is being carried out."""
        return bool(self._orders)

    def ask(self, run: Run | None) -> None:
        """Bring the generators to what is wanted now; None ends them."""
        if self._closed:
            return
        before, self._run = self._run, run
        if before is not None and (run is None or run.token is not before.token):
            self._drop()
            before = None
        if run is not None:
            self._runner.set_pace(run.pace)
        if run is None or (before is not None and run.go is before.go):
            return
        if run.go is None:
            self._runner.stop()
        else:
            self._start(run)

    def close(self) -> None:
        """End the generators and join the thread; nothing starts any more."""
        self._closed = True
        self._generators = None
        self._orders.clear()
        self._runner.close()

    def _start(self, run: Run) -> None:
        self._orders.append(run.go)
        if self._generators is None:
            try:
                self._generators = run.make()
            except Exception as error:  # a metric of a plug-in may raise anything
                self.failed.emit(Answer(run, problem=problem_of(error)))
                return
        self._runner.go(self._generators, run.count)

    def _drop(self) -> None:
        if self._generators is not None:
            self._runner.drop(self._generators)
        self._generators = None
        self._orders.clear()

    @Slot(object)
    def _advanced(self, batch: Batch) -> None:
        if self._run is not None and batch.generators is self._generators:
            self._receiver.progressed(self._key, Answer(self._run, batch))
        self._runner.release()

    @Slot(object)
    def _working(self, progress: StepProgress) -> None:
        if progress.generators is self._generators:
            self._receiver.working(self._key, progress.fraction)

    @Slot(object)
    def _stopped(self, stopped: Stopped) -> None:
        if self._run is None or stopped.generators is not self._generators:
            return
        go = self._orders.pop(0)
        self._receiver.received(self._key, Answer(replace(self._run, go=go)))

    @Slot(object)
    def _failed(self, answer: Answer) -> None:
        go = cast("Run", answer.job).go
        if go in self._orders:  # else another run was wanted meanwhile
            self._orders.remove(go)
            self._receiver.received(self._key, answer)
