"""The feature: its row in the menus, its generators and its window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssim_viewer.features.feature import Area, Command, OpenView, ViewSpec
from ssim_viewer.features.maximum_differentiation.film import film_of
from ssim_viewer.features.maximum_differentiation.jobs import mad_generators
from ssim_viewer.features.maximum_differentiation.state import ID, PLAN, MadSettings
from ssim_viewer.features.multi_run import MultiRunFeature
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.jobs.generators import GeneratorSet
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.multi_run import MultiRun
    from ssim_viewer.session.run_group import RunGroup
    from ssim_viewer.session.state import Document, Session


class MaximumDifferentiation(MultiRunFeature[MadSettings]):
    """The best and the worst image of each of two metrics while the other one is held."""

    id = ID
    plan = PLAN
    initial = PLAN.initial
    commands = (
        Command(
            "open_plate",
            tr("&Maximum differentiation…"),
            ("Experiment",),
            lambda _session: OpenView(ID),
            tr("Two metrics, each pushed to its best and its worst while the other one is held."),
            ("Ctrl+Shift+M",),
        ),
    )

    def generators(self, group: RunGroup[MadSettings], document: Document) -> GeneratorSet:
        """Return the generators of the four runs."""
        return mad_generators(group, document)

    def film(self, state: MultiRun[MadSettings], session: Session) -> Film | None:
        """Return the runs as far as they have come."""
        group = state.group
        return film_of(group) if group is not None and group.begun else None

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, tr("Maximum differentiation"), _window)


def _window() -> Any:
    from ssim_viewer.features.maximum_differentiation.view import MadWindow  # noqa: PLC0415

    return MadWindow()
