"""What the training lab knows: the settings, the run on screen, and how far it may go."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from ssim_viewer.session.state import Notice, Severity
from ssim_viewer.text import tr
from ssim_viewer.training.settings import TrainingSettings

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.session.state import Session
    from ssim_viewer.training.probes import Probe
    from ssim_viewer.training.run_file import Run

ID = "training_lab"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A process that shall be there.

    Attributes
    ----------
    number
        Tells one process from another.
    resume
        Whether it goes on with the run of the file.
    """

    number: int
    path: Path
    settings: TrainingSettings
    resume: bool


@dataclass(frozen=True, slots=True)
class Export:
    """A file that is to be written: text, a picture as PNG, or a folder of a run's images."""

    path: Path
    content: str | bytes | Run


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """SSIM maps of the chosen held-out image, (losses, H, W), of the run that they belong to."""

    of: Run
    chosen: int
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Probing:
    """Probes that are wanted: of the codes of a run's file at a step, by "svm" or "logistic"."""

    path: Path
    step: int
    kind: str


@dataclass(frozen=True, slots=True)
class Probed:
    """What probes have found."""

    of: Probing
    probes: tuple[Probe, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lab:
    """The state of the feature.

    Attributes
    ----------
    settings
        Those of the form; a run that is there keeps its own.
    wanted
        The process that shall be there, or None.
    until
        The step up to which it may go.
    told
        What it was told last; None before it was told anything.
    run, path
        What is on screen, without weights, and its file.
    opening
        A file that is to be read, or None.
    step
        How far it is, ahead of `run`.
    doing
        What it does meanwhile, in a few words.
    chosen
        The held-out image whose maps are shown.
    probing, probed
        Probes that are wanted, and what the last ones have found.
    against_seconds
        Whether curves are drawn against seconds instead of steps.
    """

    settings: TrainingSettings = field(default_factory=TrainingSettings)
    wanted: Wanted | None = None
    until: int = 0
    told: int | None = None
    run: Run | None = None
    path: Path | None = None
    opening: Path | None = None
    step: int = 0
    doing: str = ""
    chosen: int = 0
    against_seconds: bool = False
    maps: Maps | None = None
    probing: Probing | None = None
    probed: Probed | None = None
    exports: tuple[Export, ...] = ()
    notice: Notice | None = None
    number: int = 0

    @property
    def playing(self) -> bool:
        """Whether steps are being done."""
        return self.wanted is not None and self.step < self.until

    @property
    def goes_on(self) -> bool:
        """Whether the run on screen is that of the form, with steps left to do."""
        run = self.run
        return (
            run is not None
            and self.path is not None
            and run.step < self.settings.steps
            and len(run.stopped) < len(run.settings.losses)
            and replace(run.settings, steps=self.settings.steps) == self.settings
        )


def lab_of(session: Session) -> Lab:
    """Return the state of the feature in a session."""
    return cast("Lab", session.features.get(ID, Lab()))


def allowed(lab: Lab, path: Path, until: int) -> Lab:
    """Return the state in which the run may go up to a step; a process is wanted if there is none.

    Parameters
    ----------
    path
        Of a run that begins; one that goes on keeps its own.
    """
    if lab.wanted is not None:
        return replace(lab, until=until)
    number = lab.number + 1
    if lab.goes_on and lab.path is not None:
        wanted = Wanted(number, lab.path, lab.settings, resume=True)
        return replace(lab, wanted=wanted, number=number, until=until, told=None, notice=None)
    wanted = Wanted(number, path, lab.settings, resume=False)
    return Lab(
        settings=lab.settings,
        wanted=wanted,
        until=until,
        path=path,
        doing=tr("Starting"),
        number=number,
        against_seconds=lab.against_seconds,
        chosen=lab.chosen,
        exports=lab.exports,
    )


def stopped(lab: Lab, problem: str = "") -> Lab:
    """Return the state without a process; the run stays on screen."""
    step = lab.run.step if lab.run is not None else 0
    calm = replace(lab, wanted=None, until=0, told=None, doing="", step=step)
    return with_notice(calm, problem) if problem else calm


def with_run(lab: Lab, run: Run) -> Lab:
    """Return the state with what a run has become, without its weights."""
    light = replace(run, weights=(), states=())
    chosen = min(lab.chosen, len(run.shown.targets) - 1)
    shown = replace(lab, run=light, step=max(run.step, lab.step), doing="", chosen=chosen)
    new = [
        text for name, text in run.stopped.items() if lab.run is None or name not in lab.run.stopped
    ]
    return with_notice(shown, " ".join(new)) if new else shown


def with_notice(lab: Lab, text: str, severity: Severity = Severity.ERROR) -> Lab:
    """Return the state with a notice in the window, or without one."""
    return replace(lab, notice=Notice(text, severity) if text else None)
