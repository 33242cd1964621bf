"""The window of the race: one image a racer, and the curves of every metric for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.features.feature import Trigger
from ssim_viewer.features.reconstruction_race.plot import RacePlot
from ssim_viewer.features.reconstruction_race.settings import RaceFields
from ssim_viewer.features.reconstruction_race.state import NAMES, PLAN, RaceSettings
from ssim_viewer.metrics import find
from ssim_viewer.ui.controls.numbers import score
from ssim_viewer.ui.experiments.multi_run_window import MultiRunWindow
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.session.multi_run import MultiRun
    from ssim_viewer.session.run_group import RunGroup, RunState
    from ssim_viewer.ui.experiments.run_grid import Shown


class RaceWindow(MultiRunWindow[RaceSettings]):
    """Shows the racers."""

    def __init__(self) -> None:
        super().__init__(PLAN, NAMES, RaceFields(), RacePlot())
        self.film_wanted.connect(lambda: self.intended.emit(Trigger("open_recording")))

    def shown_runs(self, state: MultiRun[RaceSettings]) -> Sequence[Shown]:
        """Return the racers with all their scores, the one that each runs by first."""
        group = state.group
        if group is None:
            return [
                (None, tr("By {symbol}", symbol=find(name).symbol), "")
                for name in state.settings.racers
            ]
        return [(run, run.title, _numbers(run, group)) for run in group.runs]


def _numbers(run: RunState, group: RunGroup[RaceSettings]) -> str:
    """Return all scores of a racer, the one that it runs by first."""
    if not len(run.trace):
        return ""
    names = dict.fromkeys((run.name, *group.settings.measured))
    values = {find(name).symbol: float(group.values(run, find(name).symbol)[-1]) for name in names}
    return "   ".join(f"{symbol} {score(value)}" for symbol, value in values.items())
