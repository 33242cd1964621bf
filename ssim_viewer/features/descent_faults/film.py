"""Both descents as a film: the right one beside the faulty one, over their maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.features.descent_faults.words import FAULTS
from ssim_viewer.reports.film_plot import Plot, curve
from ssim_viewer.reports.films import MSE_AXIS, signed
from ssim_viewer.reports.runs_film import FilmedRun, runs_film
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from ssim_viewer.features.descent_faults.state import Runs
    from ssim_viewer.reports.film import Film

TITLE = tr("Why does my descent go up?")
NONE = tr("No fault is on")


def film_of(runs: Runs) -> Film:
    """Return the film of both runs, from the steps that were kept."""
    on = [fault.title for fault in FAULTS if getattr(runs.faults, fault.name)]
    faulty = NONE if not on else tr("Faulty: {fault}", fault=on[0])
    if len(on) > 1:
        faulty = tr("Faulty, by {count} faults", count=len(on))
    ways = ((tr("right"), runs.right), (tr("faulty"), runs.faulty))

    def plot(title: str, part: str) -> Plot:
        curves = []
        for name, run in ways:
            values = getattr(run, part)
            curves.append(curve(name, np.arange(len(values)), values))
        return Plot(title, tr("step"), tuple(curves))

    def caption(number: int) -> str:
        words: list[str] = [tr("step {step}", step=number)]
        for name, run in ways:
            place = min(number, len(run.mse) - 1)
            words.append(
                tr(
                    "{name} MSE {mse:.5g}, MSSIM {mssim}",
                    name=name,
                    mse=run.mse[place],
                    mssim=signed(run.mssim[place]),
                )
            )
        return joined("   ", words)

    plots = (
        plot(tr("MSSIM: a descent shall lower it"), "mssim"),
        plot(tr("{axis}, to be held", axis=MSE_AXIS), "mse"),
    )
    filmed = FilmedRun(tr("Right"), runs.filmed[0]), FilmedRun(faulty, runs.filmed[1])
    return runs_film(TITLE, filmed, plots, caption, runs)
