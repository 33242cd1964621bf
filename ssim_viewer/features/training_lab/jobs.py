"""The work of the training lab: the process of a run, its pace, runs from files, maps, exports."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.features.training_lab.state import Export, Maps, Probed, Probing, Wanted, lab_of
from ssim_viewer.images import write_bytes, write_text
from ssim_viewer.metrics import Ssim
from ssim_viewer.text import tr
from ssim_viewer.training import TrainingError
from ssim_viewer.training.candidates import write_candidates
from ssim_viewer.training.control import TrainingProcess
from ssim_viewer.training.probes import found_probes, start_probes
from ssim_viewer.training.run_file import Run, read_run

if TYPE_CHECKING:
    from collections.abc import Hashable
    from pathlib import Path

    from ssim_viewer.features.feature import Job
    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.session.state import Session

LISTEN = 0.05
"""Seconds between two looks at whether the process is still wanted."""

_at_work: dict[int, TrainingProcess] = {}
_begun = threading.Condition()


@dataclass(frozen=True, slots=True)
class Word:
    """What the process tells between two measurements."""

    step: int = 0
    doing: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class TrainJob:
    """Keep a process and listen to it until it ends, or is not wanted any more."""

    wanted: Wanted

    def run(self, report: Report) -> Run:
        """Return the run as it ended."""
        wanted = self.wanted
        try:
            wanted.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TrainingError(
                tr(
                    "“{parent}” cannot hold the run: {strerror}.",
                    parent=wanted.path.parent,
                    strerror=error.strerror,
                )
            ) from None
        process = TrainingProcess(wanted.path, wanted.settings, resume=wanted.resume)
        with _begun:
            _at_work[wanted.number] = process
            _begun.notify_all()
        try:
            self._listen(process, report)
        finally:
            del _at_work[wanted.number]
            status = process.close()
        if status != 0:
            raise TrainingError(
                tr(
                    "The training process was ended from outside; its run is kept, and Play goes "
                    "on from what was saved last."
                )
            )
        return read_run(wanted.path)

    def is_same_job(self, other: object) -> bool:
        """Whether another job keeps the same process."""
        return isinstance(other, TrainJob) and other.wanted.number == self.wanted.number

    def _listen(self, process: TrainingProcess, report: Report) -> None:
        step = 0
        while (told := process.heard(LISTEN)) is not None:
            fraction = step / self.wanted.settings.steps
            if not told:
                report(fraction)
            elif "problem" in told:
                raise TrainingError(told["problem"])
            elif "saved" in told:
                report(fraction, read_run(self.wanted.path))
            elif "step" in told:
                step = told["step"]
                report(fraction, Word(step=step))
            else:
                report(fraction, Word(step=step, doing=told["doing"]))


@dataclass(frozen=True, slots=True, eq=False)
class PaceJob:
    """Tell the process how far it may go, as soon as it is there."""

    number: int
    until: int

    def run(self, report: Report) -> int:
        """Return what it was told."""
        while True:
            with _begun:
                process = _at_work.get(self.number)
                if process is None:
                    _begun.wait(LISTEN)
            if process is not None:
                process.allow(self.until)
                return self.until
            report(0.0)

    def is_same_job(self, other: object) -> bool:
        """Whether another job tells the same."""
        return isinstance(other, PaceJob) and (other.number, other.until) == (
            self.number,
            self.until,
        )


@dataclass(frozen=True, slots=True, eq=False)
class OpenJob:
    """Read a run."""

    path: Path

    def __call__(self) -> Run:
        """Return it."""
        return read_run(self.path)

    def is_same_job(self, other: object) -> bool:
        """Whether another job reads the same file."""
        return isinstance(other, OpenJob) and other.path == self.path


@dataclass(frozen=True, slots=True, eq=False)
class MapsJob:
    """Measure the SSIM maps of one held-out image, a map a loss."""

    of: Run
    chosen: int

    def __call__(self) -> Maps:
        """Return the maps."""
        shown = self.of.shown
        bound = Ssim(border="reflect").bind(shown.targets[self.chosen])
        values = [bound.map(outputs[self.chosen]) for outputs in shown.outputs]
        return Maps(self.of, self.chosen, np.stack(values))

    def is_same_job(self, other: object) -> bool:
        """Whether another job, or maps that are there, are of the same images."""
        return (
            isinstance(other, MapsJob | Maps)
            and other.of is self.of
            and other.chosen == self.chosen
        )


@dataclass(frozen=True, slots=True, eq=False)
class ProbeJob:
    """Probe codes, in a process of its own."""

    probing: Probing

    def run(self, report: Report) -> Probed:
        """Return what was found."""
        probing = self.probing
        process = start_probes(probing.path, probing.kind)
        try:
            while process.poll() is None:
                report(0.0)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(LISTEN)
            return Probed(probing, found_probes(process))
        finally:
            process.kill()
            process.communicate()

    def is_same_job(self, other: object) -> bool:
        """Whether another job probes the same."""
        return isinstance(other, ProbeJob) and other.probing == self.probing


@dataclass(frozen=True, slots=True, eq=False)
class ExportJob:
    """Write a file."""

    export: Export

    def __call__(self) -> str:
        """Return one sentence about what was written."""
        path, content = self.export.path, self.export.content
        if isinstance(content, Run):
            write_candidates(path, content)
        elif isinstance(content, bytes):
            write_bytes(path, content)
        else:
            write_text(path, content)
        return tr("Saved “{name}”.", name=path.name)

    def is_same_job(self, other: object) -> bool:
        """Whether another job writes the same export."""
        return isinstance(other, ExportJob) and other.export is self.export


def missing_jobs(session: Session) -> dict[Hashable, Job]:
    """Return what the session is missing."""
    lab = lab_of(session)
    jobs: dict[Hashable, Any] = {}
    if lab.wanted is not None:
        jobs["process"] = TrainJob(lab.wanted)
        if lab.told != lab.until:
            jobs["pace"] = PaceJob(lab.wanted.number, lab.until)
    if lab.opening is not None:
        jobs["open"] = OpenJob(lab.opening)
    if lab.run is not None:
        maps = MapsJob(lab.run, lab.chosen)
        if not maps.is_same_job(lab.maps):
            jobs["maps"] = maps
    if lab.probing is not None:
        jobs["probes"] = ProbeJob(lab.probing)
    if lab.exports:
        jobs["export"] = ExportJob(lab.exports[0])
    return jobs
