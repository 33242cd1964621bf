"""The dock "Which SSIM is this?" is driven as a person does it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QToolButton,
    QWidget,
)

from ssim_viewer.images import read_image, write_image
from ssim_viewer.metrics import CONVENTIONS, MsSsim, Ssim
from ssim_viewer.session import intents
from ssim_viewer.session.family import made
from ssim_viewer.session.state import Role
from tests.app.conftest import Driver

NAMES = [each.name for each in CONVENTIONS]


@pytest.fixture
def dock(driver: Driver) -> QWidget:
    driver.trigger("open_conventions")
    driver.settle()
    found = driver.window.findChild(QWidget, "conventions")
    assert isinstance(found, QWidget)
    driver.until(found.isVisible)
    return found


Kind = TypeVar("Kind", bound=QWidget)


def child(dock: QWidget, kind: type[Kind], name: str) -> Kind:
    found = dock.findChild(kind, name)
    assert found is not None, name
    return found


def scores(dock: QWidget) -> list[str]:
    table = child(dock, QTableWidget, "conventions_table")
    items = [table.item(row, 1) for row in range(table.rowCount())]
    return [item.text() if item else "" for item in items]


def lit(dock: QWidget) -> set[str]:
    table = child(dock, QTableWidget, "conventions_table")
    found = set()
    for row, name in enumerate(NAMES):
        item = table.item(row, 0)
        if item is not None and item.background().style() != Qt.BrushStyle.NoBrush:
            found.add(name)
    return found


def test_every_convention_has_a_row_with_the_score_of_the_library(
    driver: Driver, dock: QWidget, photographs: tuple[Path, Path]
) -> None:
    x, y = (read_image(path).pixels for path in photographs)
    expected = Ssim(255.0, border="reflect-101").bind(x).value(y)
    driver.until(lambda: "" not in scores(dock) and "–" not in scores(dock))
    assert len(scores(dock)) == len(CONVENTIONS)
    assert scores(dock)[NAMES.index("OpenCV quality")] == f"{expected:.6f}"


def test_a_typed_number_lights_the_conventions_that_agree(driver: Driver, dock: QWidget) -> None:
    driver.until(lambda: "–" not in scores(dock))
    number = scores(dock)[NAMES.index("scikit-image")]
    field = child(dock, QLineEdit, "conventions_number")
    QTest.keyClicks(field, number)
    driver.until(lambda: "scikit-image" in lit(dock))
    assert "ffmpeg" not in lit(dock)
    answer = child(dock, QLabel, "conventions_answer")
    assert answer.text() == "1 convention agrees in all its digits."
    field.selectAll()
    QTest.keyClicks(field, "7.123")
    driver.until(lambda: not lit(dock))
    assert answer.text() == "No convention agrees with this number in all its digits."
    field.selectAll()
    QTest.keyClicks(field, "many")
    driver.until(lambda: answer.text() == "Type a number, such as 0.3580.")


def test_lit_rows_say_as_what_they_agree(driver: Driver, dock: QWidget) -> None:
    driver.until(lambda: "–" not in scores(dock))
    row = NAMES.index("ImageMagick")
    value = float(scores(dock)[row])
    QTest.keyClicks(child(dock, QLineEdit, "conventions_number"), f"{(1 - value) / 2:.5f}")
    driver.until(lambda: "ImageMagick" in lit(dock))
    item = child(dock, QTableWidget, "conventions_table").item(row, 2)
    assert item is not None
    assert item.text().endswith("Agrees as (1 − value) / 2.")
    assert item.background().color() != QColor(Qt.GlobalColor.black)


def test_one_click_makes_a_convention_the_metric_in_use(driver: Driver, dock: QWidget) -> None:
    row = NAMES.index("scikit-image")
    QTest.mouseClick(child(dock, QToolButton, f"conventions_use_{row}"), Qt.MouseButton.LeftButton)
    driver.settle()
    assert driver.session.document.metric == CONVENTIONS[row].made(255.0)
    driver.until(lambda: "–" not in scores(dock))
    measured = driver.session.measured
    assert measured is not None
    assert f"{measured.values['ssim']:.6f}" == scores(dock)[row]


def test_a_convention_of_another_metric_becomes_the_driver_with_its_settings(
    driver: Driver, dock: QWidget
) -> None:
    row = NAMES.index("MS-SSIM, weighted sum")
    QTest.mouseClick(child(dock, QToolButton, f"conventions_use_{row}"), Qt.MouseButton.LeftButton)
    driver.settle()
    metric = made(driver.session.document, "ms-ssim")
    assert isinstance(metric, MsSsim)
    assert metric.pooling == "sum"
    assert driver.session.document.driver == "ms-ssim"


def test_the_scores_follow_the_pair(driver: Driver, dock: QWidget, tmp_path: Path) -> None:
    driver.until(lambda: "–" not in scores(dock))
    before = scores(dock)
    other = np.random.default_rng(3).integers(0, 256, (64, 64)).astype(np.uint8)
    path = tmp_path / "other.png"
    write_image(path, other, 255, depth="uint8")
    driver.want(intents.OpenFile(Role.DISTORTED, path))
    driver.until(lambda: "–" not in scores(dock) and scores(dock) != before)


def test_the_table_is_copied_and_exported_at_full_precision(
    driver: Driver, dock: QWidget, tmp_path: Path
) -> None:
    driver.until(lambda: "–" not in scores(dock))
    QTest.mouseClick(child(dock, QPushButton, "conventions_copy"), Qt.MouseButton.LeftButton)
    text = QApplication.clipboard().text()
    assert text.splitlines()[0] == "convention,value,what differs,origin,settings"
    assert len(text.splitlines()) == len(CONVENTIONS) + 1
    QTest.mouseClick(child(dock, QPushButton, "conventions_export"), Qt.MouseButton.LeftButton)
    dialog = dock.findChild(QFileDialog, "file_dialog")
    assert dialog is not None
    path = tmp_path / "table.csv"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    driver.until(path.exists)
    driver.settle()
    assert path.read_text(encoding="utf-8") == text
    answer = child(dock, QLabel, "conventions_answer")
    assert answer.text() == "Wrote the scores under all conventions to “table.csv”."
