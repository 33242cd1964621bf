"""Reading a lesson, and writing its handout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.images import write_text
from ssim_viewer.reports.handout import handout
from ssim_viewer.reports.lesson import Lesson, read_lesson
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReadJob:
    """Read a lesson from a file."""

    path: Path

    def __call__(self) -> Lesson:
        """Return the lesson."""
        return read_lesson(self.path)

    def is_same_job(self, other: object) -> bool:
        """Whether another job reads the same file."""
        return isinstance(other, ReadJob) and other.path == self.path


@dataclass(frozen=True, slots=True, eq=False)
class Handout:
    """Write a lesson as HTML."""

    path: Path
    lesson: Lesson
    pictures: Mapping[int, bytes]
    made: str

    def __call__(self) -> str:
        """Return one sentence about the file."""
        write_text(self.path, handout(self.lesson, self.pictures, self.made))
        missing = len(self.lesson.steps) - len(
            [p for p in self.pictures if p < len(self.lesson.steps)]
        )
        more = (
            tr(" {missing} steps have no picture: they were not visited.", missing=missing)
            if missing
            else ""
        )
        return tr("Saved “{name}”.{more}", name=self.path.name, more=more)
