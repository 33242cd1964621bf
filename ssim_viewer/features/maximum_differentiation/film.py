"""The four images as a film: the images over their maps, beside what is pushed of each metric."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.features.maximum_differentiation.state import DEVIATION, A, B
from ssim_viewer.metrics import find
from ssim_viewer.reports.film_plot import curve
from ssim_viewer.reports.films import signed, which_is_better
from ssim_viewer.reports.runs_film import FilmedRun, over_steps, runs_film
from ssim_viewer.synthesis import MAD_RUNS
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from ssim_viewer.features.maximum_differentiation.state import MadSettings
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.run_group import RunGroup

TITLE = tr("Maximum differentiation")


def film_of(group: RunGroup[MadSettings]) -> Film:
    """Return the film of the four runs, from the steps that were kept."""
    settings = group.settings
    plots = []
    for held, column in ((0, B), (1, A)):
        curves = [
            curve(run.title, run.trace[:, 0], run.trace[:, column])
            for which, run in zip(MAD_RUNS, group.runs, strict=True)
            if which.held == held
        ]
        pushed = which_is_better(find(settings.names[1 - held]))
        title = tr("{pushed}; {held} held", pushed=pushed, held=settings.symbols[held])
        plots.append(over_steps(title, curves))

    def caption(number: int) -> str:
        words: list[str] = [tr("step {step}", step=number)]
        for place, symbol in enumerate(settings.symbols):
            column = (A, B)[place]
            reached = [
                run.trace[min(number, len(run.trace) - 1), column]
                for which, run in zip(MAD_RUNS, group.runs, strict=True)
                if which.held != place and len(run.trace)
            ]
            ends = [signed(float(each)) for each in sorted(reached)]
            words.append(_span(symbol, ends))
        largest = max(
            float(abs(run.trace[: number + 1, DEVIATION]).max())
            for run in group.runs
            if len(run.trace)
        )
        return joined("   ", (*words, tr("held within {deviation:.0e}", deviation=largest)))

    runs = [FilmedRun(run.title, run.filmed) for run in group.runs]
    return runs_film(TITLE, runs, plots, caption, group)


def _span(symbol: str, ends: list[str]) -> str:
    """Return what a score has reached, lowest first."""
    if len(ends) == 2:
        return tr("{symbol} from {low} to {high}", symbol=symbol, low=ends[0], high=ends[1])
    return tr("{symbol} from {value}", symbol=symbol, value=" ".join(ends))
