"""What the preference study knows: the folder, who answers, the trial on screen, the answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from ssim_viewer.features.preference_study.results import result_of
from ssim_viewer.session.state import Notice, Severity
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.features.preference_study.design import Study, Trial
    from ssim_viewer.features.preference_study.results import Result
    from ssim_viewer.session.state import Session

ID = "preference_study"
RESULTS = "preference-results.csv"
"""The file of the answers, in the folder of the candidates."""


class Phase(Enum):
    """Where the study is."""

    SETUP = "setup"
    INSTRUCTIONS = "instructions"
    TRIALS = "trials"


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """The images of a trial, (H, W) or (H, W, 3) uint8, from left to right, and the original."""

    trial: Trial
    candidates: tuple[NDArray[np.uint8], ...]
    original: NDArray[np.uint8] | None


@dataclass(frozen=True, slots=True, eq=False)
class Preference:
    """The state of the feature.

    Attributes
    ----------
    opening
        A folder that is to be read, or None.
    trials, at
        Those of the participant that are missing, and which one is on screen.
    choices
        The places chosen in it so far with their ranks, 0 for the best, in the order of choosing.
    pending
        Answers that are not in the file yet.
    writable
        Whether the file took the last answer.
    scores
        Of candidates by metric, then by image and method.
    unscored
        Candidates that could not be measured.
    """

    opening: Path | None = None
    study: Study | None = None
    participant: str = ""
    phase: Phase = Phase.SETUP
    trials: tuple[Trial, ...] = ()
    at: int = 0
    choices: tuple[tuple[int, int], ...] = ()
    pictures: Pictures | None = None
    show_original: bool = True
    results: tuple[Result, ...] = ()
    pending: tuple[Result, ...] = ()
    writable: bool = True
    scores: Mapping[str, Mapping[tuple[str, str], float]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    unscored: frozenset[tuple[str, str]] = frozenset()
    notice: Notice | None = None

    @property
    def trial(self) -> Trial | None:
        """The trial on screen."""
        return self.trials[self.at] if self.at < len(self.trials) else None

    @property
    def ranks(self) -> Mapping[int, int]:
        """The rank of each place that has one; a later choice takes rank and place from others."""
        found: dict[int, int] = {}
        for place, rank in self.choices:
            found = {each: of for each, of in found.items() if of != rank}
            found[place] = rank
        return found

    @property
    def answers(self) -> tuple[Result, ...]:
        """All answers, those on their way to the file too."""
        return (*self.results, *self.pending)


def preference_of(session: Session) -> Preference:
    """Return the state of the feature in a session."""
    return cast("Preference", session.features.get(ID, Preference()))


def missing_trials(state: Preference) -> tuple[Trial, ...]:
    """Return the trials that the participant has not answered; practice only before the first."""
    if state.study is None:
        return ()
    done = {each.trial for each in state.answers if each.participant == state.participant}
    trials = state.study.trials(state.participant)
    left = tuple(each for each in trials if each.number not in done)
    return tuple(each for each in left if not (done and each.practice))


def begun(state: Preference) -> Preference:
    """Return the state with the instructions on screen, or a notice that says why not."""
    if state.study is None:
        return with_notice(state, tr("Choose a folder of candidates first."))
    if not state.participant.strip():
        return with_notice(state, tr("Give a name for whoever answers; any word will do."))
    trials = missing_trials(state)
    if not any(not each.practice for each in trials):
        return with_notice(
            state,
            tr(
                "“{participant}” has answered every trial; give another name.",
                participant=state.participant,
            ),
        )
    return replace(
        state, phase=Phase.INSTRUCTIONS, trials=trials, at=0, choices=(), writable=True, notice=None
    )


def ranked(state: Preference, place: int, seconds: float, rank: int | None = None) -> Preference:
    """Return the state with a rank for a place of the trial; the last one follows.

    Without a rank it is the best that is free, and a place that has one keeps it.
    """
    trial, shown = state.trial, state.pictures
    if trial is None or shown is None or shown.trial != trial or state.phase is not Phase.TRIALS:
        return state
    count, ranks = len(trial.methods), state.ranks
    if not 0 <= place < count or (rank is None and place in ranks):
        return state
    if rank is None:
        rank = next(each for each in range(count) if each not in ranks.values())
    state = replace(state, choices=(*state.choices, (place, rank)))
    ranks = dict(state.ranks)
    if len(ranks) < count - 1:
        return state
    (last,) = set(range(count)) - ranks.keys()
    (free,) = set(range(count)) - set(ranks.values())
    ranks[last] = free
    places = tuple(sorted(ranks, key=lambda each: ranks[each]))
    pending = state.pending
    if not trial.practice:
        pending += (result_of(trial, state.participant, places, seconds),)
    later = replace(state, at=state.at + 1, choices=(), pending=pending)
    if later.trial is not None:
        return later
    done = replace(later, phase=Phase.SETUP, pictures=None)
    return with_notice(done, tr("All trials are answered: thank you."), Severity.INFORMATION)


def with_notice(state: Preference, text: str, severity: Severity = Severity.ERROR) -> Preference:
    """Return the state with a notice in the window, or without one."""
    return replace(state, notice=Notice(text, severity) if text else None)
