"""What a person can want of the lessons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ssim_viewer.reports.lesson import Lesson


@dataclass(frozen=True, slots=True)
class OpenLesson:
    """Begin a lesson, or go on where it was left."""

    lesson: Lesson


@dataclass(frozen=True, slots=True)
class ReadLesson:
    """Read a lesson from a file and begin it."""

    path: Path


@dataclass(frozen=True, slots=True)
class GoTo:
    """Enter a page; the last one has the question."""

    place: int


@dataclass(frozen=True, slots=True)
class RefuseLesson:
    """Leave a lesson that cannot be followed, and say why."""

    problem: str


@dataclass(frozen=True, slots=True)
class ShowAnswer:
    """Show the answer to the question, or hide it."""

    on: bool


@dataclass(frozen=True, slots=True)
class TakePicture:
    """Take the picture of the page on screen."""


@dataclass(frozen=True, slots=True, eq=False)
class KeepPicture:
    """Keep the picture of a page, a PNG file, for the handout."""

    place: int
    png: bytes


@dataclass(frozen=True, slots=True)
class RestoreProgress:
    """Take over the pages that lessons were left at."""

    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class WriteHandout:
    """Write the lesson with its pictures as HTML."""

    path: Path


@dataclass(frozen=True, slots=True)
class LeaveLesson:
    """Go back to the list of lessons."""


ACTIONS = (
    OpenLesson,
    ReadLesson,
    GoTo,
    RefuseLesson,
    ShowAnswer,
    TakePicture,
    KeepPicture,
    RestoreProgress,
    WriteHandout,
    LeaveLesson,
)
