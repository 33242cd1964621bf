"""CW-SSIM has the values of the published code over pyrtools' pyramid, and an exact gradient."""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssim_viewer.metrics import CwSsim, MetricError, ssim
from ssim_viewer.metrics.cw_ssim.steerable_pyramid import OrientedBands
from tests.metrics.scenes import camera_pair, noisy_pair

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

pytestmark = pytest.mark.usefixtures("either_engine")

SMALL: dict[str, Any] = {"levels": 2, "orientations": 3, "window": 3}
needs_pyrtools = pytest.mark.skipif(
    not importlib.util.find_spec("pyrtools"), reason="pyrtools is not installed"
)


def test_the_reference_pair_has_the_value_of_the_published_code() -> None:
    x, y = camera_pair()
    assert CwSsim().bind(x).value(y) == pytest.approx(0.9578, abs=5e-5)


@pytest.mark.parametrize(
    ("pixels", "expected"), [(1, 0.9985), (2, 0.9942), (4, 0.9771), (8, 0.9136)]
)
def test_a_shift_hardly_changes_it_as_in_the_published_code(pixels: int, expected: float) -> None:
    x, _ = camera_pair()
    shifted = np.roll(x, pixels, axis=1)
    assert CwSsim().bind(x).value(shifted) == pytest.approx(expected, abs=5e-5)
    assert ssim(x, shifted) < 0.76


@needs_pyrtools
@pytest.mark.parametrize("shape", [(512, 512), (300, 200), (100, 300), (96, 66)])
@pytest.mark.parametrize(("levels", "orientations"), [(4, 8), (2, 4), (1, 2)])
def test_its_bands_are_those_of_pyrtools(
    shape: tuple[int, int], levels: int, orientations: int
) -> None:
    """To the accuracy of its tables; even sides only, since it moves the origin of odd ones."""
    image = camera_pair()[0][: shape[0], : shape[1]].astype(float)
    pyramids = importlib.import_module("pyrtools.pyramids")
    peer = pyramids.SteerablePyramidFreq(
        image, height=levels, order=orientations - 1, is_complex=True
    )
    bands = OrientedBands(shape, levels, orientations).analyse(image)
    for b, band in enumerate(bands):
        theirs = peer.pyr_coeffs[(levels - 1, b)]
        ours = (-1j) ** (orientations - 1) * band
        np.testing.assert_allclose(ours, theirs, atol=1e-4 * np.abs(theirs).max())


@needs_pyrtools
def test_it_is_the_published_code_over_the_bands_of_pyrtools() -> None:
    x, y = (image[:320, :320].astype(float) for image in camera_pair())
    pyramids = importlib.import_module("pyrtools.pyramids")
    peers = [pyramids.SteerablePyramidFreq(i, height=4, order=7, is_complex=True) for i in (x, y)]
    scores = []
    for b in range(8):
        c_x, c_y = (peer.pyr_coeffs[(3, b)] for peer in peers)
        windows = [
            np.lib.stride_tricks.sliding_window_view(part, (7, 7)).mean(axis=(2, 3))
            for part in (c_x * np.conj(c_y), np.abs(c_x) ** 2 + np.abs(c_y) ** 2)
        ]
        t = np.arange(34) - 16.5
        p = np.exp(-(t[:, None] ** 2 + t**2) / (2 * (40 / 4) ** 2))
        scores.append(np.sum(p / p.sum() * 2 * np.abs(windows[0]) / windows[1]))
    assert CwSsim().bind(x).value(y) == pytest.approx(np.mean(scores), abs=1e-5)


@pytest.mark.parametrize("shape", [(16, 16), (17, 19), (18, 27), (23, 16)])
def test_the_gradient_is_exact_at_every_pixel(shape: tuple[int, int]) -> None:
    for k in (0.0, 50.0):
        assert_exact(CwSsim(k=k, **SMALL), shape)


@pytest.mark.parametrize("color", ["mean", "luma"])
def test_the_gradient_is_exact_for_colour(color: Any) -> None:
    assert_exact(CwSsim(color=color, **SMALL), (16, 18, 3), every=7)


@pytest.mark.parametrize("shape", [(64, 64), (67, 81), (300, 290)])
def test_the_gradient_is_exact_with_the_published_settings(shape: tuple[int, int]) -> None:
    assert_exact(CwSsim(), shape, every=max(1, shape[0] * shape[1] // 60))


def assert_exact(metric: CwSsim, shape: tuple[int, ...], every: int = 1) -> None:
    """Compare with central differences at the four corners and every so many samples."""
    x, y = noisy_pair(*shape)
    bound = metric.bind(x)
    value, gradient = bound.value_and_gradient(y)
    assert value == bound.value(y)
    assert gradient.shape == y.shape
    height, width = shape[:2]
    corners = [(i, j, *(0,) * (len(shape) - 2)) for i in (0, height - 1) for j in (0, width - 1)]
    for place in (*corners, *list(np.ndindex(*shape))[::every]):
        ahead, back = y.copy(), y.copy()
        ahead[place] += 1e-2
        back[place] -= 1e-2
        slope = (bound.value(ahead) - bound.value(back)) / 2e-2
        assert gradient[place] == pytest.approx(slope, rel=1e-4, abs=1e-5 * np.abs(gradient).max())


def test_the_gradient_does_not_depend_on_how_bands_are_shared_among_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    x, y = noisy_pair(130, 150)
    value, gradient = CwSsim().bind(x).value_and_gradient(y)
    monkeypatch.setattr("ssim_viewer.metrics.cw_ssim.steerable_pyramid.ALONE", 600)
    shared, slopes = CwSsim().bind(x).value_and_gradient(y)
    assert shared == pytest.approx(value, abs=1e-14)
    np.testing.assert_allclose(slopes, gradient, rtol=0, atol=1e-12 * np.abs(gradient).max())


def test_its_layers_are_the_orientations_the_mean_of_which_is_the_score() -> None:
    x, y = noisy_pair(128, 160)
    bound = CwSsim(k=1.0).bind(x)
    layers = bound.layers(y)
    assert list(layers)[:3] == ["orientation 0°", "orientation 22.5°", "orientation 45°"]
    assert all(layer.values.shape == (10, 14) for layer in layers.values())
    np.testing.assert_array_equal(bound.map(y), layers["orientation 0°"].values)
    for pooling, deviations in (("height", (4, 4)), ("sides", (4, 5))):
        sides = zip((10, 14), deviations, strict=True)
        p = [np.exp(-0.5 * ((np.arange(n) - (n - 1) / 2) / s) ** 2) for n, s in sides]
        weights = np.outer(*p) / np.outer(*p).sum()
        pooled = np.mean([np.sum(weights * layer.values) for layer in layers.values()])
        metric = CwSsim(k=1.0, pooling=pooling)  # type: ignore[arg-type]
        assert metric.bind(x).value(y) == pytest.approx(pooled, abs=1e-13)


@pytest.mark.parametrize("shape", [(64, 96), (96, 64)])
def test_the_map_is_pooled_as_in_the_published_code(shape: tuple[int, int]) -> None:
    """MATLAB: w = fspecial('gaussian', s - 7 + 1, s(1) / 4), s the size of the band."""
    x, y = noisy_pair(*shape)
    height, width = (side // 8 for side in shape)
    rows, columns = np.mgrid[: height - 6, : width - 6]
    squares = (rows - (height - 7) / 2) ** 2 + (columns - (width - 7) / 2) ** 2
    w = np.exp(-squares / (2 * (height / 4) ** 2))
    bound = CwSsim().bind(x)
    maps = np.array([layer.values for layer in bound.layers(y).values()])
    expected = np.mean((maps * w).sum(axis=(1, 2)) / w.sum())
    assert bound.value(y) == pytest.approx(expected, abs=1e-13)


@pytest.mark.parametrize("pooling", ["height", "sides"])
def test_the_gradient_is_exact_with_either_pooling(pooling: Any) -> None:
    assert_exact(CwSsim(pooling=pooling, **SMALL), (16, 28), every=5)


def test_each_sample_of_a_layer_covers_its_place_on_the_image() -> None:
    """A small error shows in the samples whose squares surround it."""
    x, _ = noisy_pair(256, 256)
    y = x.copy()
    y[100:104, 148:152] += 60
    layers = CwSsim(levels=3, window=3).bind(x).layers(y)
    loss = 1 - np.mean([layer.values for layer in layers.values()], axis=0)
    place = next(iter(layers.values())).geometry
    assert place.scale == 4
    for axis, wanted in ((0, 102), (1, 150)):
        along = loss.sum(axis=1 - axis)
        centres = place.offset + place.scale * (np.arange(len(along)) + 0.5)
        assert np.average(centres, weights=along**2) == pytest.approx(wanted, abs=4)


@settings(max_examples=25, deadline=None)
@given(st.integers(16, 50), st.integers(16, 50), st.sampled_from([0.0, 1.0]))
def test_identical_images_score_one_whatever_their_shape(height: int, width: int, k: float) -> None:
    x, _ = noisy_pair(height, width)
    value, gradient = CwSsim(k=k, **SMALL).bind(x).value_and_gradient(x)
    assert value == pytest.approx(1, abs=1e-12)
    np.testing.assert_allclose(gradient, 0, atol=1e-13)


def test_it_is_symmetric() -> None:
    x, y = noisy_pair(70, 90)
    assert CwSsim().bind(x).value(y) == pytest.approx(CwSsim().bind(y).value(x), abs=1e-13)


@pytest.mark.parametrize("level", [0, 0.1, 100, 255])
@pytest.mark.parametrize("k", [0.0, 1.0])
def test_flat_images_have_a_value_and_a_gradient(level: float, k: float) -> None:
    x, _ = noisy_pair(67, 70)
    flat, other = np.full_like(x, level), np.full_like(x, 33.3)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for reference, distorted in ((x, flat), (flat, x), (flat, flat), (flat, other)):
            value, gradient = CwSsim(k=k).bind(reference).value_and_gradient(distorted)
            assert np.isfinite(value)
            assert np.isfinite(gradient).all()
        assert value == pytest.approx(1)
        assert not gradient.any() or k


def test_whole_numbers_and_single_precision_are_measured_in_double() -> None:
    x, y = camera_pair()
    expected = CwSsim().bind(x.astype(float)).value(y.astype(float))
    assert CwSsim().bind(x).value(y) == pytest.approx(expected, abs=1e-14)
    assert CwSsim().bind(x).value(y.astype(np.float32)) == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize(
    ("metric", "shape", "smallest"),
    [(CwSsim(), (63, 90), 64), (CwSsim(levels=2), (90, 15), 16), (CwSsim(window=11), (80, 80), 81)],
)
def test_an_image_too_small_for_the_pyramid_is_refused_with_the_smallest_side(
    metric: CwSsim, shape: tuple[int, int], smallest: int
) -> None:
    with pytest.raises(MetricError) as caught:
        metric.bind(np.zeros(shape))
    assert str(caught.value) == (
        f"The image, {shape[1]}×{shape[0]}, is too small for {metric.levels} levels of the "
        f"pyramid; the smallest side is {smallest}."
    )
    metric.bind(np.zeros((smallest, smallest)))


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        ({"levels": 0}, "levels"),
        ({"orientations": 1}, "orientations"),
        ({"window": 4}, "window"),
        ({"window": 2.5}, "window"),
        ({"k": -1}, "k is"),
        ({"k": "big"}, "k is"),
        ({"data_range": 0}, "data_range"),
        ({"color": "hsv"}, "color"),
        ({"pooling": "mean"}, "pooling"),
    ],
    ids=str,
)
def test_a_setting_out_of_range_is_named(bad: dict[str, Any], word: str) -> None:
    with pytest.raises(MetricError, match=word):
        CwSsim(**bad)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("side", [64, 700])
def test_what_is_not_finite_is_refused(bad: float, side: int) -> None:
    good = np.zeros((side, side))
    broken = good.copy()
    broken[10, 10] = bad
    bound = CwSsim().bind(good)
    for call in (bound.value, bound.value_and_gradient, bound.layers):
        with pytest.raises(MetricError, match="NaN"):
            call(broken)


def test_the_convention_is_described_in_words() -> None:
    assert CwSsim(k=2).describe() == (
        "level 4, 8 orientations, 7×7 uniform, K = 2, channel mean, pooled with σ = height / 4"
    )
    assert CwSsim(pooling="sides").describe().endswith("σ = side / 4 along each axis")
