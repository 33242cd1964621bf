"""One job at a time for a feature: the latest one wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, Slot

from ssim_viewer.features.feature import Answer
from ssim_viewer.jobs import Runner

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ssim_viewer.features.feature import Job
    from ssim_viewer.jobs import JobProgress, JobResult
    from ssim_viewer.jobs.runner import Request


class Receiver(Protocol):
    """Takes the answers to jobs."""

    def received(self, key: Hashable, answer: Answer) -> None:
        """Take the answer to a job."""

    def progressed(self, key: Hashable, answer: Answer) -> None:
        """Take a part of the answer to a job."""


class JobSlot(QObject):
    """Runs the jobs of one key. Its parent is the `Receiver` of their answers."""

    def __init__(self, name: str, key: Hashable, receiver: QObject) -> None:
        super().__init__(receiver)
        self._key = key
        self._receiver = cast("Receiver", receiver)
        self._asked: Job | None = None
        self._runner = Runner(name, latest_wins=True, parent=self)
        self._runner.finished.connect(self._finished)
        self._runner.advanced.connect(self._advanced)

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return self._runner.busy

    def ask(self, job: Job | None) -> None:
        """Run a job unless it was asked for already; None cancels what runs."""
        if job is None:
            if self._asked is not None:
                self._runner.cancel()
        elif self._asked is None or not job.is_same_job(self._asked):
            self._runner.submit(cast("Request", job))
        self._asked = job

    def close(self) -> None:
        """Join the thread."""
        self._runner.close()

    @Slot(object)
    def _finished(self, outcome: JobResult) -> None:
        if not outcome.cancelled:
            job = cast("Job", outcome.request)
            self._receiver.received(self._key, Answer(job, outcome.result, outcome.problem))

    @Slot(object)
    def _advanced(self, advance: JobProgress) -> None:
        job = cast("Job", advance.request)
        self._receiver.progressed(self._key, Answer(job, advance.part, "", advance.fraction))
