"""What a person can want of the experiments with windows of their own.

Playing, pausing, a single step and the like are the intents of the main window, said in another
one. `intents` lists what each window takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.session.plate import PlateSettings
    from ssim_viewer.session.race import RaceSettings


@dataclass(frozen=True, slots=True)
class OpenPlate:
    """Open the window of maximum differentiation."""


@dataclass(frozen=True, slots=True)
class OpenRace:
    """Open the window of the race to the reference."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """Begin the next runs of an experiment under other settings."""

    settings: PlateSettings | RaceSettings


@dataclass(frozen=True, slots=True)
class SaveImages:
    """Write the image of each run: 8 bits or float32, by suffix; the path is a stem for all."""

    path: Path


@dataclass(frozen=True, slots=True)
class SavePlate:
    """Write the images of all runs and their scores as one picture."""

    path: Path
