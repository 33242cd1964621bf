"""SSIM has the values of the paper, of published ports and of independent code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from skimage.metrics import structural_similarity

from ssim_viewer.metrics import PRESETS, Ssim, ssim
from tests.metrics import independent
from tests.metrics.scenes import camera_pair, noisy_pair

if TYPE_CHECKING:
    from numpy.typing import NDArray


pytestmark = pytest.mark.usefixtures("either_engine")


def test_the_reference_pair_has_its_published_value() -> None:
    assert ssim(*camera_pair()) == pytest.approx(0.3579642362365819, abs=1e-12)


def test_the_reference_pair_has_its_published_value_after_automatic_downsampling() -> None:
    assert ssim(*camera_pair(), downsample="auto") == pytest.approx(0.62446394955, abs=5e-12)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({}, {"gaussian_weights": True, "use_sample_covariance": False}),
        ({"covariance": "sample"}, {"gaussian_weights": True}),
        ({"window": "uniform", "window_size": 7, "covariance": "sample"}, {}),
        ({"window": "uniform", "window_size": 9}, {"win_size": 9, "use_sample_covariance": False}),
        ({"k1": 0.02, "k2": 0.05}, {"gaussian_weights": True, "use_sample_covariance": False}),
    ],
)
def test_the_map_is_that_of_scikit_image_configured_to_match(
    ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    x, y = (image.astype(float) for image in camera_pair())
    constants = {"K1": ours.get("k1", 0.01), "K2": ours.get("k2", 0.03)}
    score, full = structural_similarity(x, y, data_range=255, full=True, **theirs, **constants)
    inside = Ssim(**ours).bind(x)
    margin = (Ssim(**ours).window_size - 1) // 2
    assert inside.value(y) == pytest.approx(score, abs=1e-12)
    cropped = full[margin:-margin, margin:-margin]
    np.testing.assert_allclose(inside.map(y), cropped, rtol=0, atol=2e-12)
    whole = Ssim(**ours, border="reflect").bind(x).map(y)
    np.testing.assert_allclose(whole, full, rtol=0, atol=2e-12)


def test_colour_is_the_mean_of_the_channels_as_in_scikit_image() -> None:
    x, y = noisy_pair(40, 50, 3)
    score = structural_similarity(x, y, data_range=255, channel_axis=2)
    preset = PRESETS["scikit-image default"]
    assert preset.bind(x).value(y) == pytest.approx(score, abs=1e-12)
    channels = [preset.bind(x[..., c]).map(y[..., c]) for c in range(3)]
    np.testing.assert_allclose(preset.bind(x).map(y), np.mean(channels, axis=0), atol=1e-14)


def test_luma_is_the_ssim_of_the_bt_601_luma() -> None:
    x, y = noisy_pair(40, 50, 3)
    grey = [image @ [0.299, 0.587, 0.114] for image in (x, y)]
    assert ssim(x, y, color="luma") == pytest.approx(ssim(*grey), abs=1e-13)


@pytest.mark.parametrize("border", ["valid", "reflect", "replicate"])
@pytest.mark.parametrize("size", [2, 4, 7, 11, 12])
@pytest.mark.parametrize("covariance", ["population", "sample"])
def test_every_map_is_that_of_code_written_from_the_paper(
    border: str, size: int, covariance: str
) -> None:
    x, y = noisy_pair(23, 31)
    settings: dict[str, Any] = {"border": border, "window_size": size, "covariance": covariance}
    k = size**2 / (size**2 - 1) if covariance == "sample" else 1
    for window, weights in (
        ("gaussian", independent.gaussian(size, 1.5)),
        ("uniform", np.full((size, size), 1 / size**2)),
    ):
        found = Ssim(window=window, **settings).bind(x).components(y)  # type: ignore[arg-type]
        wanted = independent.parts(x, y, weights, border, k=k)
        for ours, theirs in zip(
            (found.luminance, found.contrast, found.structure, found.ssim),
            (*wanted, np.prod(wanted, axis=0)),
            strict=True,
        ):
            np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-11)
        assert found.value == pytest.approx(found.ssim.mean(), abs=1e-14)


@pytest.mark.parametrize("factor", [2, 3, 4, 5])
@pytest.mark.parametrize("shape", [(40, 44), (41, 46), (47, 43)])
def test_downsampling_is_a_box_filter_then_every_sample_from_the_first(
    factor: int, shape: tuple[int, int]
) -> None:
    x, y = noisy_pair(*shape)
    small = [independent.shrunk(image, factor) for image in (x, y)]
    settings: dict[str, Any] = {"window_size": 5}
    expected = Ssim(**settings).bind(small[0]).map(small[1])
    found = Ssim(downsample=factor, **settings).bind(x).map(y)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("side", "factor"), [(100, 1), (383, 1), (384, 2), (512, 2), (640, 3), (1024, 4)]
)
def test_automatic_downsampling_rounds_half_up(side: int, factor: int) -> None:
    assert Ssim(downsample="auto").factor((side, 3 * side)) == factor


def test_exponents_are_those_of_the_parts() -> None:
    x, y = noisy_pair(30, 30, noise=5)
    found = Ssim(exponents=(0.5, 2, 3)).bind(x).components(y)
    expected = found.luminance**0.5 * found.contrast**2 * found.structure**3
    np.testing.assert_allclose(found.ssim, expected, rtol=1e-12)


def test_an_exponent_of_zero_leaves_a_part_out() -> None:
    x, y = noisy_pair(30, 30)
    found = Ssim(exponents=(0, 0, 1)).bind(x).components(y)
    np.testing.assert_allclose(found.ssim, found.structure, atol=1e-13)


def test_large_planes_are_measured_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiles are a matter of speed: with tiles of any size the numbers are the same."""
    x, y = noisy_pair(150, 170)
    whole = _everything(x, y)
    monkeypatch.setattr("ssim_viewer.compute.tiles.ALONE", 1)
    for rows, columns in ((7, 1000), (1000, 9), (16, 23)):
        monkeypatch.setattr("ssim_viewer.compute.tiles.TILE_ROWS", rows)
        monkeypatch.setattr("ssim_viewer.compute.tiles.TILE_COLUMNS", columns)
        for found, expected in zip(_everything(x, y), whole, strict=True):
            np.testing.assert_allclose(found, expected, rtol=0, atol=1e-13)


def _everything(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64] | float, ...]:
    bound = Ssim(border="reflect").bind(x)
    return bound.map(y), *bound.value_and_gradient(y)
