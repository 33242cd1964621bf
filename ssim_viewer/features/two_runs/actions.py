"""What a person can want in the window of the two runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


ACTIONS = (RunBy, RunTwo, ShowEnd)
