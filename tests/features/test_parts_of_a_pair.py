"""Every experiment is of what counts: pixels of the mask that are numbers, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QListWidget, QTableWidget, QWidget

from ssim_viewer.features.descent_faults.state import descent_of, runs_of
from ssim_viewer.features.equal_mse_gallery.actions import HangPictures
from ssim_viewer.features.equal_mse_gallery.state import GallerySettings, panels_of
from ssim_viewer.features.gradient_parts.state import Driver as Share
from ssim_viewer.features.gradient_parts.state import paths_of
from ssim_viewer.features.two_runs.state import two_of
from ssim_viewer.images import Mask, write_image
from ssim_viewer.metrics import Mse, Ssim, masked_metric
from ssim_viewer.session import intents
from ssim_viewer.session.state import Role

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.app.conftest import Driver

    Pair = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]]


@pytest.fixture
def part(driver: Driver, tmp_path: Path) -> Pair:
    """Two float images with a hole each, and a disc that counts."""
    random = np.random.default_rng(0)
    y, x = np.mgrid[:48, :52]
    scene = (0.5 + 0.3 * np.sin(x / 4) * np.cos(y / 5)).astype(np.float32)
    noisy = np.clip(scene + 0.1 * random.standard_normal(scene.shape), 0, 1).astype(np.float32)
    scene[20, 20], noisy[30, 22] = np.nan, np.nan
    for role, image in ((Role.REFERENCE, scene), (Role.DISTORTED, noisy)):
        path = tmp_path / f"{role}.tif"
        write_image(path, image, 1, depth="float32")
        driver.want(intents.OpenFile(role, path))
    disc = (x - 25) ** 2 + (y - 24) ** 2 < 18**2
    driver.want(intents.ChooseMask(Mask(disc, "disc")))
    pair = driver.session.document.pair
    assert pair is not None
    assert pair.mask is not None
    return scene, noisy, pair.mask


def opened(driver: Driver, action: str, feature: str) -> QWidget:
    found = driver.window.findChild(QAction, action)
    assert found is not None
    found.trigger()
    driver.settle()
    window: QWidget = driver.program.features[feature].window
    return window


def words(window: QWidget, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_two_runs_hold_the_mse_of_what_counts_and_leave_the_rest(
    driver: Driver, part: Pair
) -> None:
    scene, noisy, counts = part
    window = opened(driver, "open_two_runs", "two_runs")
    two = two_of(driver.session)
    assert two is not None
    held = float(np.mean((noisy.astype(float) - scene)[counts] ** 2))
    for way in (two.best, two.worst):
        assert way.errors == pytest.approx([held] * len(way.errors), rel=1e-6)
        np.testing.assert_array_equal(way.image[~counts], noisy[~counts])
    bound = masked_metric(Ssim(1.0), counts).bind(scene)
    assert two.best.values[-1] == pytest.approx(bound.value(two.best.image), abs=1e-9)
    assert f"{counts.mean():.2%} of the pixels" in words(window, "two_runs_legend")


def test_shares_of_the_gradient_drive_what_counts(driver: Driver, part: Pair) -> None:
    scene, noisy, counts = part
    window = opened(driver, "open_gradient_parts", "gradient_parts")
    paths = paths_of(driver.session)
    assert paths is not None
    whole = paths.paths[Share.GRADIENT]
    assert whole.mse == pytest.approx(np.mean((noisy.astype(float) - scene)[counts] ** 2), rel=1e-6)
    np.testing.assert_array_equal(whole.image[~counts], noisy[~counts])
    expected = masked_metric(Ssim(1.0), counts).bind(scene).value(whole.image)
    assert whole.means["ssim"][-1] == pytest.approx(expected, abs=1e-9)
    assert "of the pixels" in words(window, "gradient_parts_legend")


def test_pictures_of_the_gallery_have_the_mse_of_what_counts(driver: Driver, part: Pair) -> None:
    _, _, counts = part
    window = opened(driver, "open_equal_mse_gallery", "equal_mse_gallery")
    names = ("gaussian_noise", "gaussian_blur")
    driver.program.features.answer(HangPictures(GallerySettings(names=names, level=0.01)))
    driver.settle()
    panels = panels_of(driver.session)
    assert [*panels] == [*names]
    for panel in panels.values():
        assert panel.mse == pytest.approx(0.01, rel=2e-3)
        assert panel.pixels is not None
        assert panel.ssim_map is not None
        assert np.isnan(panel.ssim_map).any()
        assert np.isfinite(panel.ssim_map).sum() < counts.sum()
    wall = window.findChild(QListWidget)
    assert wall is not None
    assert wall.count() == 2
    assert "of the pixels" in words(window, "gallery_legend")


def test_errors_of_channels_are_over_what_counts(driver: Driver, part: Pair) -> None:
    scene, noisy, counts = part
    window = opened(driver, "open_channel_errors", "channel_errors")
    table = window.findChild(QTableWidget)
    assert table is not None

    def shown() -> str:
        item = table.item(0, 1)
        return "" if item is None else item.text()

    driver.until(lambda: shown() not in {"", "–"})
    expected = masked_metric(Mse(), counts).bind(scene).value(noisy)
    assert float(shown()) == pytest.approx(expected, rel=1e-2)
    assert "of the pixels" in words(window, "channel_errors_words")


def test_what_knows_no_mask_says_so_and_refuses_what_is_not_a_number(
    driver: Driver, part: Pair
) -> None:
    window = opened(driver, "open_implementation_mistakes", "implementation_mistakes")
    assert "know no mask" in words(window, "mistakes_introduction")
    driver.until(lambda: "not a number" in words(window, "mistakes_line"))
    window = opened(driver, "open_descent_faults", "descent_faults")
    assert runs_of(driver.session) is None
    assert "not a number" in descent_of(driver.session).problem
