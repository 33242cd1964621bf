"""The two runs as a film: both images over their maps, beside both plots."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.reports.contact_sheet import similarity_colors
from ssim_viewer.reports.film import Film, Shot
from ssim_viewer.reports.film_plot import Plot, curve
from ssim_viewer.reports.films import MAP, MSE_AXIS, signed
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.features.two_runs.state import KeptStep, Two

TITLE = tr("Best and worst at once")


def film_of(two: Two) -> Film:
    """Return the film of both runs, from the steps that were kept."""
    ways = {tr("best"): two.best, tr("worst"): two.worst}

    def plot(part: str, title: str) -> Plot:
        curves = [
            curve(name, np.arange(len(getattr(way, part))), getattr(way, part))
            for name, way in ways.items()
        ]
        return Plot(title, tr("step"), tuple(curves))

    def shot(kept: KeptStep) -> Shot:
        values = [way.values[min(kept.step, len(way.values) - 1)] for way in ways.values()]
        caption = tr(
            "step {step}   MSE {mse:.6g}   MSSIM best {best}, worst {worst}",
            step=kept.step,
            mse=two.best.errors[0],
            best=signed(values[0]),
            worst=signed(values[1]),
        )
        pictures = zip(ways, kept.pictures, strict=True)
        maps = zip((MAP, ""), map(similarity_colors, kept.maps), strict=True)
        counts = (kept.step + 1, kept.step + 1)
        return Shot((*pictures, *maps), caption, (counts, counts))

    held = tr("{symbol}, held", symbol=MSE_AXIS)
    plots = plot("values", tr("MSSIM, higher is better")), plot("errors", held)
    return Film(TITLE, two, tuple(partial(shot, kept) for kept in two.kept), plots, enlarge=0.75)
