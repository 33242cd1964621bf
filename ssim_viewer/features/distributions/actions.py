"""What a person can want in the dock of distributions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssim_viewer.features.distributions.shares import Brushed
    from ssim_viewer.features.distributions.sources import Content
    from ssim_viewer.images.shapes import Shape


@dataclass(frozen=True, slots=True)
class ChooseContent:
    """Show the distribution of another map."""

    content: Content


@dataclass(frozen=True, slots=True)
class BrushRange:
    """Light the pixels whose values lie in a range; None lights none."""

    brushed: Brushed | None


@dataclass(frozen=True, slots=True)
class LightWorst:
    """Light the worst pixels, or put the light out where they are lit."""


@dataclass(frozen=True, slots=True)
class ChoosePercent:
    """Say how many per cent count as the worst."""

    percent: float


@dataclass(frozen=True, slots=True)
class ChooseExponent:
    """Say what the exponent of Minkowski pooling is."""

    exponent: float


@dataclass(frozen=True, slots=True)
class ChooseRadius:
    """Say how large the brush is, in pixels."""

    radius: float


@dataclass(frozen=True, slots=True)
class DrawRegion:
    """Take a region as if it was drawn; None takes it away."""

    shape: Shape | None


@dataclass(frozen=True, slots=True)
class RestrictScores:
    """Restrict every score to the region."""


@dataclass(frozen=True, slots=True)
class GoToWorst:
    """Go to one of the worst places, by its rank from 0.

    Attributes
    ----------
    found_later
        Whether the places are still to be found; the panes are zoomed to it then.
    """

    rank: int
    found_later: bool = False


@dataclass(frozen=True, slots=True)
class ClearLine:
    """Take the line of the profile away."""


ACTIONS = (
    ChooseContent,
    BrushRange,
    LightWorst,
    ChoosePercent,
    ChooseExponent,
    ChooseRadius,
    DrawRegion,
    RestrictScores,
    GoToWorst,
    ClearLine,
)
