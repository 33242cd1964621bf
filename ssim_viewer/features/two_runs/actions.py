"""What a person can want in the window of the two runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.two_runs.state import TwoSettings


@dataclass(frozen=True, slots=True)
class RunBy:
    """Run from another start."""

    settings: TwoSettings


@dataclass(frozen=True, slots=True)
class RunTwo:
    """Run, or stop; what was drawn stays."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShowEnd:
    """Make the latest image of a run, "best" or "worst", the distorted one of the main window."""

    way: str


@dataclass(frozen=True, slots=True)
class ShowSheet:
    """Show the sheet of several starts or of several metrics, or with "" the two runs."""

    kind: str


@dataclass(frozen=True, slots=True)
class ExportRunSheet:
    """Write the sheet as a picture."""

    path: Path


ACTIONS = (RunBy, RunTwo, ShowEnd, ShowSheet, ExportRunSheet)
