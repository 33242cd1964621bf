"""What a person can want in the preference study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ChooseCandidates:
    """Take the candidates of a folder, and the answers that are in it."""

    folder: Path


@dataclass(frozen=True, slots=True)
class NameParticipant:
    """Say who answers."""

    name: str


@dataclass(frozen=True, slots=True)
class ShowOriginal:
    """Show the original above the candidates, where there is one."""

    on: bool


@dataclass(frozen=True, slots=True)
class StartStudy:
    """Show the instructions; a study that was begun goes on with what is missing."""


@dataclass(frozen=True, slots=True)
class BeginTrials:
    """Go from the instructions to the first trial."""


@dataclass(frozen=True, slots=True)
class Rank:
    """Give a place its rank, so many seconds after the trial came on screen.

    Rank 0 is the best; None is the best one that is still free.
    """

    place: int
    seconds: float
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take back the last choice of this trial."""


@dataclass(frozen=True, slots=True)
class PauseStudy:
    """Leave the trials; what was answered is kept."""


@dataclass(frozen=True, slots=True)
class DismissStudyNotice:
    """Take the notice of the window away."""


ACTIONS = (
    ChooseCandidates,
    NameParticipant,
    ShowOriginal,
    StartStudy,
    BeginTrials,
    Rank,
    TakeBack,
    PauseStudy,
    DismissStudyNotice,
)
