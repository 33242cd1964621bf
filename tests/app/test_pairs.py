"""Opening images, one after another, good and bad, large and small."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QPushButton

from ssim_viewer.app import create_window
from ssim_viewer.images import image_from_array, read_image, write_image
from ssim_viewer.metrics import Quantity, Ssim, ssim
from ssim_viewer.session import document, intents
from ssim_viewer.session.state import Role, Session
from ssim_viewer.ui.pane.image_pane import ImagePane
from tests.app.conftest import SIZE, Driver

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_first_start_shows_a_sample_pair_already_computed(qtbot: QtBot) -> None:
    window = create_window()
    driver = Driver(window, qtbot)
    driver.settle()
    assert driver.session.measured is not None
    assert "camera" in window.windowTitle()
    window.close()


def test_the_score_on_screen_is_that_of_the_files(
    driver: Driver, photographs: tuple[Path, Path]
) -> None:
    reference, distorted = (read_image(path).pixels for path in photographs)
    measured = driver.session.measured
    assert measured is not None
    assert measured.values["ssim"] == pytest.approx(ssim(reference, distorted), abs=1e-12)


def test_every_pane_of_the_first_layout_shows_something(driver: Driver) -> None:
    measured = driver.session.measured
    assert measured is not None
    assert set(driver.session.look.visible) <= measured.maps.keys()
    window = driver.window.grab().toImage()
    assert not window.isNull()


def test_an_array_can_be_shown_too(qtbot: QtBot) -> None:
    window = create_window(np.zeros((32, 40), np.uint8), np.full((32, 40), 10, np.uint8))
    driver = Driver(window, qtbot)
    driver.settle()
    measured = driver.session.measured
    assert measured is not None
    assert measured.values["mse"] == 100
    window.close()


def drop(driver: Driver, pane: str, *paths: Path) -> None:
    target = driver.window.findChild(ImagePane, pane)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPoint(20, 60),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    assert target is not None
    target.dropEvent(event)
    driver.settle()


def test_a_file_dropped_on_a_pane_takes_the_role_of_the_pane(
    driver: Driver, photographs: tuple[Path, Path]
) -> None:
    drop(driver, "pane_1", photographs[1])
    drop(driver, "pane_2", photographs[0])
    opened = driver.session.document.opened
    assert opened is not None
    assert (opened.reference.path, opened.distorted.path) == (photographs[1], photographs[0])


def test_two_files_dropped_together_become_the_pair(
    driver: Driver, photographs: tuple[Path, Path]
) -> None:
    drop(driver, "pane_5", photographs[1], photographs[0])
    opened = driver.session.document.opened
    assert opened is not None
    assert (opened.reference.path, opened.distorted.path) == (photographs[1], photographs[0])


BAD_FILES = {
    "empty.png": b"",
    "not an image.png": b"hello, I am text",
    "truncated.png": None,
}


@pytest.mark.parametrize("name", [*BAD_FILES, "missing.png", "folder"])
def test_a_bad_file_gets_one_sentence_and_the_pair_stays(
    driver: Driver, photographs: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif name in BAD_FILES:
        path.write_bytes(BAD_FILES[name] or photographs[0].read_bytes()[:900])
    before = driver.session
    drop(driver, "pane_2", path)
    assert name in driver.notice
    assert "\n" not in driver.notice
    assert driver.session.document is before.document
    assert driver.session.measured is before.measured
    banner = driver.window.findChild(QLabel, "notice_text")
    assert banner is not None
    assert banner.isVisible()
    assert name in banner.text()


def test_an_image_smaller_than_the_window_has_the_scores_that_need_none(
    driver: Driver, tmp_path: Path
) -> None:
    tiny, other = tmp_path / "tiny.png", tmp_path / "other.png"
    write_image(tiny, np.zeros((5, 5)), 255, depth="uint8")
    write_image(other, np.full((5, 5), 3.0), 255, depth="uint8")
    driver.want(intents.OpenFiles((tiny, other)))
    texts = {}
    for name in ("mse", "mae", "ssim", "structure"):
        label = driver.window.findChild(QLabel, f"score_{name}")
        assert label is not None
        texts[name] = label.text()
    assert texts == {"mse": "9.00", "mae": "3.00", "ssim": "–", "structure": "–"}
    assert "5×5, is smaller than the window, 11×11" in driver.notice
    for quantity in Quantity:
        driver.want(intents.ChooseQuantity(0, quantity))
        measured = driver.session.measured
        assert measured is not None
        assert quantity in {*measured.maps, *measured.differences}
    assert not driver.window.grab().isNull()


@pytest.fixture
def larger(tmp_path: Path) -> Path:
    path = tmp_path / "larger.png"
    write_image(path, np.full((SIZE + 20, SIZE + 10), 99.0), 255, depth="uint8")
    return path


def test_different_sizes_are_both_named_and_the_person_chooses(
    driver: Driver, larger: Path
) -> None:
    before = driver.session.document
    driver.want(intents.OpenFile(Role.DISTORTED, larger))
    assert "64" in driver.notice
    assert "74" in driver.notice
    assert driver.session.document is before
    crop = driver.window.findChild(QPushButton, "notice_crop")
    assert crop is not None
    driver.qtbot.mouseClick(crop, Qt.MouseButton.LeftButton)
    driver.settle()
    pair = driver.session.document.pair
    assert pair is not None
    assert (pair.distorted.width, pair.distorted.height) == (SIZE, SIZE)


def test_a_new_pair_of_another_size_is_opened_one_image_after_the_other(
    driver: Driver, larger: Path
) -> None:
    driver.want(intents.OpenFile(Role.REFERENCE, larger))
    driver.want(intents.OpenFile(Role.DISTORTED, larger))
    pair = driver.session.document.pair
    assert pair is not None
    assert (pair.reference.width, pair.distorted.width) == (SIZE + 10, SIZE + 10)
    assert driver.session.notice is None


def test_opening_can_be_undone(driver: Driver, photographs: tuple[Path, Path]) -> None:
    before = driver.session.document.pair
    driver.want(intents.OpenFile(Role.DISTORTED, photographs[0]))
    assert driver.session.document.pair is not before
    driver.want(intents.Undo())
    assert driver.session.document.pair is before
    driver.want(intents.Redo())
    assert driver.session.document.pair is not before


def test_swapping_exchanges_what_the_panes_show(driver: Driver) -> None:
    before = driver.session.measured
    driver.trigger("swap")
    driver.settle()
    after = driver.session.measured
    assert before is not None
    assert after is not None
    maps = after.maps
    assert np.array_equal(maps[Quantity.REFERENCE].values, before.maps[Quantity.DISTORTED].values)


def test_a_picture_on_the_clipboard_is_pasted_into_the_active_pane(driver: Driver) -> None:
    picture = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    picture.fill(QColor(10, 20, 30))
    QGuiApplication.clipboard().setImage(picture)
    driver.window.intended.emit(intents.ActivatePane(1))
    driver.trigger("paste")
    driver.settle()
    pair = driver.session.document.pair
    assert pair is not None
    assert pair.distorted.pixels[0, 0].tolist() == [10, 20, 30]


def test_a_clipboard_without_a_picture_gets_one_sentence(driver: Driver) -> None:
    QGuiApplication.clipboard().setText("no picture")
    driver.trigger("paste")
    driver.settle()
    assert "clipboard" in driver.notice


def test_reloading_reads_the_files_again(driver: Driver, photographs: tuple[Path, Path]) -> None:
    write_image(photographs[1], np.full((SIZE, SIZE), 7.0), 255, depth="uint8")
    driver.trigger("reload")
    driver.settle()
    shown = driver.session.document.shown
    assert shown is not None
    assert shown[0, 0] == 7


def test_opened_files_are_listed_as_recent(driver: Driver, photographs: tuple[Path, Path]) -> None:
    listed = list(driver.window.listings.recent.values)
    assert set(listed) == set(photographs)


def test_a_large_pair_is_seen_while_it_is_measured(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "LARGE", 500_000)
    seen: list[Session] = []
    driver.program.store.changed.connect(seen.append)
    pixels = np.random.default_rng(0).integers(0, 256, (2, 900, 700), np.uint8)
    before = driver.session.document.pair
    driver.program.open_pair(image_from_array(pixels[0], "a"), image_from_array(pixels[1], "b"))
    driver.settle()
    new = [each for each in seen if each.document.pair is not before]
    assert new[0].pictured is None  # nothing of the pair before is taken for one of this
    growing = [each.growing for each in new if each.growing is not None]
    assert growing
    assert all(np.array_equal(part.reference, pixels[0]) for part in growing)
    assert new[-1].growing is None
    assert new[-1].measured is not None


def test_a_change_while_whole_maps_of_a_large_pair_stand_shows_no_part(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "LARGE", 1)
    seen: list[Session] = []
    driver.program.store.changed.connect(seen.append)
    driver.want(intents.ChangeMetric(Ssim(color="luma", sigma=2.5)))
    assert driver.session.measured is not None
    assert driver.session.measured.metric.sigma == 2.5
    assert all(each.measured is not None and each.growing is None for each in seen)
