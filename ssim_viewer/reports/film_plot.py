"""A plot of a film's page: curves that grow while the film goes on, drawn with Pillow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.reports.fonts import font, readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from PIL import ImageDraw

GAP = 16
PAPER, INK, QUIET, PALE = (250, 250, 250), (20, 20, 20), (95, 95, 95), (205, 205, 205)

INKS = ("#1f6fb2", "#b4540a", "#007a58", "#a33b7e", "#8a6d00", "#3d8fa8", "#5f5f5f", "#7a4bb0")
"""One for each of several curves, after Okabe and Ito (2008), on light ground."""

TICKS = 5
"""Of an axis, about."""

LEAST_SPAN = 0.01
"""Of an axis, as a share of its numbers, so that few digits tell them apart."""

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A curve, its points in the order in which they are drawn; what is not finite is left out."""

    name: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]

    def points(self, count: int | None = None) -> list[tuple[float, float]]:
        """Return the first points, or all of them."""
        pairs = np.stack([self.x, self.y], axis=1)[:count]
        return [(float(x), float(y)) for x, y in pairs[np.isfinite(pairs).all(axis=1)]]


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """A plot.

    Attributes
    ----------
    quantity, against
        What is up, with its unit and which way is better, and what is across.
    logarithmic
        Whether what is across, never below 0, is spread as log(1 + x).
    """

    quantity: str
    against: str
    curves: tuple[Curve, ...]
    logarithmic: bool = False


def curve(name: str, x: ArrayLike, y: ArrayLike) -> Curve:
    """Return a curve of any numbers."""
    return Curve(name, np.asarray(x, float), np.asarray(y, float))


def draw_plot(pen: ImageDraw.ImageDraw, plot: Plot, drawn: Sequence[int], box: Box) -> None:
    """Draw a plot into a box; of each curve so many first points, the rest pale."""
    left, top, right, bottom = box
    pen.text((left, top), readable(plot.quantity), fill=INK, font=font(13))
    names, across = plot.curves if len(plot.curves) > 1 else (), left
    for place, each in enumerate(names):
        words = readable(each.name)
        pen.text((across, top + 18), words, fill=INKS[place % len(INKS)], font=font(12))
        across += round(font(12).getlength(words)) + 12
    inside = left + 56, top + (38 if names else 22), right - 8, bottom - 34
    frame = _Frame(inside, *_limits(plot), plot.logarithmic)
    frame.draw_axes(pen)
    pen.text((inside[0], bottom - 15), readable(plot.against), fill=QUIET, font=font(11))
    for place, each in enumerate(plot.curves):
        whole = [frame.place(*point) for point in each.points()]
        grown = [frame.place(*point) for point in each.points(dict(enumerate(drawn)).get(place, 0))]
        for points, color in ((whole, PALE), (grown, INKS[place % len(INKS)])):
            if len(points) > 1:
                pen.line(points, fill=color, width=2, joint="curve")
        if grown:
            x, y = grown[-1]
            pen.ellipse((x - 4, y - 4, x + 4, y + 4), fill=INKS[place % len(INKS)])


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where numbers lie in a box of the page."""

    box: Box
    x: tuple[float, float]
    y: tuple[float, float]
    logarithmic: bool

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of a point."""
        left, top, right, bottom = self.box
        low, high = (self._spread(end) for end in self.x)
        across = (self._spread(x) - low) / (high - low)
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return left + across * (right - left), bottom - up * (bottom - top)

    def draw_axes(self, pen: ImageDraw.ImageDraw) -> None:
        """Draw ticks, their numbers and lines."""
        left, top, right, bottom = self.box
        for value in ticks(*self.y):
            height = self.place(self.x[0], value)[1]
            pen.line([(left, height), (right, height)], fill=(232, 232, 232))
            words = _number(value)
            wide = font(11).getlength(words)
            pen.text((left - 6 - wide, height - 7), words, fill=QUIET, font=font(11))
        for value in _decades(self.x[1]) if self.logarithmic else ticks(*self.x):
            across = self.place(value, self.y[0])[0]
            words = _number(value)
            pen.line([(across, bottom), (across, bottom + 4)], fill=QUIET)
            wide = font(11).getlength(words)
            pen.text((across - wide / 2, bottom + 5), words, fill=QUIET, font=font(11))
        pen.line([(left, top), (left, bottom), (right, bottom)], fill=QUIET)

    def _spread(self, x: float) -> float:
        return math.log1p(x) if self.logarithmic else x


def ticks(low: float, high: float) -> list[float]:
    """Return round numbers between two ends, about five."""
    raw = (high - low) / TICKS
    decade = 10.0 ** math.floor(math.log10(raw))
    step = next(each * decade for each in (1, 2, 5, 10) if raw <= each * decade * (1 + 1e-9))
    first = math.ceil(low / step - 1e-9)
    return [n * step for n in range(first, math.floor(high / step + 1e-9) + 1)]


def _decades(high: float) -> list[float]:
    return [0.0, *(10.0**n for n in range(math.floor(math.log10(max(high, 1.0))) + 1))]


def _limits(plot: Plot) -> tuple[tuple[float, float], tuple[float, float]]:
    points = np.array(
        [p for each in plot.curves for p in each.points()] or [(0.0, 0.0), (1.0, 1.0)]
    )
    ends = []
    for values, room in zip(points.T, (0.0, 0.05), strict=True):
        low, high = float(values.min()), float(values.max())
        span = max(high - low, LEAST_SPAN * max(abs(low), abs(high)), 1e-12)
        middle = (low + high) / 2
        low, high = min(low, middle - span / 2), max(high, middle + span / 2)
        ends.append((low - room * span, high + room * span))
    return ends[0], ends[1]


def _number(value: float) -> str:
    return f"{value:.6g}".replace("-", "−") if value else "0"
