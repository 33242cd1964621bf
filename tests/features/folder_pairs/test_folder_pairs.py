"""Two folders paired by name: the next and the previous pair, by keys and in a list."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget

from ssim_viewer.features.folder_pairs.actions import PairFolders
from ssim_viewer.images import write_image
from ssim_viewer.ui.controls.text_view import TextView
from tests.app.conftest import Driver


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """References a, b and c; distorted images a, b (as another kind of file) and d."""
    random = np.random.default_rng(3)
    for folder, names in (("x", ("a.png", "b.png", "c.png")), ("y", ("a.png", "b.bmp", "d.png"))):
        (tmp_path / folder).mkdir()
        for name in names:
            pixels = random.uniform(0, 255, (32, 40))
            write_image(tmp_path / folder / name, pixels, 255, depth="uint8")
    (tmp_path / "y" / "notes.txt").write_text("no image")
    return tmp_path / "x", tmp_path / "y"


def opened(driver: Driver) -> tuple[str, str]:
    found = driver.session.document.opened
    assert found is not None
    return found.reference.name, found.distorted.name


def pair_folders(driver: Driver, folders: tuple[Path, Path]) -> None:
    driver.window.intended.emit(PairFolders(*folders))
    driver.settle()


def test_the_first_pair_is_opened_and_keys_go_to_the_next_and_the_previous_one(
    driver: Driver, folders: tuple[Path, Path]
) -> None:
    pair_folders(driver, folders)
    assert opened(driver) == ("a.png", "a.png")
    navigation = driver.window.panes.navigation
    navigation.zoom_to(7.0)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(driver.window, Qt.Key.Key_PageDown, control)
    driver.settle()
    assert opened(driver) == ("b.png", "b.bmp")
    assert navigation.zoom == 7.0
    QTest.keyClick(driver.window, Qt.Key.Key_PageUp, control)
    driver.settle()
    assert opened(driver) == ("a.png", "a.png")


def test_a_row_of_the_list_opens_its_pair(driver: Driver, folders: tuple[Path, Path]) -> None:
    pair_folders(driver, folders)
    rows = driver.window.findChild(QListWidget, "folder_pairs_list")
    assert rows is not None
    assert [rows.item(i).text() for i in range(rows.count())] == ["a.png", "b.bmp"]
    QTest.keyClick(rows, Qt.Key.Key_Down)
    driver.settle()
    assert opened(driver) == ("b.png", "b.bmp")
    words = driver.window.findChild(QLabel, "folder_pairs_state")
    assert words is not None
    assert words.text() == "Pair 2 of 2"


def test_images_without_a_partner_are_listed_with_the_reason(
    driver: Driver, folders: tuple[Path, Path]
) -> None:
    pair_folders(driver, folders)
    alone = driver.window.findChild(TextView, "folder_pairs_alone")
    assert alone is not None
    assert alone.toPlainText().splitlines() == [
        "d.png: It has no reference of its name.",
        "c.png: It has no distorted image of its name.",
    ]


def test_folders_that_share_no_name_get_one_sentence(driver: Driver, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    before = opened(driver)
    pair_folders(driver, (tmp_path / "one", tmp_path / "two"))
    assert "has a partner of its name" in driver.notice
    assert opened(driver) == before


def test_the_two_folders_are_asked_for_one_after_the_other(
    driver: Driver, folders: tuple[Path, Path]
) -> None:
    driver.trigger("open_folder_pairs")
    for folder, title in zip(folders, ("references", "distorted images"), strict=True):
        (dialog,) = (
            each
            for each in driver.window.findChildren(QFileDialog, "file_dialog")
            if title in each.windowTitle()
        )
        dialog.fileSelected.emit(str(folder))
        dialog.reject()
    driver.settle()
    assert opened(driver) == ("a.png", "a.png")
