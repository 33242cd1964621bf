"""The window of maximum differentiation: four images, two metrics, each held while the other moves.

Above stand the best and the worst image of B with A held, below those of A with B held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.features.feature import Trigger
from ssim_viewer.features.maximum_differentiation.plots import MadPlots, largest_deviation
from ssim_viewer.features.maximum_differentiation.settings import MadFields
from ssim_viewer.features.maximum_differentiation.state import NAMES, PLAN, A, MadSettings, title
from ssim_viewer.synthesis import MAD_RUNS
from ssim_viewer.ui.controls.numbers import score
from ssim_viewer.ui.experiments.multi_run_window import MultiRunWindow
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.session.multi_run import MultiRun
    from ssim_viewer.session.run_group import RunGroup, RunState
    from ssim_viewer.synthesis import MadRun
    from ssim_viewer.ui.experiments.run_grid import Shown


class MadWindow(MultiRunWindow[MadSettings]):
    """Shows the four runs."""

    def __init__(self) -> None:
        super().__init__(PLAN, NAMES, MadFields(), MadPlots())
        self.film_wanted.connect(lambda: self.intended.emit(Trigger("open_recording")))

    def shown_runs(self, state: MultiRun[MadSettings]) -> Sequence[Shown]:
        """Return the four runs with both scores on each."""
        group = state.group
        if group is None:
            symbols = state.settings.symbols
            return [(None, title(run, symbols), "") for run in MAD_RUNS]
        return [
            (run, run.title, _numbers(which, run, group))
            for which, run in zip(MAD_RUNS, group.runs, strict=True)
        ]


def _numbers(which: MadRun, run: RunState, group: RunGroup[MadSettings]) -> str:
    """Return both scores, the pushed one first, and how well the other one was held."""
    if not len(run.trace):
        return ""
    symbols, last = group.settings.symbols, run.trace[-1]
    varied = f"{symbols[which.varied]} {score(last[A + which.varied])}"
    held = f"{symbols[which.held]} {score(last[A + which.held])}"
    return tr(
        "{varied}   {held} held within {largest_deviation:.0e}",
        varied=varied,
        held=held,
        largest_deviation=largest_deviation(run),
    )
