"""Files that change on disk are read again while the view stays; vanished and new ones are told."""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from ssim_viewer.app.program import Program
from ssim_viewer.features.watching import jobs, service
from ssim_viewer.images import Image, read_image, write_image
from tests.app.conftest import SIZE, Driver


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "POLL", 50)


@pytest.fixture
def following(driver: Driver) -> Driver:
    driver.trigger("follow_changes")
    return driver


def distorted(driver: Driver) -> np.ndarray:
    pair = driver.session.document.pair
    assert pair is not None
    return pair.distorted.pixels


def shows(driver: Driver, value: int) -> bool:
    return bool((distorted(driver) == value).all())


def zoom_of(driver: Driver) -> str:
    button = driver.window.findChild(QToolButton, "zoom")
    assert button is not None
    return button.text()


def black(path: Path) -> None:
    write_image(path, np.zeros((SIZE, SIZE)), 255, depth="uint8")


def test_a_file_that_changes_is_shown_anew_and_zoom_stays(
    following: Driver, photographs: tuple[Path, Path]
) -> None:
    following.trigger("zoom_in")
    zoom = zoom_of(following)
    black(photographs[1])
    following.until(lambda: not distorted(following).any())
    following.settle()
    assert zoom_of(following) == zoom
    measured = following.session.measured
    assert measured is not None
    assert not measured.distorted.any()


def test_a_half_written_file_is_waited_for(
    following: Driver,
    photographs: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = []

    def reading(path: Path, **options: Any) -> Image:
        tried.append(path)
        return read_image(path, **options)

    monkeypatch.setattr(jobs, "read_image", reading)
    other = tmp_path / "other"
    other.mkdir()
    black(other / "a.png")
    data = (other / "a.png").read_bytes()
    before = distorted(following)
    photographs[1].write_bytes(data[:40])
    following.until(lambda: len(tried) >= 2)  # it was tried, and is waited for
    assert distorted(following) is before
    assert following.notice == ""
    photographs[1].write_bytes(data)
    following.until(lambda: not distorted(following).any())


def test_a_file_that_is_replaced_twice_is_followed_twice(
    following: Driver, photographs: tuple[Path, Path], tmp_path: Path
) -> None:
    for value in (0, 200):
        write_image(tmp_path / "new.bin.png", np.full((SIZE, SIZE), value), 255, depth="uint8")
        os.replace(tmp_path / "new.bin.png", photographs[1])  # noqa: PTH105 - as editors save
        following.until(partial(shows, following, value))


def test_a_file_that_vanishes_is_told_once_and_comes_back(
    following: Driver, photographs: tuple[Path, Path], tmp_path: Path
) -> None:
    before = distorted(following)
    shutil.move(photographs[1], tmp_path / "away.bin")
    following.until(lambda: "is not on disk any more" in following.notice)
    assert distorted(following) is before
    following.trigger("clear_region")  # Esc
    following.until(lambda: following.notice == "")
    black(photographs[1])
    following.until(lambda: not distorted(following).any())


def test_keeping_the_session_for_a_crash_does_not_end_it(
    following: Driver, photographs: tuple[Path, Path]
) -> None:
    program = following.window.findChild(Program)
    assert program is not None
    program.features.saved()
    black(photographs[1])
    following.until(lambda: not distorted(following).any())
    assert following.window.preferences.text(service.KEY) == "on"


def test_a_file_that_becomes_no_image_gives_a_sentence(
    following: Driver, photographs: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssim_viewer.features.watching.jobs.PATIENCE", 0.1)
    before = distorted(following)
    photographs[1].write_text("no image")
    following.until(lambda: following.notice != "")
    assert photographs[1].name in following.notice
    assert distorted(following) is before


def test_a_new_file_in_the_folder_is_offered(
    following: Driver, photographs: tuple[Path, Path]
) -> None:
    watching = following.program.features["watching"].service
    assert isinstance(watching, service.WatchingService)
    following.until(lambda: watching._names is not None)
    black(photographs[1].with_name("render 2.png"))
    following.until(lambda: "“render 2.png” is new in the folder." in following.notice)
    button = following.window.findChild(QPushButton, "notice_open_new")
    assert button is not None
    following.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    following.until(lambda: not distorted(following).any())
    opened = following.session.document.opened
    assert opened is not None
    assert len(opened.candidates) == 2


def test_without_the_tick_nothing_is_followed(
    driver: Driver, photographs: tuple[Path, Path]
) -> None:
    driver.trigger("follow_changes")
    driver.trigger("follow_changes")
    assert not driver.window.actions_by_name["follow_changes"].isChecked()
    watching = driver.program.features["watching"].service
    assert isinstance(watching, service.WatchingService)
    assert not watching._timer.isActive()
    assert not watching._system.files()
    black(photographs[1])
    driver.settle()
    assert distorted(driver).any()
    driver.trigger("reload")
    driver.until(lambda: not distorted(driver).any())


def test_the_tick_stays_from_one_start_to_the_next(following: Driver) -> None:
    assert following.window.preferences.text(service.KEY) == "on"
    assert following.window.actions_by_name["follow_changes"].isChecked()
