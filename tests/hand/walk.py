"""Which of the controls that were found are touched: all, but of those of one kind one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from tests.hand.expected import target_of

ALIKE = (
    (r"pane_(?!2_compare)\d", "pane_#"),
    (r"_image_(\d|start)", "_image_#"),
    (r"race_racer_\w+", "race_racer_*"),
    (r"\A(choice \w+_speed) \d+", r"\1 #"),
    (r"distortion_add_\w+", "distortion_add_*"),
    (r"conventions_use_\d+", "conventions_use_#"),
    (r"(sweep_type|plate_metric_.|race_plot_metric|training_other) \d+", r"\1 #"),
    (r"surface (\S+) double click", r"surface \1 click"),
)
"""Names that differ in this only are of one kind."""


def kind_of(name: str) -> str:
    """Return the name of a control without what tells it from others of its kind."""
    for pattern, kind in ALIKE:
        name = re.sub(pattern, kind, name)
    return name


def action_of(name: str) -> str:
    """Return what a control does, in whatever way it is touched: by menu, key or button."""
    return kind_of(f"touch {target_of(name)}")


def one_of_each_kind(names: Iterable[str], turn: int) -> list[str]:
    """Return one control of each kind, another one with each turn."""
    return _picked(names, kind_of, turn)


def one_way_of_each(names: Iterable[str], turn: int) -> list[str]:
    """Return one way to do each thing that can be done, another one with each turn."""
    return _picked(names, action_of, turn)


def third(names: list[str], turn: int) -> list[str]:
    """Return every third name, others with each turn."""
    return names[turn % 3 :: 3]


def _picked(names: Iterable[str], kind: Callable[[str], str], turn: int) -> list[str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[kind(name)].append(name)
    return [found[(turn + place) % len(found)] for place, found in enumerate(groups.values())]
