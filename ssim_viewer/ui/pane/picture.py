"""A picture: a map with its colours and its place on the image; painting it is left to `tile`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QRectF

    from ssim_viewer.images.tone import Tone
    from ssim_viewer.session.color_scale import ColorScale
    from ssim_viewer.session.computed_map import ComputedMap
    from ssim_viewer.session.difference import Difference
    from ssim_viewer.session.pyramid import Pyramid, Slices
    from ssim_viewer.ui.pane.navigation import View


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Samples and their place: (0, 0) covers the square of the image from (offset, offset)."""

    shape: tuple[int, int]
    offset: float
    side: int

    @property
    def whole(self) -> Slices:
        """All samples."""
        return 0, self.shape[0], 0, self.shape[1]

    def extent(self, slices: Slices) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of samples on the image."""
        top, bottom, left, right = (self.offset + place * self.side for place in slices)
        return left, top, right, bottom

    def seen(self, view: View, area: QRectF, block: int = 1) -> Slices | None:
        """Return the samples that are seen in an area, in whole blocks; None without any."""
        left, top = view.to_image(area.topLeft())
        right, bottom = view.to_image(area.bottomRight())
        height, width = self.shape
        rows = self._range(top, bottom, height, block)
        columns = self._range(left, right, width, block)
        return None if rows is None or columns is None else (*rows, *columns)

    def _range(self, low: float, high: float, count: int, block: int) -> tuple[int, int] | None:
        first = max(0, math.floor((low - self.offset) / self.side / block) * block)
        last = min(count, math.ceil((high - self.offset) / self.side / block) * block)
        return (first, last) if first < last else None


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What a pane shows.

    Attributes
    ----------
    pyramid
        (H, W) or (H, W, 3) uint8 of a photograph; (H, W) float32 of a map, in which a sample
        that is not a number has not been computed.
    scale
        How a map becomes colours; None for a photograph.
    offset, side
        The sample (0, 0) covers the square of the image that begins at (offset, offset).
    values
        What is written on pixels: the array, or a photograph's pixels in their own unit.
    decimals
        How many decimals the values are written with.
    missing
        How many rows are still to come at its end.
    tone
        How the values of a photograph become greys; None where the pyramid holds greys.
    displacement
        By how many pixels of the image it is shown moved, to the right and down.
    """

    pyramid: Pyramid | Difference | ComputedMap
    scale: ColorScale | None
    offset: float
    side: int
    values: NDArray[Any] | Difference | ComputedMap
    decimals: int
    missing: int = 0
    tone: Tone | None = None
    displacement: tuple[float, float] = (0.0, 0.0)

    def grid(self, halvings: int = 0) -> Grid:
        """Return the samples, halved so often."""
        return Grid(self.pyramid.shape(halvings), self.offset, self.side << halvings)

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the image, with the rows that are still to come."""
        first, last, left, right = self.grid().whole
        return self.grid().extent((first, last + self.missing, left, right))
