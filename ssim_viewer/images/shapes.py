"""Shapes on an image as frozen data, and the pixels that lie in them.

Positions are in pixel edges, x to the right and y down: pixel 0 reaches from 0 to 1. A pixel lies
in a shape when its centre does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle with upright sides."""

    left: float
    top: float
    right: float
    bottom: float

    name = tr("Rectangle")

    @classmethod
    def between(cls, first: Point, last: Point) -> Rectangle:
        """Return the rectangle with two opposite corners; for an `Ellipse`, the one within it."""
        (left, right), (top, bottom) = (sorted(pair) for pair in zip(first, last, strict=True))
        return cls(left, top, right, bottom)

    def bounds(self) -> Bounds:
        """Return the smallest rectangle around the shape."""
        return self.left, self.top, self.right, self.bottom

    def mask(self, shape: tuple[int, ...]) -> Bools:
        """Return which pixels of an image of (H, W, …) lie in the shape, (H, W)."""
        found = np.zeros(shape[:2], np.bool_)
        found[_centres(self.top, self.bottom), _centres(self.left, self.right)] = True
        return found


class Ellipse(Rectangle):
    """The ellipse within a rectangle with upright sides."""

    __slots__ = ()

    name = tr("Ellipse")

    def mask(self, shape: tuple[int, ...]) -> Bools:
        """Return which pixels of an image of (H, W, …) lie in the shape, (H, W)."""
        found = np.zeros(shape[:2], np.bool_)
        width, height = self.right - self.left, self.bottom - self.top
        if width > 0 and height > 0:
            rows, columns = _centres(self.top, self.bottom), _centres(self.left, self.right)
            y = (np.arange(*rows.indices(shape[0])) + 0.5 - self.top) * 2 / height - 1
            x = (np.arange(*columns.indices(shape[1])) + 0.5 - self.left) * 2 / width - 1
            found[rows, columns] = y[:, np.newaxis] ** 2 + x**2 <= 1
        return found


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed line; what an odd number of its turns surrounds lies in it."""

    points: tuple[Point, ...]

    name = tr("Lasso")

    def bounds(self) -> Bounds:
        """Return the smallest rectangle around the shape."""
        return bounds_of(self.points)

    def mask(self, shape: tuple[int, ...]) -> Bools:
        """Return which pixels of an image of (H, W, …) lie in the shape, (H, W)."""
        height, width = shape[:2]
        turns = np.zeros((height, width + 1), np.bool_)
        ends = (*self.points[1:], *self.points[:1])
        for (x0, y0), (x1, y1) in zip(self.points, ends, strict=True):
            rows = np.arange(*_centres(min(y0, y1), max(y0, y1)).indices(height))
            if y0 != y1:
                x = x0 + (rows + 0.5 - y0) * (x1 - x0) / (y1 - y0)
                turns[rows, np.clip(np.ceil(x - 0.5), 0, width).astype(np.intp)] ^= True
        found: Bools = np.logical_xor.accumulate(turns, axis=1)[:, :width]
        return found


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of a round brush.

    Attributes
    ----------
    points
        Where its centre went; straight lines lie between them.
    radius
        In pixels.
    softness
        The share of the radius over which its opacity falls from 1 to 0.
    erases
        Whether it takes away what was painted before.
    """

    points: tuple[Point, ...]
    radius: float
    softness: float = 0.0
    erases: bool = False

    def through(self, point: Point) -> Stroke:
        """Return the stroke drawn on to one more point."""
        return Stroke((*self.points, point), self.radius, self.softness, self.erases)


@dataclass(frozen=True, slots=True)
class Strokes:
    """What a brush has painted."""

    strokes: tuple[Stroke, ...]

    name = tr("Brush")

    def bounds(self) -> Bounds:
        """Return the smallest rectangle around what is painted, of radius included."""
        painted = [each for each in self.strokes if not each.erases]
        left, top, right, bottom = bounds_of([p for each in painted for p in each.points])
        most = max((each.radius for each in painted), default=0.0)
        return left - most, top - most, right + most, bottom + most

    def mask(self, shape: tuple[int, ...]) -> Bools:
        """Return the pixels of an image of (H, W, …) that are painted by half or more, (H, W)."""
        return np.asarray(self.opacity(shape) >= 0.5)

    def opacity(self, shape: tuple[int, ...]) -> NDArray[np.float64]:
        """Return how much of each pixel of an image of (H, W, …) is painted, 0 to 1, (H, W)."""
        found = np.zeros(shape[:2])
        for stroke in self.strokes:
            _paint(found, stroke)
        return found


Shape = Rectangle | Ellipse | Polygon | Strokes


def bounds_of(points: tuple[Point, ...] | list[Point]) -> Bounds:
    """Return the smallest rectangle around points; zeros without any."""
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _centres(low: float, high: float) -> slice:
    """Return the pixels of an axis whose centres lie between two positions."""
    first, last = (max(math.ceil(edge - 0.5), 0) for edge in (low, high))
    return slice(first, last)


def _paint(onto: NDArray[np.float64], stroke: Stroke) -> None:
    """Paint one stroke: opacity is 1 up to the soft rim, and falls there as a half cosine."""
    left, top, right, bottom = bounds_of(stroke.points)
    radius = max(stroke.radius, 0.5)
    rows, columns = _centres(top - radius, bottom + radius), _centres(left - radius, right + radius)
    part = onto[rows, columns]
    if not part.size or not stroke.points:
        return
    y0, x0 = rows.start + 0.5, columns.start + 0.5
    squared = np.full(part.shape, np.inf)
    ends = stroke.points[1:] or stroke.points
    for first, last in zip(stroke.points, ends, strict=False):
        _approach(squared, ((first[0] - x0, first[1] - y0), (last[0] - x0, last[1] - y0)), radius)
    distance = np.sqrt(np.minimum(squared, radius**2))
    rim = min(max(stroke.softness, 0.0), 1.0) * radius
    if rim > 0:
        inside = np.clip((radius - distance) / rim, 0, 1)
        opacity = (1 - np.cos(np.pi * inside)) / 2
    else:
        opacity = (squared <= radius**2).astype(np.float64)
    if stroke.erases:
        np.minimum(part, 1 - opacity, out=part)
    else:
        np.maximum(part, opacity, out=part)


def _approach(squared: NDArray[np.float64], line: tuple[Point, Point], radius: float) -> None:
    """Lower squared distances to those from a line, as far as the brush reaches; (0, 0) is a pixel.

    Positions here are those of pixel centres.
    """
    left, top, right, bottom = bounds_of(list(line))
    rows = slice(max(math.floor(top - radius), 0), max(math.ceil(bottom + radius) + 1, 0))
    columns = slice(max(math.floor(left - radius), 0), max(math.ceil(right + radius) + 1, 0))
    part = squared[rows, columns]
    if not part.size:
        return
    (x0, y0), (x1, y1) = line
    y = np.arange(part.shape[0])[:, np.newaxis] + (rows.start - y0)
    x = np.arange(part.shape[1]) + (columns.start - x0)
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    along = np.clip((x * (x1 - x0) + y * (y1 - y0)) / length, 0, 1) if length else np.zeros(1)
    np.minimum(part, (x - along * (x1 - x0)) ** 2 + (y - along * (y1 - y0)) ** 2, out=part)
