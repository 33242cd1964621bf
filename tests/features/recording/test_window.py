"""The window Record, driven by keys and mouse."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage
from PIL import ImageSequence
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QPushButton, QWidget

from ssim_viewer.features.feature import OpenView
from ssim_viewer.features.lessons.actions import GoTo, OpenLesson
from ssim_viewer.features.maximum_differentiation import state as mad
from ssim_viewer.features.reconstruction_race import state as race
from ssim_viewer.features.recording import RecordingFeature
from ssim_viewer.features.recording.actions import RecordTo
from ssim_viewer.features.recording.state import Recording, recording_of
from ssim_viewer.reports.film import Film, Shot
from ssim_viewer.reports.lesson import built_in
from ssim_viewer.session.intents import StepOnce
from tests.app.conftest import Driver
from tests.app.test_names import silent_ones
from tests.features.multi_runs import Laboratory


def opened(driver: Driver, *, settles: bool = True) -> QWidget:
    driver.trigger("open_recording")
    if settles:
        driver.settle()
    window: QWidget = driver.program.features["recording"].window
    return window


def act(driver: Driver, *actions: object) -> None:
    for action in actions:
        assert driver.program.features.answer(action)
    driver.settle()


def state(driver: Driver) -> Recording:
    return recording_of(driver.session)


def button(window: QWidget, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert found is not None
    return found


def press(driver: Driver, window: QWidget, name: str) -> None:
    driver.qtbot.mouseClick(button(window, name), Qt.MouseButton.LeftButton)
    driver.settle()


def choose_file(driver: Driver, window: QWidget, path: Path) -> None:
    press(driver, window, "recording_record")
    dialog = window.findChild(QFileDialog, "file_dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    driver.settle()


def test_a_climb_is_recorded_while_it_goes_on(driver: Driver, tmp_path: Path) -> None:
    window = opened(driver)
    empty = window.findChild(QLabel, "recording_empty")
    assert empty is not None
    assert empty.isVisibleTo(window)
    assert not button(window, "recording_record").isEnabled()
    for _ in range(3):
        driver.want(StepOnce())
    assert [len(film.shots) for film in state(driver).films] == [4]
    assert state(driver).preview is not None
    press(driver, window, "recording_small")
    choose_file(driver, window, tmp_path / "climb.webp")
    notice = state(driver).notice
    assert notice is not None
    assert "4 pages" in notice.text
    with PillowImage.open(tmp_path / "climb.webp") as found:
        assert len([*ImageSequence.Iterator(found)]) == 4
    assert not silent_ones(window)


def test_sweep_two_runs_and_lesson_are_offered(driver: Driver) -> None:
    lesson = built_in()[1]
    act(driver, OpenView("two_runs"), OpenView("sweep"), OpenLesson(lesson))
    act(driver, GoTo(1))
    window = opened(driver)
    titles = [film.title for film in state(driver).films]
    assert sorted(titles) == [
        "Best and worst at once",
        "Lesson: Luminance",
        "Sweep of Gaussian blur",
    ]
    films = window.findChild(QListWidget, "recording_films")
    assert films is not None
    films.setFocus()
    for _ in titles:
        film = state(driver).film
        assert film is not None
        drawn = film.shots[0]()
        assert drawn.caption
        driver.qtbot.keyClick(films, Qt.Key.Key_Down)
        driver.settle()
    assert state(driver).title == titles[-1]


def test_plate_race_and_faults_are_offered_with_pictures_maps_and_curves(driver: Driver) -> None:
    act(driver, OpenView("descent_faults"))
    for plan, name in ((mad.PLAN, "plate"), (race.PLAN, "race")):
        laboratory = Laboratory(driver, plan, name)
        laboratory.step(2)
    export = laboratory.window.findChild(QAction, "race_export_film")
    assert export is not None
    export.trigger()
    driver.settle()
    assert state(driver).open
    films = {film.title: film for film in state(driver).films}
    assert set(films) == {
        "Maximum differentiation",
        "Race to the reference",
        "Why does my descent go up?",
    }
    for title, runs, plots in zip(films, (4, 3, 2), (2, 3, 2), strict=True):
        film = films[title]
        assert len(film.shots) >= 3, title
        shot = film.shots[-1]()
        assert len(shot.pictures) == 2 * runs, title
        assert len({picture.shape[:2] for _, picture in shot.pictures}) == 1, title
        assert len(film.plots) == plots, title
        assert all(count > 1 for drawn in shot.drawn for count in drawn), title
        assert "step" in shot.caption


def test_a_recording_is_cancelled_and_leaves_no_file(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow() -> Shot:
        go_on.wait(30)
        return Shot((("", np.zeros((8, 8), np.uint8)),), "slow")

    film = Film("Slow", None, (slow, slow, slow))
    monkeypatch.setattr(RecordingFeature, "film", lambda *_: film)
    window = opened(driver, settles=False)
    driver.program.features.answer(RecordTo(tmp_path / "slow.gif"))
    driver.until(lambda: button(window, "recording_cancel").isVisibleTo(window))
    driver.qtbot.mouseClick(button(window, "recording_cancel"), Qt.MouseButton.LeftButton)
    assert state(driver).task is None
    go_on.set()
    driver.settle()
    assert not (tmp_path / "slow.gif").exists()
    assert state(driver).notice is None


def test_a_name_of_another_kind_is_refused_in_a_sentence(driver: Driver, tmp_path: Path) -> None:
    driver.want(StepOnce())
    window = opened(driver)
    choose_file(driver, window, tmp_path / "climb.avi")
    notice = state(driver).notice
    assert notice is not None
    assert ".gif, .webp, .mp4" in notice.text


def test_the_key_opens_the_window(driver: Driver) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_E, keys)
    driver.settle()
    assert state(driver).open
