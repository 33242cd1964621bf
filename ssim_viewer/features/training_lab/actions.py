"""What a person can want in the training lab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.training.run_file import Run
    from ssim_viewer.training.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class ChooseTraining:
    """Take other settings; they are those of the next run."""

    settings: TrainingSettings


@dataclass(frozen=True, slots=True)
class PlayTraining:
    """Go on to the last step; a run that begins has its file at a path."""

    path: Path


@dataclass(frozen=True, slots=True)
class StepTraining:
    """Do one step of every network."""

    path: Path


@dataclass(frozen=True, slots=True)
class PauseTraining:
    """Pause after the present step."""


@dataclass(frozen=True, slots=True)
class StopTraining:
    """End the process; the run is saved and stays on screen."""


@dataclass(frozen=True, slots=True)
class ClearTraining:
    """Take the run from the screen, so that Play begins anew; its file stays."""


@dataclass(frozen=True, slots=True)
class OpenRun:
    """Show the run of a file."""

    path: Path


@dataclass(frozen=True, slots=True)
class ChooseHeldOut:
    """Show the maps of a held-out image."""

    place: int


@dataclass(frozen=True, slots=True)
class DrawAgainst:
    """Draw the curves against seconds, or against steps."""

    seconds: bool


@dataclass(frozen=True, slots=True)
class ProbeCodes:
    """Probe the codes of the run as it was saved last, by "svm" or "logistic"."""

    kind: str


@dataclass(frozen=True, slots=True)
class ExportTraining:
    """Write a table, curves, a picture, or the images of a run as candidates for a study."""

    path: Path
    content: str | bytes | Run


@dataclass(frozen=True, slots=True)
class RefuseTraining:
    """Say in a sentence why settings cannot be; those there are stay."""

    sentence: str


@dataclass(frozen=True, slots=True)
class DismissTrainingNotice:
    """Take the notice of the window away."""


ACTIONS = (
    ChooseTraining,
    PlayTraining,
    StepTraining,
    PauseTraining,
    StopTraining,
    ClearTraining,
    OpenRun,
    ChooseHeldOut,
    DrawAgainst,
    ProbeCodes,
    ExportTraining,
    RefuseTraining,
    DismissTrainingNotice,
)
