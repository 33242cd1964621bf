"""What a person can want in the window of the faults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssim_viewer.features.descent_faults.script import Faults


@dataclass(frozen=True, slots=True)
class SwitchFaults:
    """Run with these faults on."""

    faults: Faults


@dataclass(frozen=True, slots=True)
class RunAgain:
    """Run, or stop; what was drawn stays."""

    on: bool


ACTIONS = (SwitchFaults, RunAgain)
