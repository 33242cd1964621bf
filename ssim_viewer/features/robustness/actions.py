"""What a person can want in the window of robustness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.robustness.state import RobustnessSettings


@dataclass(frozen=True, slots=True)
class DistortBy:
    """Draw curves for other settings, or read them at another strength."""

    settings: RobustnessSettings


@dataclass(frozen=True, slots=True)
class RunCurves:
    """Measure the missing points of the curves, or stop doing so."""

    on: bool


@dataclass(frozen=True, slots=True)
class ExportCurves:
    """Write the curves as CSV: a row a strength, a column a metric."""

    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class ExportPlots:
    """Write the plots as a picture that is encoded already."""

    data: bytes
    path: Path


@dataclass(frozen=True, slots=True)
class DismissRobustnessNotice:
    """Take the notice in the window away."""


ACTIONS = (DistortBy, RunCurves, ExportCurves, ExportPlots, DismissRobustnessNotice)
