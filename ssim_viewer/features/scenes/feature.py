"""The feature: a row of the menus a scene, and the panel with its table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

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
from ssim_viewer.features.scenes import actions
from ssim_viewer.features.scenes.jobs import SceneJob
from ssim_viewer.features.scenes.state import ID, SCENES, Scenes, one_reference, scenes_of
from ssim_viewer.session.intents import (
    ChangeMetric,
    ChooseMask,
    OpenImages,
    ShowMetrics,
)
from ssim_viewer.session.state import DEFAULT_METRIC
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.features.scenes.scene import Scene
    from ssim_viewer.session.state import Session

MENU = ("Experiment", tr("Scenes"))


def _command(scene: Scene) -> Command:
    return Command(
        f"scene_{scene.id}",
        scene.label,
        MENU,
        lambda _session: InTurn((OpenView(ID), actions.ShowScene(scene.id))),
        scene.tip,
    )


class ScenesFeature(Feature[Scenes]):
    """The classic demonstrations, each one click."""

    id = ID
    initial = Scenes()
    actions = actions.ACTIONS
    commands = tuple(_command(scene) for scene in SCENES.values())

    def reduce(self, state: Scenes, session: Session, action: object) -> Scenes:
        """Return the state after an action."""
        match action:
            case actions.ShowScene(scene) if scene in SCENES:
                return replace(state, wanted=scene, problem="")
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the job that makes the wanted scene."""
        wanted = self.state(session).wanted
        return {"scene": SceneJob(wanted)} if wanted else {}

    def receive(self, state: Scenes, session: Session, key: Hashable, answer: Answer) -> Scenes:
        """Return the state with a scene, if it is still the wanted one."""
        assert isinstance(answer.job, SceneJob)  # noqa: S101 - there is no other key
        if answer.job.scene != state.wanted:
            return state
        if answer.problem:
            return replace(state, wanted="", problem=answer.problem)
        return Scenes(scene=answer.job.scene, rows=answer.result)

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Open the images of the scene, measured by the convention of its table."""
        state = scenes_of(session)
        if answer.result is None or answer.result is not state.rows:
            return None
        document = session.document
        metric = replace(DEFAULT_METRIC, data_range=document.metric.data_range)
        names = tuple(dict.fromkeys((*session.look.metrics, *SCENES[state.scene].metrics)))
        unmasked = document.pair is not None and document.pair.mask is not None
        steps = (
            *((ChooseMask(None),) if unmasked else ()),
            ChangeMetric(metric),
            ShowMetrics(names),
            opening(state, 0),
        )
        return InTurn(steps)

    def view(self) -> ViewSpec:
        """Return how the panel is made."""
        return ViewSpec(Area.LEFT_DOCK, tr("Scene"), _panel)


def opening(state: Scenes, place: int) -> OpenImages:
    """Return the intent that opens a row, with all others of its reference as candidates."""
    case = state.rows[place].case
    if one_reference(state.rows):
        return OpenImages(case.reference, tuple(row.case.distorted for row in state.rows))
    return OpenImages(case.reference, (case.distorted,))


def _panel() -> Any:
    from ssim_viewer.features.scenes.view import ScenePanel  # noqa: PLC0415

    return ScenePanel()
