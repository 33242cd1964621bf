"""What a person can want in the window of the gradient's parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssim_viewer.features.gradient_parts.state import Driver
    from ssim_viewer.synthesis import Direction


@dataclass(frozen=True, slots=True)
class ClimbToward:
    """Climb the other way."""

    direction: Direction


@dataclass(frozen=True, slots=True)
class PlotOf:
    """Plot another quantity: "ssim", or a factor."""

    quantity: str


@dataclass(frozen=True, slots=True)
class RunPaths:
    """Run, or stop; what was drawn stays."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShowEnd:
    """Make the latest image of a path the distorted one of the main window."""

    driver: Driver


ACTIONS = (ClimbToward, PlotOf, RunPaths, ShowEnd)
