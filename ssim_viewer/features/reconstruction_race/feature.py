"""The feature: its row in the menus, its generators and its window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssim_viewer.features.feature import Area, Command, OpenView, ViewSpec
from ssim_viewer.features.multi_run import MultiRunFeature
from ssim_viewer.features.reconstruction_race.film import film_of
from ssim_viewer.features.reconstruction_race.jobs import race_generators
from ssim_viewer.features.reconstruction_race.state import ID, PLAN, RaceSettings
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.jobs.generators import GeneratorSet
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.multi_run import MultiRun
    from ssim_viewer.session.run_group import RunGroup
    from ssim_viewer.session.state import Document, Session


class ReconstructionRace(MultiRunFeature[RaceSettings]):
    """From one start back to the reference, each racer by its own metric."""

    id = ID
    plan = PLAN
    initial = PLAN.initial
    commands = (
        Command(
            "open_race",
            tr("Ra&ce to the reference…"),
            ("Experiment",),
            lambda _session: OpenView(ID),
            tr("From one start back to the reference, each racer by its own metric."),
            ("Ctrl+Shift+R",),
        ),
    )

    def generators(self, group: RunGroup[RaceSettings], document: Document) -> GeneratorSet:
        """Return the generators of the racers."""
        return race_generators(group, document)

    def film(self, state: MultiRun[RaceSettings], session: Session) -> Film | None:
        """Return the runs as far as they have come."""
        group = state.group
        return film_of(group) if group is not None and group.begun else None

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, tr("Race to the reference"), _window)


def _window() -> Any:
    from ssim_viewer.features.reconstruction_race.view import RaceWindow  # noqa: PLC0415

    return RaceWindow()
