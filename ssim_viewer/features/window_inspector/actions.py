"""What a person can want in the window inspector."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PinHere:
    """Pin the window at the pixel that the mouse is over, or was over last."""


@dataclass(frozen=True, slots=True)
class HoldWindow:
    """Show the window at a pixel until the next click; the same once more follows the mouse."""

    pixel: tuple[int, int]


@dataclass(frozen=True, slots=True)
class StepPins:
    """Show the next or the previous pin."""

    by: int


@dataclass(frozen=True, slots=True)
class MovePin:
    """Move the pin that is shown by pixels."""

    dx: int
    dy: int


@dataclass(frozen=True, slots=True)
class RemovePin:
    """Take the pin away that is shown, or the last one."""


@dataclass(frozen=True, slots=True)
class FollowCursor:
    """Show the window under the mouse; pins stay."""


@dataclass(frozen=True, slots=True)
class ChoosePlane:
    """Show the formulas of another plane."""

    plane: int


ACTIONS = (PinHere, HoldWindow, StepPins, MovePin, RemovePin, FollowCursor, ChoosePlane)
