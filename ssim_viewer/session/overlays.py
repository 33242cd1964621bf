"""Overlays: what features draw over all panes, as frozen data in image coordinates.

Positions are in pixel edges, x to the right and y down. Overlays are compared by value, so that
panes paint anew only where something has changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.images.shapes import Bounds, Point, Shape, bounds_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics import MapGeometry

HALVINGS = 2
"""From one level of lit pixels to the next, as those of a pyramid."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a shape; strokes of a brush are filled too, faintly.

    Attributes
    ----------
    label
        What stands beside its top left corner.
    quiet
        Whether it is drawn thin and dashed.
    """

    shape: Shape
    label: str = ""
    quiet: bool = False

    def bounds(self) -> Bounds:
        """Return the smallest rectangle around it."""
        return self.shape.bounds()


@dataclass(frozen=True, slots=True)
class Marker:
    """A point with a number or a label.

    Attributes
    ----------
    current
        Whether it is the one of several that something else shows.
    """

    x: float
    y: float
    label: str
    current: bool = False

    def bounds(self) -> Bounds:
        """Return the smallest rectangle around it."""
        return self.x, self.y, self.x, self.y


@dataclass(frozen=True, slots=True)
class Line:
    """An open line through points."""

    points: tuple[Point, ...]

    def bounds(self) -> Bounds:
        """Return the smallest rectangle around it."""
        return bounds_of(self.points)


@dataclass(frozen=True, slots=True, eq=False)
class LitPixels:
    """Samples of a map that are lit.

    Making one looks at the whole mask: workers make it with `of`.

    Attributes
    ----------
    levels
        Level 0 is the mask itself, (H, W) of booleans; a sample of level k is the share of 4^k by
        4^k samples that is lit, from 0 to 255 and rounded up, so that single ones are not lost.
    geometry
        Where the samples stand on the image.
    """

    levels: tuple[NDArray[Any], ...]
    geometry: MapGeometry

    @classmethod
    def of(cls, mask: NDArray[np.bool_], geometry: MapGeometry) -> LitPixels:
        """Return lit pixels with all their levels."""
        levels: list[NDArray[Any]] = [mask]
        while max(levels[-1].shape) > 256:
            finer = levels[-1] if len(levels) > 1 else mask.view(np.uint8) * np.uint8(255)
            levels.append(_shares(finer, 2**HALVINGS))
        for level in levels:
            level.setflags(write=False)
        return cls(tuple(levels), geometry)

    def bounds(self) -> Bounds:
        """Return the smallest rectangle around the map."""
        height, width = self.levels[0].shape
        offset, scale = self.geometry.offset, self.geometry.scale
        return offset, offset, offset + width * scale, offset + height * scale


Overlay = Outline | Marker | Line | LitPixels


def _shares(lit: NDArray[np.uint8], step: int) -> NDArray[np.uint8]:
    """Return the means of blocks of `step` by `step`, rounded up; the last ones are smaller."""
    sums = lit.astype(np.uint16)
    sizes = []
    for axis, length in enumerate(lit.shape):
        starts = np.arange(0, length, step)
        sums = np.add.reduceat(sums, starts, axis=axis)
        sizes.append(np.minimum(length - starts, step))
    counts = np.outer(*sizes).astype(np.uint16)
    shares: NDArray[np.uint8] = ((sums + counts - 1) // counts).astype(np.uint8)
    return shares
