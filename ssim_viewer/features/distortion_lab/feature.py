"""The feature: what its actions do, which image it is missing, and where it stands in the menus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.distortion_lab import actions
from ssim_viewer.features.distortion_lab.jobs import DistortJob, missing_image
from ssim_viewer.features.distortion_lab.state import ID, Lab, recipe_of
from ssim_viewer.features.feature import Answer, Area, Command, Feature, Job, OpenView, ViewSpec
from ssim_viewer.session.intents import ReplaceDistorted

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

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
            "&Distortion lab",
            ("Experiment",),
            lambda _session: OpenView(ID),
            "Distort the reference by a chain of distortions, at a strength or at a wanted MSE.",
            ("Ctrl+D",),
            enabled=_has_pair,
        ),
    )

    def reduce(self, state: Lab, session: Session, action: object) -> Lab:
        """Return the state after an action."""
        match action:
            case actions.Follow(recipe, gesture):
                return Lab(recipe, gesture)
            case actions.AddDistortion(name, gesture):
                return Lab(recipe_of(session).added(name), gesture)
            case actions.ChooseLink(place) if state.wanted is not None:
                return replace(state, wanted=replace(state.wanted, current=place))
            case actions.ChooseLink(place):
                return replace(state, current=place)
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
        return Lab(problem=problem)

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Put the image on screen."""
        job, made = answer.job, answer.result
        if made is None or not isinstance(job, DistortJob):
            return None
        gesture = f"{ID} {job.gesture}"
        return ReplaceDistorted(made.image, made.picture, made.reference, gesture)

    def view(self) -> ViewSpec:
        """Return how the panel is made."""
        return ViewSpec(Area.RIGHT_DOCK, "Distortion lab", _panel)


def _panel() -> Any:
    from ssim_viewer.features.distortion_lab.view import LabPanel  # noqa: PLC0415

    return LabPanel()
