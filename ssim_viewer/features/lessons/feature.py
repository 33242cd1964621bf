"""The feature: what its actions do, and where it stands in the menus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.feature import Answer, Area, Command, Feature, Job, OpenView, ViewSpec
from ssim_viewer.features.lessons import actions
from ssim_viewer.features.lessons.jobs import Handout, ReadJob
from ssim_viewer.features.lessons.state import ID, Lessons
from ssim_viewer.features.writing import WriteJob
from ssim_viewer.reports.films import pages_film
from ssim_viewer.session.provenance import PROGRAM
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.features.feature import Port, Service
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.state import Session


class LessonsFeature(Feature[Lessons]):
    """Lessons in a panel beside the panes."""

    id = ID
    initial = Lessons()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_lessons",
            tr("&Lessons"),
            ("Help",),
            lambda _session: OpenView(ID),
            tr("Guided lessons on SSIM that drive the program; it stays yours all the time."),
            ("Ctrl+L",),
        ),
    )

    def reduce(self, state: Lessons, session: Session, action: object) -> Lessons:  # noqa: PLR0911
        """Return the state after an action, an action a case."""
        match action:
            case actions.OpenLesson(lesson):
                place = state.places.get(lesson.id, 0)
                place = place if place < len(lesson.steps) else 0
                places = {**state.places, lesson.id: place}
                return Lessons(lesson, place, places=places, exports=state.exports)
            case actions.ReadLesson(path):
                return replace(state, reading=path, problem="")
            case actions.GoTo(place) if state.lesson is not None:
                place = min(max(place, 0), len(state.lesson.steps))
                places = {**state.places, state.lesson.id: place}
                return replace(
                    state, place=place, places=places, answered=False, problem="", told=""
                )
            case actions.RefuseLesson(problem):
                return replace(state, lesson=None, problem=problem)
            case actions.ShowAnswer(on):
                return replace(state, answered=on)
            case actions.KeepPicture(place, png):
                return replace(state, pictures={**state.pictures, place: png})
            case actions.RestoreProgress(places):
                return replace(state, places=places)
            case actions.WriteHandout(path) if state.lesson is not None:
                made = tr("Made with {program}.", program=PROGRAM)
                job = WriteJob(Handout(path, state.lesson, state.pictures, made))
                return replace(state, exports=(*state.exports, job))
            case actions.LeaveLesson():
                return replace(state, lesson=None, problem="", told="")
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the file that is to be read, and the one that is to be written."""
        state = self.state(session)
        found: dict[Hashable, Job] = {}
        if state.reading is not None:
            found["read"] = ReadJob(state.reading)
        if state.exports:
            found["handout"] = state.exports[0]
        return found

    def receive(self, state: Lessons, session: Session, key: Hashable, answer: Answer) -> Lessons:
        """Return the state with word of a file."""
        if key == "read":
            return replace(state, reading=None, problem=answer.problem)
        told = "" if answer.problem else str(answer.result)
        return replace(state, exports=state.exports[1:], problem=answer.problem, told=told)

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Begin the lesson that was read."""
        if key == "read" and answer.result is not None:
            return actions.OpenLesson(answer.result)
        return None

    def film(self, state: Lessons, session: Session) -> Film | None:
        """Return the pages of the lesson that were left, as pictures of the window."""
        if state.lesson is None or not state.pictures:
            return None
        steps = state.lesson.steps
        pages = [
            (f"{place + 1}. {steps[place].title}" if place < len(steps) else tr("Question"), png)
            for place, png in sorted(state.pictures.items())
        ]
        return pages_film(tr("Lesson: {title}", title=state.lesson.title), pages, state.pictures)

    def service(self, port: Port) -> Service:
        """Return what drives the program."""
        from ssim_viewer.features.lessons.service import LessonService  # noqa: PLC0415

        return LessonService(port)

    def view(self) -> ViewSpec:
        """Return how the panel is made."""
        return ViewSpec(Area.LEFT_DOCK, tr("Lessons"), _panel, accompanies=True)


def _panel() -> Any:
    from ssim_viewer.features.lessons.view import LessonPanel  # noqa: PLC0415

    return LessonPanel()
