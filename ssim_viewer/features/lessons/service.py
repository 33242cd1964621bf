"""Driving the program: what a step says is done, its picture is taken, progress is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from ssim_viewer.features.feature import Trigger
from ssim_viewer.features.lessons.actions import (
    GoTo,
    KeepPicture,
    OpenLesson,
    RefuseLesson,
    RestoreProgress,
    TakePicture,
)
from ssim_viewer.features.lessons.room import open_windows, picture_of, stand_beside
from ssim_viewer.features.lessons.state import lessons_of
from ssim_viewer.session.intents import ChooseLayout, ChooseQuantity
from ssim_viewer.ui.controls.clipboard import png_of
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ssim_viewer.features.feature import Port
    from ssim_viewer.reports.lesson import Lesson, Step

KEY = "lessons_places"
"""The key of the progress in the settings."""


class LessonService:
    """Carries out what the steps of a lesson say."""

    idle = True

    def __init__(self, port: Port) -> None:
        self._port = port
        self._left: tuple[str, int] | None = None
        self._windows: list[QWidget] = []
        port.want(RestoreProgress(_places(port.window.preferences.text(KEY))))

    def acted(self, action: object) -> None:
        """Follow the lesson to another page."""
        state = lessons_of(self._port.session)
        if isinstance(action, OpenLesson):
            self._left, self._windows = None, []
            self._enter(action.lesson, state.place)
        elif isinstance(action, TakePicture):
            self._take_picture()
        elif isinstance(action, GoTo) and state.lesson is not None:
            self._take_picture()
            self._enter(state.lesson, state.place)

    def close(self) -> None:
        """Nothing is left to end."""

    def _enter(self, lesson: Lesson, place: int) -> None:
        problem = unknown_command(lesson, {*self._names})
        if problem:
            self._port.want(RefuseLesson(problem))
            return
        self._left = lesson.id, place
        places = json.dumps(dict(lessons_of(self._port.session).places))
        self._port.window.preferences.set_text(KEY, places)
        step = lesson.steps[place] if place < len(lesson.steps) else None
        if step is not None:
            self._do(step)
        if step is None or not step.commands:  # what the page before opened is still spoken of
            for each in self._windows:
                each.activateWindow()

    def _do(self, step: Step) -> None:
        if step.layout is not None:
            self._port.want(ChooseLayout(step.layout))
        for pane, quantity in enumerate(step.panes):
            self._port.want(ChooseQuantity(pane, quantity))
        if not step.commands:
            return
        before = open_windows(self._port.window)
        for name, _ in step.commands:
            self._port.want(Trigger(name))
        self._windows = [each for each in open_windows(self._port.window) if each not in before]
        stand_beside(self._port.window, self._windows)

    def _take_picture(self) -> None:
        """Keep a picture of what the page is about, as the page leaves it."""
        state = lessons_of(self._port.session)
        if self._left is not None and state.lesson is not None and self._left[0] == state.lesson.id:
            steps, place = state.lesson.steps, self._left[1]
            opens = place < len(steps) and bool(steps[place].commands)
            picture = picture_of(self._port.window, self._windows if opens else ())
            self._port.want(KeepPicture(self._left[1], png_of(picture)))

    @property
    def _names(self) -> set[str]:
        return {action.objectName() for action in self._port.window.findChildren(QAction)}


def unknown_command(lesson: Lesson, known: set[str]) -> str:
    """Return what is wrong with the commands of a lesson, or ""."""
    for step in lesson.steps:
        for name, line in step.commands:
            if name not in known:
                return tr(
                    "“{id}.md”, line {line}: there is no command “{name}”; "
                    "docs/object-names.md lists all of them.",
                    id=lesson.id,
                    line=line,
                    name=name,
                )
    return ""


def _places(text: str) -> dict[str, int]:
    """Return the progress that was kept; what is damaged counts as none."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): value for key, value in found.items() if isinstance(value, int)}
