"""The tables of what is seen: that of the main window, and one for each room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.hand import effects_in_dialogs as dialogs
from tests.hand import effects_in_docks as docks
from tests.hand import effects_of_runs as runs
from tests.hand import pictures
from tests.hand.doing import pin_two
from tests.hand.effects import ROWS as MAIN
from tests.hand.effects import STEP
from tests.hand.row import First, Row

__all__ = ["MAIN", "TABLES", "Table"]


@dataclass(frozen=True)
class Table:
    """Rows about a room, what is done in it before, and which pair is open."""

    rows: tuple[Row, ...] = ()
    first: tuple[First, ...] = ()
    files: Callable[[Path], tuple[Path, ...]] = pictures.grey_pair


TABLES: Mapping[str, tuple[Table, ...]] = {
    "maximum_differentiation": (
        Table(runs.PLATE, first=("spin plate_steps typed", "button plate_step")),
    ),
    "reconstruction_race": (Table(runs.RACE, first=("spin race_steps typed", "button race_step")),),
    "candidates": (Table(docks.CANDIDATES),),
    "channel_errors": (Table(docks.CHANNELS, files=pictures.rare_pair),),
    "conventions": (Table(docks.CONVENTIONS),),
    "distortion_lab": (Table(docks.NO_LINK), Table(docks.LINKS, first=docks.TWO_LINKS)),
    "distributions": (Table(docks.DISTRIBUTIONS),),
    "folder_pairs": (Table(docks.FOLDERS),),
    "lessons": (Table(docks.LESSONS), Table(docks.LESSON, first=("surface lesson_list click",))),
    "window_inspector": (Table(docks.INSPECTOR), Table(docks.PINNED, first=(pin_two,))),
    "scenes": (Table(), Table(docks.SCENES, first=("menu scene_dark_pairs",))),
    "equal_mse_gallery": (Table(runs.GALLERY),),
    "robustness": (Table(runs.ROBUSTNESS),),
    "sweep": (Table(runs.SWEEP),),
    "two_runs": (Table(runs.TWO_RUNS, files=pictures.small_pair),),
    "gradient_parts": (Table(runs.PARTS, files=pictures.small_pair),),
    "descent_faults": (Table(runs.FAULTS, files=pictures.small_pair),),
    "implementation_mistakes": (Table(runs.MISTAKES),),
    "preference_study": (Table(runs.STUDY),),
    "training_lab": (Table(runs.TRAINING),),
    "recording": (Table(runs.RECORDING, first=(STEP, STEP)),),
    "display_dialog": (Table(dialogs.DISPLAY),),
    "workspace_name": (Table(dialogs.WORKSPACE),),
    "help_window": (Table(dialogs.HELP),),
    "shortcuts_window": (Table(dialogs.READING),),
    "about_box": (Table(dialogs.ABOUT),),
    "command_palette": (Table(dialogs.PALETTE),),
    "candidates_pattern_dialog": (Table(dialogs.PATTERN),),
}
"""By the id of a feature, or by the name of a dialog; with a table for each stage."""
