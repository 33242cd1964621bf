"""The feature: what its actions do, which jobs it is missing, what it draws over the panes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.distributions import actions
from ssim_viewer.features.distributions.drawing import drawn
from ssim_viewer.features.distributions.jobs import missing_jobs
from ssim_viewer.features.distributions.rows import COMMANDS
from ssim_viewer.features.distributions.state import (
    BRUSH,
    ID,
    Distribution,
    distribution_of,
    lit_on_screen,
    place_on_screen,
)
from ssim_viewer.features.feature import (
    Answer,
    Area,
    Feature,
    FrameArea,
    InTurn,
    ViewClosed,
    ViewOpened,
    ViewSpec,
)
from ssim_viewer.images.shapes import Ellipse, Rectangle
from ssim_viewer.session.intents import ChooseMask
from ssim_viewer.session.overlays import Line, Outline, Overlay
from ssim_viewer.session.tools import Pointer
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from ssim_viewer.features.feature import Job
    from ssim_viewer.session.state import Session


class Distributions(Feature[Distribution]):
    """The histogram of a map, its worst places, regions, profiles and poolings."""

    id = ID
    initial = Distribution()
    actions = actions.ACTIONS
    commands = COMMANDS

    def reduce(self, state: Distribution, session: Session, action: object) -> Distribution:
        """Return the state after an action."""
        match action:
            case ViewOpened() | ViewClosed():
                opened = isinstance(action, ViewOpened)
                return replace(state, open=opened, rank=state.rank if opened else None)
            case Pointer():
                return drawn(state, action)
            case actions.LightWorst():
                return replace(state, worst=not state.worst, brushed=None)
            case actions.BrushRange(brushed):
                return replace(state, brushed=brushed, worst=False)
            case actions.RestrictScores():
                return replace(state, restricting=state.shape is not None)
        return _reduced(state, action)

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the jobs whose results the session is missing."""
        return missing_jobs(session)

    def receive(
        self, state: Distribution, session: Session, key: Hashable, answer: Answer
    ) -> Distribution:
        """Return the state with what was found."""
        if key == "mask":
            return replace(state, restricting=False, problem=answer.problem)
        if answer.problem:
            return replace(state, problem=answer.problem)
        names = {"distribution": "found", "worst": "places"}
        return replace(state, problem="", **{names.get(str(key), str(key)): answer.result})

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Restrict the scores to a mask, or frame the first of the worst places."""
        if key == "mask" and answer.result is not None:
            return ChooseMask(answer.result)
        state, place = distribution_of(session), place_on_screen(session)
        if key == "worst" and state.framing and place is not None and state.rank is not None:
            return InTurn((actions.GoToWorst(state.rank), FrameArea(*place.bounds())))
        return None

    def overlays(self, session: Session) -> Sequence[Overlay]:
        """Return lit pixels, the region, the line, and the frame of a worst place."""
        state = distribution_of(session)
        found: list[Overlay] = []
        place = place_on_screen(session)
        if place is not None and state.rank is not None:
            found.append(Outline(Rectangle(*place.bounds()), str(state.rank + 1), quiet=True))
        if not state.open:
            return found
        lit = lit_on_screen(session)
        if lit is not None:
            found.insert(0, lit.pixels)
        if state.shape is not None:
            found.append(Outline(state.shape))
        if state.line is not None:
            found.append(Line(state.line))
        if session.tool == BRUSH and session.cursor is not None:
            (x, y), radius = session.cursor, state.radius
            brush = Ellipse(x + 0.5 - radius, y + 0.5 - radius, x + 0.5 + radius, y + 0.5 + radius)
            found.append(Outline(brush, quiet=True))
        return found

    def view(self) -> ViewSpec:
        """Return how the dock is made."""
        return ViewSpec(Area.RIGHT_DOCK, tr("Distributions"), _panel)


def _reduced(state: Distribution, action: object) -> Distribution:
    """Return the state after an action that sets one thing."""
    match action:
        case actions.ChoosePercent(percent):
            return replace(state, percent=percent)
        case actions.ChooseExponent(exponent):
            return replace(state, exponent=exponent)
        case actions.ChooseRadius(radius):
            return replace(state, radius=radius)
        case actions.DrawRegion(shape):
            return replace(state, shape=shape, anchor=None, lasso=())
        case actions.GoToWorst(rank, found_later):
            return replace(state, rank=rank, framing=found_later)
    return _chosen(state, action)


def _chosen(state: Distribution, action: object) -> Distribution:
    match action:
        case actions.ChooseContent(content):
            return replace(state, content=content, brushed=None, rank=None)
        case actions.ClearLine():
            return replace(state, line=None)
    return state


def _panel() -> Any:
    from ssim_viewer.features.distributions.view import DistributionPanel  # noqa: PLC0415

    return DistributionPanel()
