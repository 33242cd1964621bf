"""The race as a film: what each racer has come to over its map, beside the curves of the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.metrics import find
from ssim_viewer.reports.film_plot import curve
from ssim_viewer.reports.films import which_is_better
from ssim_viewer.reports.runs_film import FilmedRun, over_steps, runs_film
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from ssim_viewer.features.reconstruction_race.state import RaceSettings
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.run_group import RunGroup

TITLE = tr("Race to the reference")

MOST_PLOTS = 3
"""Scores with a plot, one below the other: the racers' own first."""


def film_of(group: RunGroup[RaceSettings]) -> Film:
    """Return the film of all racers, from the steps that were kept."""
    plots = []
    for name in group.settings.measured[:MOST_PLOTS]:
        entry = find(name)
        curves = [
            curve(run.title, run.trace[:, 0], group.values(run, entry.symbol)) for run in group.runs
        ]
        plots.append(over_steps(which_is_better(entry), curves))

    def caption(number: int) -> str:
        seconds = [
            f"{run.title} {run.trace[min(number, len(run.trace) - 1), 1]:.1f} s"
            for run in group.runs
            if len(run.trace)
        ]
        return joined("   ", (tr("step {step}", step=number), *seconds))

    runs = [FilmedRun(run.title, run.filmed) for run in group.runs]
    return runs_film(TITLE, runs, plots, caption, group)
