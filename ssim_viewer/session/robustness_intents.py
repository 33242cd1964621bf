"""What a person can want in the window of robustness. `intents` lists all intents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.session.robustness import RobustnessSettings


@dataclass(frozen=True, slots=True)
class OpenRobustness:
    """Open the window, and measure what it lacks."""


@dataclass(frozen=True, slots=True)
class CloseRobustness:
    """Stop measuring for the window, which has been closed."""


@dataclass(frozen=True, slots=True)
class DistortBy:
    """Draw curves for other settings, or read them at another strength."""

    settings: RobustnessSettings


@dataclass(frozen=True, slots=True)
class RunCurves:
    """Measure the points of the curves that lack, or stop doing so."""

    on: bool


@dataclass(frozen=True, slots=True)
class ExportCurves:
    """Write the curves as CSV: a row a strength, a column a metric."""

    path: Path


RobustnessIntent = OpenRobustness | CloseRobustness | DistortBy | RunCurves | ExportCurves
