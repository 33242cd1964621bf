"""What is on screen can be taken away, whole and under the name that was chosen."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import pytest
import tifffile
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from ssim_viewer.images import read_image
from ssim_viewer.metrics import Quantity
from ssim_viewer.session import intents
from ssim_viewer.session.region import Region

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver


def map_of(driver: Driver, quantity: Quantity) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
    measured = driver.session.measured
    assert measured is not None
    return measured.maps[quantity].values


@pytest.mark.parametrize("suffix", [".npy", ".tif"])
def test_a_map_is_written_with_its_values(driver: Driver, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"map{suffix}"
    driver.want(intents.ExportMap(Quantity.SSIM, path))
    shown = map_of(driver, Quantity.SSIM)
    written = np.load(path) if suffix == ".npy" else read_image(path).pixels
    assert np.array_equal(written, shown)


def test_a_picture_is_written_as_it_is(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    driver.want(intents.ExportPane(Quantity.DISTORTED, path))
    assert np.array_equal(read_image(path).pixels, map_of(driver, Quantity.DISTORTED))


def answer_dialog(driver: Driver, path: Path) -> None:
    """Choose a path in the file dialog that is open, as a person would."""
    dialog = driver.window.findChild(QFileDialog, "file_dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.done(0)
    driver.settle()


@pytest.mark.parametrize("kind", ["export_native", "export_as_shown"])
def test_a_map_is_written_in_its_colours(driver: Driver, tmp_path: Path, kind: str) -> None:
    driver.want(intents.ActivatePane(2))
    path = tmp_path / "map.png"
    driver.trigger(kind)
    answer_dialog(driver, path)
    picture = read_image(path)
    assert picture.channels == 3
    if kind == "export_native":
        assert picture.pixels.shape[:2] == map_of(driver, Quantity.SSIM).shape


def test_scores_are_written_as_csv_and_json(driver: Driver, tmp_path: Path) -> None:
    measured = driver.session.measured
    assert measured is not None
    expected = measured.values["ssim"]
    for name in ("scores.csv", "scores.json"):
        driver.want(intents.ExportScores(tmp_path / name))
    with (tmp_path / "scores.csv").open(newline="") as file:
        assert float(next(csv.DictReader(file))["ssim"]) == expected
    assert json.loads((tmp_path / "scores.json").read_text())[0]["ssim"] == expected


def test_scores_are_copied_as_text(driver: Driver) -> None:
    driver.trigger("copy_scores")
    measured = driver.session.measured
    assert measured is not None
    assert f"{measured.values['ssim']:.3f}"[:5] in QGuiApplication.clipboard().text()


def test_the_active_pane_is_copied_as_a_picture(driver: Driver) -> None:
    driver.trigger("copy_view")
    assert isinstance(QGuiApplication.clipboard().image(), QImage)
    assert not QGuiApplication.clipboard().image().isNull()


def test_a_run_is_written_row_by_row(driver: Driver, tmp_path: Path) -> None:
    for _ in range(3):
        driver.want(intents.StepOnce())
    driver.want(intents.ExportTrace(tmp_path / "run.csv"))
    with (tmp_path / "run.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["iteration", "mse", "ssim", "step_size", "gradient_norm", "made_by"]
    assert "descent by MSSIM" in rows[0]["made_by"]
    assert "11×11 Gaussian" in rows[0]["made_by"]
    run = driver.session.document.run
    assert run is not None
    assert [float(row["ssim"]) for row in rows] == run.trace[:, 2].tolist()


def test_a_folder_that_is_gone_gets_one_sentence(driver: Driver, tmp_path: Path) -> None:
    driver.want(intents.ExportScores(tmp_path / "gone" / "scores.csv"))
    assert "scores.csv" in driver.notice


def test_scores_of_other_metrics_in_the_strip_are_written_too(
    driver: Driver, tmp_path: Path
) -> None:
    driver.want(intents.ShowMetrics(("ms-ssim",)))
    for name in ("scores.csv", "scores.json"):
        driver.want(intents.ExportScores(tmp_path / name))
    expected = driver.session.measurements.values["ms-ssim"]
    with (tmp_path / "scores.csv").open(newline="") as file:
        assert float(next(csv.DictReader(file))["ms-ssim"]) == expected
    assert json.loads((tmp_path / "scores.json").read_text())[0]["ms-ssim"] == expected
    driver.trigger("copy_scores")
    assert "ms-ssim" in QGuiApplication.clipboard().text()


def test_a_run_is_written_under_the_name_of_the_metric_it_followed(
    driver: Driver, tmp_path: Path
) -> None:
    driver.want(intents.ChooseDriver("ms-ssim"))
    driver.want(intents.StepOnce())
    driver.want(intents.ExportTrace(tmp_path / "run.csv"))
    header = (tmp_path / "run.csv").read_text().splitlines()[0]
    assert header == "iteration,mse,ms-ssim,step_size,gradient_norm,made_by"


def test_saving_elsewhere_leaves_the_folder_to_open_from(driver: Driver, tmp_path: Path) -> None:
    preferences = driver.window.preferences
    preferences.open_folder = tmp_path
    saved_to = tmp_path / "results"
    saved_to.mkdir()
    driver.trigger("save_distorted")
    answer_dialog(driver, saved_to / "image.png")
    assert (preferences.open_folder, preferences.save_folder) == (tmp_path, saved_to)


WORDS = "11×11 Gaussian σ 1.5, valid, luma, L = 255"


def description(path: Path) -> str:
    """Return what a picture says of itself, as other programs read it."""
    if path.suffix == ".tif":
        with tifffile.TiffFile(path) as file:
            return file.pages.first.description
    with PIL.Image.open(path) as picture:
        picture.load()
        return str(picture.info["Description"])


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_a_saved_image_says_how_it_was_made(driver: Driver, tmp_path: Path, suffix: str) -> None:
    driver.want(intents.StepOnce())
    path = tmp_path / f"saved{suffix}"
    driver.want(intents.SaveDistorted(path))
    told = description(path)
    for words in ("ssim_viewer", "référence 1.png", "step 1 of a descent by MSSIM at MSE", WORDS):
        assert words in told
    shown = driver.session.document.shown
    assert shown is not None
    assert np.allclose(read_image(path).pixels, shown, atol=0.5)


def test_exported_maps_and_panes_say_what_they_are(driver: Driver, tmp_path: Path) -> None:
    values = tmp_path / "map.tif"
    driver.want(intents.ExportMap(Quantity.CONTRAST, values))
    driver.want(intents.ActivatePane(2))
    files = [values]
    for kind in ("export_native", "export_as_shown"):
        files.append(tmp_path / f"{kind}.png")
        driver.trigger(kind)
        answer_dialog(driver, files[-1])
    for path, name in zip(files, ("contrast", "SSIM", ""), strict=True):
        told = description(path)
        assert f"{name} of distorted “distorted – ß.png”" in told or not name
        assert WORDS in told
    assert "colours from 0 to 1" in description(files[1])


def test_scores_carry_their_convention_however_they_are_taken_away(
    driver: Driver, tmp_path: Path
) -> None:
    driver.trigger("copy_scores")
    assert f"Convention {WORDS}" in QGuiApplication.clipboard().text()
    for name in ("scores.csv", "scores.json"):
        driver.want(intents.ExportScores(tmp_path / name))
    with (tmp_path / "scores.csv").open(newline="", encoding="utf-8") as file:
        assert next(csv.DictReader(file))["convention"] == WORDS
    (row,) = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))
    assert row["convention"] == WORDS
    assert "region" not in row


def test_the_scores_of_a_region_can_be_taken_away(driver: Driver, tmp_path: Path) -> None:
    action = driver.window.actions_by_name["copy_region"]
    assert not action.isEnabled()
    driver.want(intents.SelectRegion(Region(8, 4, 40, 50)))
    scores = driver.session.region_scores
    assert scores is not None
    assert action.isEnabled()
    action.trigger()
    text = QGuiApplication.clipboard().text()
    assert "Region     32×46 at (8, 4)" in text
    assert f"{scores.ssim:.6g}" in text
    assert WORDS in text
    driver.trigger("copy_scores")
    assert "32×46 at (8, 4)" in QGuiApplication.clipboard().text()
    for name in ("scores.csv", "scores.json"):
        driver.want(intents.ExportScores(tmp_path / name))
    with (tmp_path / "scores.csv").open(newline="", encoding="utf-8") as file:
        assert float(next(csv.DictReader(file))["region_ssim"]) == scores.ssim
    (row,) = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))
    assert (row["region"], row["region_mse"]) == ("32×46 at (8, 4)", scores.mse)
