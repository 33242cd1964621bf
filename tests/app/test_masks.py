"""What counts in the window: a region, a mask, and never a sample that is no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QLabel

from ssim_viewer.app import create_window
from ssim_viewer.images import write_image
from ssim_viewer.metrics import Gmsd, Quantity, Ssim, masked_metric
from ssim_viewer.session import intents
from ssim_viewer.session.region import Region
from ssim_viewer.ui.controls.fields import NumberField
from tests.app.conftest import SIZE, Driver

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def scores(driver: Driver) -> dict[str, float]:
    assert driver.session.measured is not None
    return dict(driver.session.measured.values)


def choose(driver: Driver, name: str) -> None:
    action = driver.window.findChild(QAction, name)
    assert action is not None
    assert action.isEnabled()
    action.trigger()
    driver.settle()


def images(driver: Driver) -> tuple[np.ndarray, np.ndarray]:
    pair = driver.session.document.pair
    assert pair is not None
    return pair.reference.pixels.astype(float), pair.distorted.pixels.astype(float)


def test_only_the_region_counts_until_everything_does(driver: Driver) -> None:
    whole = scores(driver)
    driver.want(intents.SelectRegion(Region(10, 20, 40, 44)))
    choose(driver, "mask_region")
    x, y = images(driver)
    assert scores(driver)["mse"] == pytest.approx(np.mean((y - x)[20:44, 10:40] ** 2))
    values = Ssim().bind(x).map(y)
    assert scores(driver)["ssim"] == pytest.approx(values[15:39, 5:35].mean(), abs=1e-9)
    label = driver.window.findChild(QLabel, "score_ssim")
    assert label is not None
    assert label.text() == f"{values[15:39, 5:35].mean():.4f}"
    convention = driver.window.findChild(QLabel, "score_convention")
    assert convention is not None
    assert convention.text().endswith("L = 255, 17.58% of the pixels")
    assert "region 30×24 at (10, 20)" in driver.notice
    choose(driver, "mask_none")
    assert scores(driver) == whole


def test_a_climb_changes_the_region_alone_and_holds_its_mse(driver: Driver) -> None:
    driver.want(intents.SelectRegion(Region(10, 20, 40, 44)))
    choose(driver, "mask_region")
    before = scores(driver)
    start = images(driver)[1]
    driver.trigger("step")
    driver.settle()
    run = driver.session.document.run
    assert run is not None
    made = run.frame.image
    changed = np.any(np.atleast_3d(made != start), axis=2)
    assert changed[20:44, 10:40].any()
    changed[20:44, 10:40] = False
    assert not changed.any()
    after = scores(driver)
    assert after["mse"] == pytest.approx(before["mse"], rel=1e-9)
    assert after["ssim"] != before["ssim"]


def test_a_mask_image_counts_and_survives_reload_and_swap(driver: Driver, tmp_path: Path) -> None:
    mask = np.zeros((SIZE, SIZE))
    mask[5:50, 9:33] = 255
    write_image(tmp_path / "mask.png", mask, 255, depth="uint8")
    driver.want(intents.OpenMask(tmp_path / "mask.png"))
    x, y = images(driver)
    expected = np.mean((y - x)[mask > 0] ** 2)
    assert scores(driver)["mse"] == pytest.approx(expected)
    for name in ("reload", "swap"):
        driver.trigger(name)
        driver.settle()
        assert scores(driver)["mse"] == pytest.approx(expected)


def test_every_metric_on_screen_is_of_the_region(driver: Driver) -> None:
    driver.want(intents.ShowMetrics(("gmsd",)))
    driver.want(intents.SelectRegion(Region(10, 20, 40, 44)))
    choose(driver, "mask_region")
    x, y = images(driver)
    counts = np.zeros(x.shape[:2], np.bool_)
    counts[20:44, 10:40] = True
    found = driver.session.measurements.others["gmsd"]
    color = driver.session.document.metric.color
    expected = masked_metric(Gmsd(255, color=color), counts).bind(x).value(y)
    assert found.value == pytest.approx(expected)


def test_a_number_of_a_part_that_rests_on_more_says_so(driver: Driver) -> None:
    driver.want(intents.ShowMetrics(("fsim",)))
    label = driver.window.findChild(QLabel, "score_fsim")
    assert label is not None
    assert "everywhere else" not in label.toolTip()
    driver.want(intents.SelectRegion(Region(10, 20, 40, 44)))
    choose(driver, "mask_region")
    assert "and the reference everywhere else" in label.toolTip()
    choose(driver, "mask_none")
    assert "everywhere else" not in label.toolTip()


def test_one_channel_is_measured_until_all_are(qtbot: QtBot) -> None:
    rng = np.random.default_rng(2)
    x = rng.integers(0, 256, (48, 48, 3), dtype=np.uint8)
    y = x.copy()
    y[..., 1] ^= 3
    driver = Driver(create_window(x, y, channel="red"), qtbot)
    driver.window.show()
    driver.settle()
    assert scores(driver)["mse"] == 0
    choose(driver, "channel_green")
    assert scores(driver)["mse"] == pytest.approx(9 * 3 / 9, rel=0.9)
    assert "the green channel alone" in driver.notice
    choose(driver, "channel_all_channels")
    assert images(driver)[0].shape == (48, 48, 3)
    driver.window.close()


def test_a_mask_is_given_at_the_start(qtbot: QtBot, tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    x = rng.uniform(0, 255, (48, 48))
    y = x.copy()
    y[:24] = 0
    mask = np.zeros((48, 48))
    mask[30:] = 255
    for name, image in (("x", x), ("y", y), ("mask", mask)):
        write_image(tmp_path / f"{name}.png", image, 255, depth="uint8")
    paths = [tmp_path / f"{name}.png" for name in ("x", "y")]
    driver = Driver(create_window(*paths, mask=tmp_path / "mask.png"), qtbot)
    driver.window.show()
    driver.settle()
    assert scores(driver)["mse"] == 0
    assert "“mask.png” names" in driver.notice
    driver.window.close()


def test_samples_that_are_no_numbers_are_hatched_and_left_out(qtbot: QtBot) -> None:
    rng = np.random.default_rng(2)
    x = rng.uniform(0.6, 1, (48, 48))
    y = np.clip(x + rng.normal(0, 0.05, x.shape), 0, 1)
    x[10:20, 10:20] = np.nan
    driver = Driver(create_window(x, y), qtbot)
    driver.window.resize(1280, 720)
    driver.window.show()
    driver.settle()
    assert scores(driver)["mse"] == pytest.approx(np.nanmean((y - x) ** 2))
    assert 0 < scores(driver)["ssim"] < 1
    assert "100 pixels are not a number (NaN)" in driver.notice
    assert driver.session.measured is not None
    structure = driver.session.measured.maps[Quantity.STRUCTURE].values
    assert np.isnan(structure[5:15, 5:15]).all()
    image = driver.window.panes.picture_as_shown(0)
    zoom = image.width() / 48
    inside = image.pixelColor(round(15 * zoom), round(15 * zoom))
    beside = image.pixelColor(round(30 * zoom), round(30 * zoom))
    assert beside.lightness() > 140
    assert inside != beside
    places = range(round(12 * zoom), round(18 * zoom))
    greys = {image.pixelColor(x, y).lightness() for x in places for y in places}
    assert max(greys) - min(greys) > 40  # hatched, so that it is seen
    driver.window.close()


def test_the_border_that_is_left_out_is_a_field_and_holds_for_every_metric(driver: Driver) -> None:
    driver.want(intents.ShowMetrics(("gmsd",)))
    field = driver.window.findChild(NumberField, "metric_crop")
    assert field is not None
    field.changed.emit(4.0)
    driver.settle()
    x, y = (image[4:-4, 4:-4] for image in images(driver))
    assert scores(driver)["mse"] == pytest.approx(np.mean((y - x) ** 2))
    color = driver.session.document.metric.color
    expected = Gmsd(255, color=color).bind(x).value(y)
    assert driver.session.measurements.others["gmsd"].value == pytest.approx(expected)
    driver.trigger("step")
    driver.settle()
    assert scores(driver)["mse"] == pytest.approx(np.mean((y - x) ** 2), rel=1e-9)


def test_a_mask_is_asked_for_in_the_folder_that_was_opened_from_last(
    driver: Driver, tmp_path: Path
) -> None:
    driver.window.preferences.open_folder = tmp_path
    driver.window.listings.masks.asked.emit()
    dialog = driver.window.findChild(QFileDialog, "file_dialog")
    assert dialog is not None
    assert dialog.directory().path() == str(tmp_path)
    dialog.close()
