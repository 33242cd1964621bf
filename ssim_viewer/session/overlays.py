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
    """The outline of a shape; strokes of a brush are filled.

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
        Level 0 is the mask itself, (H, W) of booleans; a sample of level k says whether any of
        4^k by 4^k samples is lit, so that single ones are seen from afar.
    geometry
        Where the samples stand on the image.
    """

    levels: tuple[NDArray[np.bool_], ...]
    geometry: MapGeometry

    @classmethod
    def of(cls, mask: NDArray[np.bool_], geometry: MapGeometry) -> LitPixels:
        """Return lit pixels with all their levels."""
        levels = [mask]
        while max(levels[-1].shape) > 256:
            levels.append(_any(levels[-1], 2**HALVINGS))
        for level in levels:
            level.setflags(write=False)
        return cls(tuple(levels), geometry)

    def bounds(self) -> Bounds:
        """Return the smallest rectangle around the map."""
        height, width = self.levels[0].shape
        offset, scale = self.geometry.offset, self.geometry.scale
        return offset, offset, offset + width * scale, offset + height * scale


Overlay = Outline | Marker | Line | LitPixels


def _any(mask: NDArray[np.bool_], step: int) -> NDArray[np.bool_]:
    """Return whether any sample is lit in blocks of `step` by `step`, the last ones smaller."""
    height, width = mask.shape
    rows: NDArray[Any] = np.logical_or.reduceat(mask, np.arange(0, height, step), axis=0)
    found: NDArray[np.bool_] = np.logical_or.reduceat(rows, np.arange(0, width, step), axis=1)
    return found
