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
