"""Anchor pins: a spot of the reference and the same spot of the distorted image, kept together.

Panes show the distorted image so that both pins stand at one place. Nothing else is moved: scores
and maps are of the pair as it is, until it is registered.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ssim_viewer.images.shapes import Point  # noqa: TC001 - session files ask for the type
from ssim_viewer.session.tools import Tool
from ssim_viewer.text import tr

ANCHOR = Tool(
    "panes",
    "anchor",
    tr(
        "Click a spot in a pane that shows the reference, and the same spot in one that shows the "
        "distorted image; Esc leaves it."
    ),
)
"""The tool that puts pins; it belongs to the panes, and to no feature."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """The pins.

    Attributes
    ----------
    reference, distorted
        The position of each on its own image, in pixel edges; None where it is not put yet.
    """

    reference: Point | None = None
    distorted: Point | None = None

    @property
    def displacement(self) -> Point:
        """By how much the distorted image is shown moved, in pixels."""
        if self.reference is None or self.distorted is None:
            return (0.0, 0.0)
        return self.reference[0] - self.distorted[0], self.reference[1] - self.distorted[1]

    def pixel(self, x: int, y: int) -> tuple[int, int]:
        """Return the pixel of the distorted image that is shown at a pixel of the reference."""
        dx, dy = self.displacement
        return math.floor(x + 0.5 - dx), math.floor(y + 0.5 - dy)


NO_ANCHORS = Anchors()
