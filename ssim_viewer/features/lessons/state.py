"""What the lessons know: the one that is open, its page, and where all others were left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ssim_viewer.features.writing import WriteJob
    from ssim_viewer.reports.lesson import Lesson
    from ssim_viewer.session.state import Session

ID = "lessons"


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """The state of the feature.

    Attributes
    ----------
    lesson, place
        The lesson and its page; the page after the last step has the question.
    answered
        Whether the answer is shown.
    reading
        The file that is being read, or None.
    places
        The page that each lesson was left at, by its id.
    pictures
        PNG files of the pages that were left, for the handout.
    problem, told
        What went wrong last, and what was written last.
    """

    lesson: Lesson | None = None
    place: int = 0
    answered: bool = False
    reading: Path | None = None
    places: Mapping[str, int] = field(default_factory=dict)
    pictures: Mapping[int, bytes] = field(default_factory=dict)
    exports: tuple[WriteJob, ...] = ()
    problem: str = ""
    told: str = ""


def lessons_of(session: Session) -> Lessons:
    """Return the state of the feature in a session."""
    return cast("Lessons", session.features.get(ID, Lessons()))


def checked(session: Session) -> bool | None:
    """Whether the try-it check holds for the pair on screen; None without one."""
    lesson, measured = lessons_of(session).lesson, session.measured
    if lesson is None or not lesson.check:
        return None
    if measured is None or measured.distorted is not session.document.shown:
        return False
    return all(each.holds(measured.values) for each in lesson.check)
