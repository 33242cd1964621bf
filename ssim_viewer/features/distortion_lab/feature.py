"""The feature: what its actions do, which image it is missing, and where it stands in the menus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.distortion_lab import actions
from ssim_viewer.features.distortion_lab.jobs import DistortJob, missing_image
from ssim_viewer.features.distortion_lab.painting import painted, painted_overlays
from ssim_viewer.features.distortion_lab.state import ID, PAINT, Lab, recipe_of
from ssim_viewer.features.feature import (
    Answer,
    Area,
    Command,
    Feature,
    InTurn,
    Job,
    OpenView,
    ViewSpec,
)
from ssim_viewer.session.intents import ReplaceDistorted, TakeTool
from ssim_viewer.session.tools import Pointer
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from ssim_viewer.session.overlays import Overlay
    from ssim_viewer.session.state import Session


def _has_pair(session: Session) -> bool:
    return session.document.pair is not None


class DistortionLab(Feature[Lab]):
    """A chain of distortions that makes the distorted image on screen."""

    id = ID
    initial = Lab()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_distortion_lab",
            tr("&Distortion lab"),
            ("Experiment",),
            lambda _session: OpenView(ID),
            tr(
                "Distort the reference by a chain of distortions, at a strength or at a wanted MSE."
            ),
            ("Ctrl+D",),
            enabled=_has_pair,
        ),
        Command(
            "paint_distortion",
            tr("P&aint the distortion"),
            ("Experiment",),
            lambda session: (
                TakeTool(None) if session.tool == PAINT else InTurn((OpenView(ID), TakeTool(PAINT)))
            ),
            tr("Paint the distortions of the lab under a soft brush, and watch the maps answer."),
            enabled=_has_pair,
            checked=lambda session: session.tool == PAINT,
        ),
    )

    def reduce(self, state: Lab, session: Session, action: object) -> Lab:
        """Return the state after an action."""
        match action:
            case actions.Follow(recipe, gesture):
                state = state.following(recipe, gesture)
            case actions.AddDistortion(name, gesture):
                state = state.following(recipe_of(session).added(name), gesture)
            case Pointer():
                return painted(state, recipe_of(session), action)
            case actions.ChooseBrush(radius, softness):
                return replace(state, radius=radius, softness=softness)
            case actions.ChooseLink(place):
                if state.wanted is None:
                    return replace(state, current=place)
                return replace(state, wanted=replace(state.wanted, current=place))
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the job for the image that is not on screen."""
        job = missing_image(session)
        return {} if job is None else {"image": job}

    def receive(self, state: Lab, session: Session, key: Hashable, answer: Answer) -> Lab:
        """Return the state with word of the image; a newer recipe goes on being wanted."""
        if not isinstance(answer.job, DistortJob) or state.wanted is not answer.job.recipe:
            return state
        problem = answer.problem or answer.result.problem
        return state.with_problem(problem)

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Put the image on screen."""
        job, made = answer.job, answer.result
        if made is None or not isinstance(job, DistortJob):
            return None
        gesture = f"{ID} {job.gesture}"
        return ReplaceDistorted(made.image, made.picture, made.reference, gesture)

    def overlays(self, session: Session) -> Sequence[Overlay]:
        """Return what is painted, and the brush under the mouse, while the tool is on."""
        return painted_overlays(session) if session.tool == PAINT else ()

    def view(self) -> ViewSpec:
        """Return how the panel is made."""
        return ViewSpec(Area.RIGHT_DOCK, tr("Distortion lab"), _panel)


def _panel() -> Any:
    from ssim_viewer.features.distortion_lab.view import LabPanel  # noqa: PLC0415

    return LabPanel()
