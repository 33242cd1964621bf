"""The table of candidates in the real window: filled, sorted, shown on a click, exported."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QFileDialog,
    QInputDialog,
    QLabel,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from ssim_viewer.distortions import apply, mse_between
from ssim_viewer.features.candidates.actions import AddCandidates, ExportCandidates
from ssim_viewer.features.candidates.feature import NOTHING_THERE
from ssim_viewer.images import read_image, write_image
from ssim_viewer.metrics import PRESETS, Quantity
from ssim_viewer.session.intents import ChangeMetric, ScaleMap
from ssim_viewer.session.map_scale import USUAL_SCALE, Reading
from ssim_viewer.ui.controls.inputs import Choice
from ssim_viewer.ui.controls.text_view import TextView

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver

Found = TypeVar("Found", bound=QWidget)


class Dock:
    """The dock, opened by its key, over a pair and four blurred versions in a folder."""

    def __init__(self, driver: Driver, folder: Path) -> None:
        self.driver, self.folder = driver, folder
        pair = driver.session.document.pair
        assert pair is not None
        for sigma in (0.5, 1.0, 2.0, 4.0):
            blurred = apply("gaussian_blur", pair.reference.pixels, sigma)
            write_image(folder / f"blur {sigma}.png", blurred, 255, depth="uint8")
        (folder / "notes.png").write_bytes(b"no image")
        driver.qtbot.keyClick(driver.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        driver.settle()

    def find(self, kind: type[Found], name: str) -> Found:
        found = self.driver.window.findChild(kind, name)
        assert found is not None, name
        return found

    def want(self, action: object) -> None:
        self.driver.window.findChild(QWidget, "candidates").intended.emit(action)  # type: ignore[union-attr]
        self.driver.settle()

    @property
    def table(self) -> QTableView:
        return self.find(QTableView, "candidates_table")

    def texts(self) -> list[list[str]]:
        model = self.table.model()
        return [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def click(self, row: int) -> None:
        table = self.table
        place = table.visualRect(table.model().index(row, 0)).center() + QPoint(10, 0)
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.driver.settle()


@pytest.fixture
def dock(driver: Driver, tmp_path: Path) -> Dock:
    folder = tmp_path / "candidates"
    folder.mkdir()
    return Dock(driver, folder)


def test_the_image_on_screen_is_the_first_candidate(dock: Dock) -> None:
    (row,) = dock.texts()
    assert row[0] == "▸ distorted – ß.png"
    measured = dock.driver.session.measured
    assert measured is not None
    assert row[1] == f"{measured.values['ssim']:.4f}"


def test_a_folder_is_judged_and_sorted_from_the_best(dock: Dock) -> None:
    dock.want(AddCandidates((dock.folder,)))
    rows = dock.texts()
    assert len(rows) == 6
    names = [row[0] for row in rows if row[0].startswith("blur")]
    assert names == ["blur 0.5.png", "blur 1.0.png", "blur 2.0.png", "blur 4.0.png"]
    (unreadable,) = (row for row in rows if row[0] == "notes.png")
    assert unreadable[1] == "–"
    values = [float(row[1]) for row in rows if row[1] != "–"]
    assert values == sorted(values, reverse=True)


def test_a_click_shows_a_candidate_and_marks_it(dock: Dock) -> None:
    dock.want(AddCandidates((dock.folder,)))
    row = next(n for n, cells in enumerate(dock.texts()) if cells[0] == "blur 2.0.png")
    dock.click(row)
    pair = dock.driver.session.document.pair
    assert pair is not None
    assert pair.distorted.name == "blur 2.0.png"
    assert "▸ blur 2.0.png" in [cells[0] for cells in dock.texts()]


def test_down_goes_to_the_next_row(dock: Dock) -> None:
    dock.want(AddCandidates((dock.folder,)))
    dock.click(0)
    first = dock.driver.session.document.pair
    QTest.keyClick(dock.table, Qt.Key.Key_Down)
    dock.driver.settle()
    second = dock.driver.session.document.pair
    assert first is not None
    assert second is not None
    assert first.distorted.name != second.distorted.name


def test_other_settings_judge_anew(dock: Dock) -> None:
    before = dock.texts()[0][1]
    dock.driver.want(ChangeMetric(PRESETS["scikit-image default"]))
    assert dock.texts()[0][1] != before


def test_the_table_is_exported_as_csv_json_and_a_page(dock: Dock, tmp_path: Path) -> None:
    dock.want(AddCandidates((dock.folder,)))
    paths = [tmp_path / f"out.{suffix}" for suffix in ("csv", "json", "html")]
    for path in paths:
        dock.want(ExportCandidates(path))
    lines = paths[0].read_text(encoding="utf-8").splitlines()
    rows = {row["name"]: row for row in csv.DictReader(lines)}
    pair = dock.driver.session.document.pair
    assert pair is not None
    blurred = read_image(dock.folder / "blur 4.0.png").pixels
    assert float(rows["blur 4.0.png"]["mse"]) == pytest.approx(
        mse_between(blurred, pair.reference.pixels)
    )
    assert rows["blur 4.0.png"]["convention"].startswith("11×11 Gaussian")
    page = json.loads(paths[1].read_text(encoding="utf-8"))
    assert {each["name"] for each in page["candidates"]} == set(rows)
    assert paths[2].read_text(encoding="utf-8").count("data:image/png") == 1 + 2 * 5
    assert "Saved “out.html”." in dock.find(QLabel, "candidates_state").text()


def test_maps_on_the_page_have_the_colours_of_the_pane(dock: Dock, tmp_path: Path) -> None:
    decibels = replace(USUAL_SCALE, reading=Reading.DECIBELS)
    dock.driver.want(ScaleMap(Quantity.SSIM, decibels))
    path = tmp_path / "page.html"
    export = dock.find(QToolButton, "candidates_export")
    QTest.mouseClick(export, Qt.MouseButton.LeftButton)
    dialog = dock.driver.window.findChild(QFileDialog, "file_dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()
    dock.driver.until(path.exists)
    assert "SSIM map: colours from" in path.read_text(encoding="utf-8")
    assert "dB" in path.read_text(encoding="utf-8")


def test_the_infinite_psnr_of_a_copy_has_no_place_on_the_plot(dock: Dock) -> None:
    pair = dock.driver.session.document.pair
    assert pair is not None
    write_image(dock.folder / "copy.png", pair.reference.pixels, 255, depth="uint8")
    dock.want(AddCandidates((dock.folder,)))
    score = dock.find(Choice, "candidates_score")
    for _ in range(score.currentIndex() - score.findText("PSNR Y / dB")):
        QTest.keyClick(score, Qt.Key.Key_Up)
    assert score.currentText() == "PSNR Y / dB"
    assert "∞" in [cell for row in dock.texts() for cell in row]
    assert "png" in dock.find(QLabel, "candidates_bd_rate").text()


def test_clear_leaves_what_is_open(dock: Dock) -> None:
    dock.want(AddCandidates((dock.folder,)))
    dock.driver.qtbot.mouseClick(
        dock.find(QToolButton, "candidates_clear"), Qt.MouseButton.LeftButton
    )
    dock.driver.settle()
    assert len(dock.texts()) == 1


def test_a_candidate_of_another_size_says_so(dock: Dock) -> None:
    other = dock.folder / "small.png"
    write_image(other, np.full((20, 30), 90, np.uint8), 255, depth="uint8")
    dock.want(AddCandidates((other,)))
    row = next(cells for cells in dock.texts() if cells[0] == "small.png")
    assert row[1] == "–"


def test_files_of_a_folder_that_are_no_images_are_listed_with_the_reason(dock: Dock) -> None:
    (dock.folder / "readme.txt").write_text("no image")
    dock.want(AddCandidates((dock.folder,)))
    listed = dock.find(TextView, "candidates_skipped")
    heading = dock.find(QPushButton, "candidates_skipped_section")
    dock.driver.qtbot.mouseClick(heading, Qt.MouseButton.LeftButton)
    assert listed.isVisible()
    assert "readme.txt: “.txt” is no kind of image" in listed.toPlainText()


def test_a_pattern_names_the_files_that_are_judged(dock: Dock) -> None:
    dock.find(QToolButton, "candidates_pattern").click()
    dialog = dock.find(QInputDialog, "candidates_pattern_dialog")
    dialog.setTextValue(str(dock.folder / "blur [12]*.png"))
    dialog.accept()
    dock.driver.settle()
    assert {row[0] for row in dock.texts()[:-1]} == {"blur 1.0.png", "blur 2.0.png"}


def test_a_pattern_that_names_nothing_says_so(dock: Dock) -> None:
    dock.want(AddCandidates((dock.folder / "*.jpg",)))
    assert NOTHING_THERE in dock.find(QLabel, "candidates_state").text()
    assert "no file has such a name" in dock.find(TextView, "candidates_skipped").toPlainText()


def test_a_number_shows_the_row_of_that_number_while_the_table_has_the_focus(dock: Dock) -> None:
    dock.want(AddCandidates((dock.folder,)))
    dock.table.setFocus()
    shown = dock.driver.session.look.panes
    name = dock.texts()[2][0]
    QTest.keyClick(dock.table, Qt.Key.Key_3)
    dock.driver.settle()
    pair = dock.driver.session.document.pair
    assert pair is not None
    assert pair.distorted.name == name
    assert dock.driver.session.look.panes == shown


def test_the_ranks_by_each_score_are_drawn_and_their_disagreements_counted(dock: Dock) -> None:
    dock.want(AddCandidates((dock.folder,)))
    dock.find(Choice, "candidates_plot").setCurrentIndex(1)
    dock.driver.settle()
    words = dock.find(QLabel, "candidates_rank_changes")
    assert words.isVisible()
    assert "PSNR Y / dB and MSSIM disagree on" in words.text()
    assert "of 10 pairs" in words.text()
