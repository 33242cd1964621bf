"""The film of several runs from one start: their images over their maps, beside their curves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.reports.film import Film, Shot
from ssim_viewer.reports.film_plot import PAPER, Plot
from ssim_viewer.reports.films import MAP
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ssim_viewer.reports.film_plot import Curve
    from ssim_viewer.session.film_steps import FilmStep

ABREAST = 4
"""Runs in a row of pictures, at the most."""

LINEAR = 120
"""Steps up to which their axis is even."""


@dataclass(frozen=True, slots=True, eq=False)
class FilmedRun:
    """A run: its aim in words, and what is kept of its steps, the start first."""

    title: str
    steps: tuple[FilmStep, ...]


def runs_film(
    title: str,
    runs: Sequence[FilmedRun],
    plots: Sequence[Plot],
    caption: Callable[[int], str],
    of: object,
) -> Film:
    """Return the film: a page for each step that any of the runs has kept.

    A run that has made no such step is shown as it was before, or as it ended.

    Parameters
    ----------
    plots
        Their curves lie over steps.
    caption
        The line above the page of a step.
    of
        What the film is made of; see `Film`.
    """
    runs = [run for run in runs if run.steps]
    numbers = sorted({each.step for run in runs for each in run.steps})
    columns = min(len(runs), ABREAST)

    def shot(number: int) -> Shot:
        pictures = []
        for first in range(0, len(runs), ABREAST):
            row = [(run.title, _at(run, number)) for run in runs[first : first + ABREAST]]
            blank = [("", _blank(row[0][1]))] * (columns - len(row))
            pictures += [(words, each.picture) for words, each in row] + blank
            words = [MAP if first == 0 and place == 0 else "" for place in range(len(row))]
            pictures += [(w, each.colors) for w, (_, each) in zip(words, row, strict=True)] + blank
        drawn = tuple(
            tuple(int(np.searchsorted(each.x, number, "right")) for each in plot.curves)
            for plot in plots
        )
        return Shot(tuple(pictures), caption(number), drawn)

    shots = tuple(partial(shot, number) for number in numbers)
    enlarge = {1: 1.0, 2: 0.75}.get(columns, 0.6)
    return Film(title, of, shots, tuple(plots), columns=columns, enlarge=enlarge)


def over_steps(quantity: str, curves: Sequence[Curve]) -> Plot:
    """Return a plot over steps, spread by their logarithm where pages are: in long runs."""
    longest = max((float(each.x[-1]) for each in curves if len(each.x)), default=0.0)
    return Plot(quantity, tr("step"), tuple(curves), logarithmic=longest > LINEAR)


def _at(run: FilmedRun, number: int) -> FilmStep:
    return next((each for each in reversed(run.steps) if each.step <= number), run.steps[0])


def _blank(step: FilmStep) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((*step.picture.shape[:2], 3), PAPER, np.uint8)
