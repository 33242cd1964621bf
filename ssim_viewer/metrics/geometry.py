"""Where on the image the samples of a map stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapGeometry:
    """The place of a map on its image.

    The sample (i, j) of the map covers the square from ``offset + i * scale`` to
    ``offset + (i + 1) * scale`` downwards, and likewise with j to the right, in pixel edges: pixel
    0 of the image reaches from 0 to 1. The square is centred on the sample's window.

    Attributes
    ----------
    offset
        Where the first sample's square begins.
    scale
        The side of a square, the factor of downsampling.
    """

    offset: float
    scale: int

    def sample_at(self, x: float, y: float) -> tuple[int, int]:
        """Return the sample (row, column) whose square holds a position on the image.

        The map may have none there: a valid border has no windows.
        """
        row, column = (int((place - self.offset) // self.scale) for place in (y, x))
        return row, column

    def coarser(self, times: int) -> MapGeometry:
        """Return the place of a map whose samples are means over squares of `times` by `times`."""
        return MapGeometry(self.offset, self.scale * times)

    def centre_of(self, row: int, column: int) -> tuple[float, float]:
        """Return the position (x, y) on the image of the middle of a sample."""
        return (
            self.offset + (column + 0.5) * self.scale,
            self.offset + (row + 0.5) * self.scale,
        )
