"""Session files in the real window: saved, opened elsewhere, damaged, with images that moved."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from ssim_viewer.app import create_window
from ssim_viewer.features.distortion_lab.state import recipe_of
from ssim_viewer.features.sessions.state import Sessions
from ssim_viewer.metrics import Quantity
from ssim_viewer.session import intents
from ssim_viewer.session.family import made
from ssim_viewer.session.map_scale import Ends, MapScale
from ssim_viewer.session.region import Region
from ssim_viewer.session.state import Layout, Role, Start
from tests.app.conftest import Driver


def dialog(driver: Driver) -> QFileDialog:
    driver.until(lambda: driver.window.findChild(QFileDialog, "file_dialog") is not None)
    found = driver.window.findChild(QFileDialog, "file_dialog")
    assert found is not None
    return found


def answer(driver: Driver, path: Path) -> None:
    """Choose a file in the dialog that is open."""
    box = dialog(driver)
    box.fileSelected.emit(str(path))
    box.close()
    driver.qtbot.waitUntil(
        lambda: driver.window.findChild(QFileDialog, "file_dialog") is None, timeout=10_000
    )
    driver.settle()


def save(driver: Driver, path: Path) -> Path:
    driver.trigger("save_session_as")
    answer(driver, path)
    driver.until(path.exists)
    driver.until(lambda: "Saved the session" in driver.notice)
    return path


def open_session(driver: Driver, path: Path) -> None:
    driver.trigger("open_session")
    answer(driver, path)
    driver.until(lambda: "Opening" not in driver.notice)
    driver.settle()


def state_of(driver: Driver) -> Sessions:
    state = driver.session.features["sessions"]
    assert isinstance(state, Sessions)
    return state


@pytest.fixture
def other(qtbot: QtBot) -> Iterator[Driver]:
    """Another window, with the sample of the first start."""
    window = create_window()
    window.resize(1280, 720)
    window.show()
    driver = Driver(window, qtbot)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()


@pytest.fixture
def file(driver: Driver, tmp_path: Path) -> Path:
    """A session with a look, a metric, a run and a mask-free pair of files."""
    look = driver.session.look
    driver.want(intents.ChooseLayout(Layout.FOUR))
    driver.want(intents.ChooseQuantity(3, Quantity.ABSOLUTE_DIFFERENCE))
    driver.want(intents.SelectRegion(Region(4, 5, 20, 30)))
    driver.want(intents.ScaleMap(Quantity.SSIM, MapScale(Ends.CHOSEN, 0.25, 0.75)))
    metric = driver.session.document.metric
    driver.want(intents.ChangeMetric(replace(metric, sigma=2.0, border="reflect")))
    driver.want(
        intents.ChangeMetricSettings("ms-ssim", {"weights": (0.4, 0.6), "negative": "signed"})
    )
    for _ in range(3):
        driver.trigger("step")
        driver.settle()
    driver.want(intents.ScrubTo(2))
    assert look != driver.session.look
    return save(driver, tmp_path / "work.ssimv")


def test_everything_on_screen_comes_back_in_another_window(
    driver: Driver, other: Driver, file: Path
) -> None:
    open_session(other, file)
    before, after = driver.session, other.session
    assert after.document.metric == before.document.metric
    assert after.document.settings == before.document.settings
    assert made(after.document, "ms-ssim") == made(before.document, "ms-ssim")
    assert after.document.experiment == before.document.experiment
    assert after.look == before.look
    assert before.document.run is not None
    assert after.document.run is not None
    assert np.array_equal(after.document.run.trace, before.document.run.trace)
    assert after.document.run.cursor == 2
    assert after.document.shown is not None
    assert before.document.shown is not None
    assert np.array_equal(after.document.shown, before.document.shown)
    assert after.measured is not None
    assert before.measured is not None
    # One window may have measured by array code, the other by compiled kernels.
    scores = after.measured.values
    assert scores == pytest.approx(before.measured.values, rel=1e-9)


def test_zoom_docks_and_workspace_come_back(driver: Driver, other: Driver, tmp_path: Path) -> None:
    for name in ("workspace_compare", "open_window_inspector"):
        driver.trigger(name)
    driver.settle()
    navigation = driver.window.panes.navigation
    navigation.zoom_to(6.0, (10.0, 50.0))
    open_session(other, save(driver, tmp_path / "places.ssimv"))
    shown = [{dock.objectName() for dock in each.window.docks.shown()} for each in (driver, other)]
    assert (
        shown[1]
        == shown[0]
        == {
            "candidates_dock",
            "distributions_dock",
            "window_inspector_dock",
        }
    )
    assert other.window.actions_by_name["workspace_compare"].isChecked()
    looked = other.window.panes.navigation
    assert (looked.zoom, looked.centre) == (6.0, navigation.centre)


def test_branches_come_back(driver: Driver, other: Driver, tmp_path: Path) -> None:
    for _ in range(3):
        driver.trigger("step")
        driver.settle()
    driver.want(intents.ScrubTo(1))
    driver.trigger("step")
    driver.settle()
    (branch,) = driver.session.document.branches
    open_session(other, save(driver, tmp_path / "branches.ssimv"))
    (again,) = other.session.document.branches
    assert np.array_equal(again.trace, branch.trace)
    other.want(intents.ChooseBranch(0))
    assert other.session.document.run is not None
    assert other.session.document.run.last == 3


def test_opening_a_session_can_be_undone(other: Driver, file: Path) -> None:
    before = other.session.document
    open_session(other, file)
    assert other.session.undo_name == "opening of a session"
    other.trigger("undo")
    other.settle()
    assert other.session.document is before


def test_a_folder_with_session_and_images_opens_wherever_it_is_moved(
    other: Driver, file: Path, photographs: tuple[Path, Path], tmp_path: Path
) -> None:
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for path in (file, *photographs):
        shutil.move(path, moved / path.name)
    open_session(other, moved / file.name)
    opened = other.session.document.opened
    assert opened is not None
    assert opened.reference.path == moved / photographs[0].name


def test_a_session_asks_where_its_images_are(
    other: Driver, file: Path, photographs: tuple[Path, Path], tmp_path: Path
) -> None:
    before = other.session.document
    away = tmp_path / "away"
    away.mkdir()
    for path in photographs:
        shutil.move(path, away / path.name)
    open_session(other, file)
    assert other.session.document is before
    assert "and 1 more of the session “work.ssimv” are not where they were" in other.notice
    button = other.window.findChild(QPushButton, "notice_choose_folder")
    assert button is not None
    other.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    answer(other, away)
    other.until(lambda: other.session.document is not before)
    opened = other.session.document.opened
    assert opened is not None
    assert opened.distorted.path == away / photographs[1].name


def test_pixels_without_a_file_are_in_the_session(
    driver: Driver, other: Driver, tmp_path: Path
) -> None:
    pasted = np.random.default_rng(0).integers(0, 256, (40, 50, 3), np.uint8)
    driver.want(intents.PasteImage(Role.REFERENCE, pasted))
    driver.want(intents.PasteImage(Role.DISTORTED, pasted // 2))
    path = save(driver, tmp_path / "pasted.ssimv")
    open_session(other, path)
    pair = other.session.document.pair
    assert pair is not None
    assert np.array_equal(pair.reference.pixels, pasted)
    assert np.array_equal(pair.distorted.pixels, pasted // 2)


def test_noise_is_kept_by_its_seed_and_made_again(
    driver: Driver, other: Driver, tmp_path: Path
) -> None:
    experiment = replace(driver.session.document.experiment, start=Start.NOISE, seed=7)
    driver.want(intents.ChangeExperiment(experiment))
    driver.until(lambda: driver.session.document.run is not None)
    path = save(driver, tmp_path / "noise.ssimv")
    with zipfile.ZipFile(path) as archive:
        sizes = [each.file_size for each in archive.infolist()]
    assert max(sizes) < 64 * 64 * 8  # no image is in it
    open_session(other, path)
    assert other.session.document.shown is not None
    assert driver.session.document.shown is not None
    assert np.array_equal(other.session.document.shown, driver.session.document.shown)


def test_a_chain_of_distortions_goes_on_where_it_was(
    driver: Driver, other: Driver, tmp_path: Path
) -> None:
    driver.trigger("open_distortion_lab")
    driver.settle()
    action = next(
        each
        for each in driver.window.findChildren(type(driver.window.actions_by_name["play"]))
        if each.objectName() == "distortion_add_gaussian_blur"
    )
    action.trigger()
    driver.settle()
    path = save(driver, tmp_path / "chain.ssimv")
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["session.json"]
    open_session(other, path)
    assert recipe_of(other.session).links == recipe_of(driver.session).links
    mine, theirs = driver.session.document.shown, other.session.document.shown
    assert mine is not None
    assert theirs is not None
    assert np.array_equal(mine, theirs)
    again = save(other, tmp_path / "again.ssimv")
    with zipfile.ZipFile(again) as archive:
        assert archive.namelist() == ["session.json"]


def test_saving_again_asks_nothing_and_the_file_is_among_the_recent_ones(
    driver: Driver, file: Path
) -> None:
    written = file.read_bytes()
    driver.want(intents.ChooseLayout(Layout.TWO))
    driver.trigger("save_session")
    driver.until(lambda: file.read_bytes() != written)
    driver.settle()
    assert driver.window.findChild(QFileDialog, "file_dialog") is None
    assert state_of(driver).recent == (file,)
    entry = next(
        each
        for each in driver.window.findChildren(type(driver.window.actions_by_name["play"]))
        if each.objectName() == "recent_session_1"
    )
    driver.want(intents.ChooseLayout(Layout.ONE))
    entry.trigger()
    driver.until(lambda: driver.session.look.layout is Layout.TWO)


def test_a_session_dropped_on_a_pane_is_opened(other: Driver, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    settings = (
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    pane = other.window.panes.panes[1]
    enter = QDragEnterEvent(QPoint(20, 20), *settings)
    QApplication.sendEvent(pane, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(pane, QDropEvent(QPointF(20, 20), *settings))
    other.until(lambda: other.session.look.layout is Layout.FOUR)


def test_a_window_can_begin_with_a_session(qtbot: QtBot, file: Path) -> None:
    window = create_window(file)
    window.show()
    driver = Driver(window, qtbot)
    driver.until(lambda: driver.session.look.layout is Layout.FOUR)
    window.close()


@pytest.mark.parametrize("size", [0, 10, 400])
def test_a_damaged_session_gives_one_sentence_and_the_pair_stays(
    other: Driver, file: Path, tmp_path: Path, size: int
) -> None:
    before = other.session.document
    broken = tmp_path / "broken.ssimv"
    broken.write_bytes(file.read_bytes()[:size])
    open_session(other, broken)
    expected = "“broken.ssimv” is damaged or no session file; choose another copy of it."
    assert other.notice == expected
    assert other.session.document is before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"version": 99}, "“changed.ssimv” was saved by a newer ssim_viewer"),
        ({"format": "other"}, "“changed.ssimv” is damaged or no session file"),
        ({"session": {}}, "“changed.ssimv” is damaged or no session file"),
        ({"session": []}, "“changed.ssimv” is damaged or no session file"),
        ({"version": "x"}, "“changed.ssimv” is damaged or no session file"),
    ],
)
def test_a_session_that_says_something_else_gives_one_sentence(
    other: Driver, file: Path, tmp_path: Path, change: dict[str, object], sentence: str
) -> None:
    changed = tmp_path / "changed.ssimv"
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(changed, "w") as result:
        page = json.loads(archive.read("session.json"))
        result.writestr("session.json", json.dumps({**page, **change}))
    open_session(other, changed)
    assert other.notice.startswith(sentence)


def test_flipped_bytes_never_do_more_than_give_a_sentence(
    other: Driver, file: Path, tmp_path: Path
) -> None:
    data = file.read_bytes()
    random = np.random.default_rng(5)
    flipped = tmp_path / "flipped.ssimv"
    for _ in range(12):
        changed = bytearray(data)
        for place in random.integers(0, len(data), 20):
            changed[place] ^= int(random.integers(1, 256))
        flipped.write_bytes(changed)
        open_session(other, flipped)
        assert "Unexpected problem" not in other.notice


def test_saving_where_nothing_can_be_written_gives_a_sentence(
    driver: Driver, tmp_path: Path
) -> None:
    driver.trigger("save_session_as")
    answer(driver, tmp_path / "no folder" / "a.ssimv")
    driver.until(lambda: "could not be written" in driver.notice)
    assert state_of(driver).path is None


def test_a_file_that_changed_since_is_named(
    driver: Driver, other: Driver, file: Path, photographs: tuple[Path, Path]
) -> None:
    shutil.copy(photographs[0], photographs[1])
    open_session(other, file)
    assert "“distorted – ß.png” has changed since the session was saved." in other.notice
