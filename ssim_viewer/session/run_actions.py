"""What a person can want in the window of an experiment with several runs.

Playing, pausing, a single step and the like are intents of the main window, emitted in another one:
the host gives an action first to the feature whose view emitted it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ssim_viewer.session.intents import (
    Cancel,
    DismissNotice,
    ExportTrace,
    Pause,
    Play,
    ResetRun,
    StepOnce,
)

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """Begin the next runs of an experiment by other settings."""

    settings: Any


@dataclass(frozen=True, slots=True)
class ChangeSpeed:
    """Make so many steps of every run a second; None is as fast as the machine."""

    steps_per_second: float | None


@dataclass(frozen=True, slots=True)
class SaveImages:
    """Write the image of each run: 8 bits or float32, by suffix; the path is a stem for all."""

    path: Path


@dataclass(frozen=True, slots=True)
class SaveSheet:
    """Write the images of all runs and their scores as one picture."""

    path: Path


RUN_ACTIONS = (
    Play,
    Pause,
    StepOnce,
    Cancel,
    ResetRun,
    DismissNotice,
    ChangeSettings,
    ChangeSpeed,
    SaveImages,
    SaveSheet,
    ExportTrace,
)
