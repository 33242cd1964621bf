"""What the table of mistakes knows: the values of each for the pair on screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from ssim_viewer.features.implementation_mistakes.mistakes import MISTAKES, Mistake

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssim_viewer.images import Pair
    from ssim_viewer.session.state import Session

ID = "implementation_mistakes"


@dataclass(frozen=True, slots=True, eq=False)
class Mistakes:
    """The state of the feature.

    Attributes
    ----------
    values, problems
        The value of each mistake for `pair`, or a sentence about why there is none.
    """

    open: bool = False
    pair: Pair | None = None
    values: Mapping[str, float] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


def mistakes_of(session: Session) -> Mistakes:
    """Return the state of the feature in a session, without the values of another pair."""
    state = cast("Mistakes", session.features.get(ID, Mistakes()))
    pair = session.document.pair
    return state if state.pair is pair else Mistakes(open=state.open, pair=pair)


def missing_mistake(session: Session) -> Mistake | None:
    """Return the mistake whose value is computed next."""
    state = mistakes_of(session)
    if not state.open or state.pair is None:
        return None
    known = {*state.values, *state.problems}
    return next((each for each in MISTAKES if each.id not in known), None)


def with_answer(
    session: Session, pair: Pair, mistake: str, value: float | None, problem: str
) -> Mistakes:
    """Return the state with an answer, if it is of the pair on screen."""
    state = mistakes_of(session)
    if pair is not state.pair:
        return state
    if value is None:
        return replace(state, problems={**state.problems, mistake: problem})
    return replace(state, values={**state.values, mistake: value})
