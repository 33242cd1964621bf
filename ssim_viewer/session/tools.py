"""Tools of the mouse: what a left drag in a pane does while one is on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool of a feature.

    Attributes
    ----------
    feature, name
        The feature that owns it, and its name there.
    hint
        One sentence for the status line: what the drag does, and that Esc leaves it.
    """

    feature: str
    name: str
    hint: str


class Phase(Enum):
    """A part of a drag."""

    PRESS = "press"
    MOVE = "move"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Pointer:
    """The left button, or Space, in a pane while a tool is on.

    Attributes
    ----------
    tool
        The tool that is on.
    x, y
        The position on the image, in pixel edges; it may lie outside the image.
    inverted
        Whether Ctrl was down at the press: a brush erases then.
    """

    tool: Tool
    phase: Phase
    x: float
    y: float
    inverted: bool = False
