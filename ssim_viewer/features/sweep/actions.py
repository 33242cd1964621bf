"""What a person can want in the window of the sweep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.sweep.state import SweepSettings


@dataclass(frozen=True, slots=True)
class SweepBy:
    """Draw the curves of other settings."""

    settings: SweepSettings


@dataclass(frozen=True, slots=True)
class RunSweep:
    """Measure the missing points, or stop doing so; those there are stay."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShowPoint:
    """Make the image of a point of a curve the distorted image of the main window."""

    name: str
    strength: float
    gesture: int = 0


@dataclass(frozen=True, slots=True)
class ExportSweep:
    """Write all points as CSV, a row a point."""

    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class ExportSweepPlots:
    """Write the plots as a picture that is encoded already."""

    data: bytes
    path: Path


@dataclass(frozen=True, slots=True)
class DismissSweepNotice:
    """Take the notice in the window away."""


ACTIONS = (SweepBy, RunSweep, ShowPoint, ExportSweep, ExportSweepPlots, DismissSweepNotice)
