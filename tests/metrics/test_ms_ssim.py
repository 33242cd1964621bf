"""MS-SSIM has its published value, an exact gradient, and as many scales as the image has room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssim_viewer.metrics import MetricError, MsSsim, Ssim
from ssim_viewer.metrics.ms_ssim.contrast_structure import ContrastStructure
from ssim_viewer.metrics.ssim.gradient_shares import SsimShare
from ssim_viewer.metrics.ssim.kernel_tiles import KernelTiles
from tests.metrics import independent
from tests.metrics.scenes import camera_pair, noisy_pair, numeric_gradient

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

pytestmark = pytest.mark.usefixtures("either_engine")

WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
PRECISIONS: tuple[Any, Any] = ("single", "double")
SMALL: dict[str, Any] = {"window_size": 3, "weights": (0.2, 0.3, 0.5)}


def paper(x: Array, y: Array, size: int, weights: tuple[float, ...]) -> list[tuple[Array, Array]]:
    """Return c s and SSIM at every scale, by code that shares nothing with the room."""
    found = []
    for _ in weights:
        lum, c, s = independent.parts(x, y, independent.gaussian(size, 1.5), "valid")
        found.append((c * s, lum * c * s))
        x, y = independent.shrunk(x, 2), independent.shrunk(y, 2)
    return found


def test_the_reference_pair_has_its_published_value() -> None:
    x, y = camera_pair()
    assert MsSsim().bind(x).value(y) == pytest.approx(0.793391544254754, abs=1e-12)


@pytest.mark.parametrize("shape", [(176, 200), (181, 179), (300, 177)])
def test_it_is_the_weighted_product_that_the_paper_states(shape: tuple[int, int]) -> None:
    x, y = noisy_pair(*shape)
    scales = paper(x, y, 11, WEIGHTS)
    means = [cs.mean() for cs, _ in scales[:-1]] + [scales[-1][1].mean()]
    bound = MsSsim().bind(x)
    assert bound.notes == ()
    assert bound.value(y) == pytest.approx(np.prod(np.power(means, WEIGHTS)), abs=1e-12)


def test_its_layers_are_contrast_structure_of_each_scale_and_ssim_of_the_last() -> None:
    x, y = noisy_pair(61, 46)
    layers = MsSsim(**SMALL).bind(x).layers(y)
    assert list(layers) == ["scale 1", "scale 2", "scale 3"]
    scales = paper(x, y, 3, SMALL["weights"])
    expected = [scales[0][0], scales[1][0], scales[2][1]]
    for layer, values in zip(layers.values(), expected, strict=True):
        np.testing.assert_allclose(layer.values, values, rtol=0, atol=1e-11)
    np.testing.assert_array_equal(MsSsim(**SMALL).bind(x).map(y), layers["scale 1"].values)


@pytest.mark.parametrize("border", ["valid", "reflect"])
def test_each_sample_of_a_layer_covers_its_place_on_the_image(border: Any) -> None:
    """An error in one corner of the image shows in the samples whose squares surround it."""
    x, _ = noisy_pair(64, 64)
    y = x.copy()
    y[40:44, 24:28] += 90
    layers = MsSsim(border=border, window_size=5, weights=(1, 1, 1)).bind(x).layers(y)
    for layer in layers.values():
        loss = 1 - layer.values
        place = layer.geometry
        for axis, wanted in ((0, 42), (1, 26)):
            along = loss.sum(axis=1 - axis)
            centres = place.offset + place.scale * (np.arange(len(along)) + 0.5)
            assert np.average(centres, weights=along) == pytest.approx(wanted, abs=2)


@pytest.mark.parametrize("shape", [(24, 24), (23, 26), (25, 21)])
@pytest.mark.parametrize("negative", ["signed", "clamp", "shifted"])
def test_the_gradient_is_exact_at_every_pixel(shape: tuple[int, int], negative: Any) -> None:
    assert_exact(MsSsim(negative=negative, **SMALL), *noisy_pair(*shape))


@pytest.mark.parametrize("more", [{}, {"color": "luma"}, {"border": "reflect"}], ids=str)
def test_the_gradient_is_exact_for_colour(more: dict[str, Any]) -> None:
    assert_exact(MsSsim(window_size=3, weights=(0.4, 0.6), **more), *noisy_pair(11, 12, 3))


def test_the_gradient_is_exact_with_all_five_scales() -> None:
    x, y = noisy_pair(177, 183)
    bound = MsSsim().bind(x)
    _, gradient = bound.value_and_gradient(y)
    for place in ((0, 0), (176, 182), (0, 182), (90, 77), (176, 50), (33, 182)):
        ahead, back = y.copy(), y.copy()
        ahead[place] += 0.05
        back[place] -= 0.05
        slope = (bound.value(ahead) - bound.value(back)) / 0.1
        assert gradient[place] == pytest.approx(slope, rel=1e-4, abs=1e-10)


def assert_exact(metric: MsSsim, x: Array, y: Array) -> None:
    bound = metric.bind(x)
    value, gradient = bound.value_and_gradient(y)
    assert value == bound.value(y)
    numeric = numeric_gradient(bound.value, y)
    assert gradient.shape == y.shape
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=1e-6 * np.abs(numeric).max())


def test_a_negative_mean_keeps_its_sign_and_its_gradient_when_signed() -> None:
    x, _ = noisy_pair(24, 24)
    y = 255 - x + np.random.default_rng(3).normal(size=x.shape)
    metric = MsSsim(negative="signed", **SMALL)
    assert metric.bind(x).value(y) < 0
    assert_exact(metric, x, y)


def test_two_negative_means_make_no_good_score() -> None:
    """A negative has two negative means; the product of signed powers took it for a good one."""
    x, _ = noisy_pair(48, 48)
    scores = {}
    rules: tuple[Any, ...] = ("clamp", "shifted", "signed")
    for rule in rules:
        metric = MsSsim(data_range=1, weights=(0.5, 0.5), negative=rule)
        scores[rule] = metric.bind(x / 255).value(1 - x / 255)
    assert scores["clamp"] == 0
    assert 0 < scores["shifted"] < scores["signed"]
    assert scores["signed"] > 0.2


@pytest.mark.parametrize("inverted", [False, True])
def test_a_climb_follows_a_product_that_grows_with_every_mean(inverted: bool) -> None:
    x, y = noisy_pair(24, 25)
    y = 255 - y if inverted else y
    bound = MsSsim(**SMALL).bind(x)
    score, objective, gradient = bound.objective_and_gradient(y)
    shifted = MsSsim(negative="shifted", **SMALL).bind(x)
    assert score == bound.value(y)
    assert objective == shifted.value(y)
    np.testing.assert_array_equal(gradient, shifted.value_and_gradient(y)[1])
    assert gradient.any()
    assert_exact(MsSsim(negative="shifted", **SMALL), x, y)


def test_a_negative_mean_counts_as_zero_when_clamped() -> None:
    x, _ = noisy_pair(24, 24)
    value, gradient = MsSsim(**SMALL).bind(x).value_and_gradient(255 - x)
    assert value == 0
    assert not gradient.any()


@pytest.mark.parametrize("border", ["valid", "reflect"])
def test_single_precision_is_as_exact_as_that_of_ssim(border: Any) -> None:
    x, y = noisy_pair(181, 230)
    single, double = (MsSsim(precision=each, border=border).bind(x) for each in PRECISIONS)
    value, gradient = single.value_and_gradient(y)
    exact, slope = double.value_and_gradient(y)
    assert value == pytest.approx(exact, abs=2e-7)
    assert np.linalg.norm(gradient - slope) < 5e-6 * np.linalg.norm(slope)
    assert gradient.dtype == np.float64


def test_what_is_beyond_the_range_of_float32_is_measured_in_double() -> None:
    x, y = noisy_pair(50, 60)
    found = MsSsim(precision="single", data_range=255e12).bind(1e12 * x).value(1e12 * y)
    assert found == pytest.approx(MsSsim().bind(x).value(y), abs=1e-5)


def test_one_scale_is_ssim() -> None:
    x, y = noisy_pair(30, 31)
    bound = MsSsim(weights=(1.0,)).bind(x)
    value, gradient = bound.value_and_gradient(y)
    expected, slope = Ssim().bind(x).value_and_gradient(y)
    assert value == pytest.approx(expected, abs=1e-15)
    np.testing.assert_allclose(gradient, slope, atol=1e-17)


@pytest.mark.parametrize(
    ("side", "scales"), [(176, 5), (175, 4), (88, 4), (87, 3), (44, 3), (22, 2), (21, 1), (11, 1)]
)
def test_a_small_image_has_fewer_scales_with_weights_that_sum_to_one(
    side: int, scales: int
) -> None:
    x, y = noisy_pair(side, side + 30)
    bound = MsSsim().bind(x)
    assert len(bound.layers(y)) == scales
    weights = np.array(WEIGHTS[:scales])
    if scales < 5:
        assert bound.notes == (
            f"The image, {side + 30}×{side}, has room for {scales} of the 5 scales; "
            "their weights were divided by their sum.",
        )
        weights /= weights.sum()
    same = MsSsim(weights=tuple(weights)).bind(x)
    assert same.notes == ()
    assert bound.value(y) == pytest.approx(same.value(y), abs=1e-15)


def test_an_image_smaller_than_the_window_is_refused_with_both_sizes() -> None:
    with pytest.raises(MetricError) as caught:
        MsSsim().bind(np.zeros((10, 40)))
    assert str(caught.value) == "The image, 40×10, is smaller than the window, 11×11."


@settings(max_examples=25, deadline=None)
@given(st.integers(4, 40), st.integers(4, 40), st.integers(1, 4))
def test_identical_images_score_one_whatever_their_shape(
    height: int, width: int, scales: int
) -> None:
    x, _ = noisy_pair(height, width)
    value, gradient = MsSsim(window_size=4, weights=(0.3,) * scales).bind(x).value_and_gradient(x)
    assert value == pytest.approx(1, abs=1e-12)
    np.testing.assert_allclose(gradient, 0, atol=1e-12)


@pytest.mark.parametrize("level", [0, 100, 255])
def test_flat_images_have_a_value_and_a_gradient(level: float) -> None:
    x, _ = noisy_pair(50, 50)
    flat = np.full_like(x, level)
    for reference, distorted in ((x, flat), (flat, x), (flat, flat), (flat, flat[::-1] / 2)):
        value, gradient = MsSsim().bind(reference).value_and_gradient(distorted)
        assert np.isfinite(value)
        assert np.isfinite(gradient).all()


def test_the_convention_is_described_with_the_rule_for_negative_means() -> None:
    assert MsSsim().describe() == (
        "5 scales, 11×11 Gaussian σ 1.5, valid, channel mean, L = 255, "
        "negative means count as 0 (climbs follow ((1 + v) / 2)^w)"
    )
    for rule, words in (("signed", "negative means keep their sign"), ("shifted", "factors ((1")):
        metric = MsSsim(weights=(1, 2), negative=rule)  # type: ignore[arg-type]
        assert f"weights 1, 2, {words}" in metric.describe()


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        ({"weights": ()}, "weights"),
        ({"weights": (0.5, 0)}, "weights"),
        ({"weights": "heavy"}, "weights"),
        ({"weights": 1}, "weights"),
        ({"negative": "complex"}, "negative"),
        ({"k1": 0}, "k1"),
        ({"color": "hsv"}, "color"),
    ],
    ids=str,
)
def test_a_setting_out_of_range_is_named(bad: dict[str, Any], word: str) -> None:
    with pytest.raises(MetricError, match=word):
        MsSsim(**bad)


def test_equal_settings_are_equal_and_hashable() -> None:
    given_otherwise: Any = {"data_range": 255, "weights": list(WEIGHTS)}
    assert hash(MsSsim(**given_otherwise)) == hash(MsSsim())
    assert MsSsim.of(Ssim(window="uniform", window_size=8, downsample=2)) == MsSsim(
        window="uniform", window_size=8
    )


def test_what_is_not_finite_is_refused() -> None:
    good, broken = np.zeros((20, 20)), np.full((20, 20), np.nan)
    for call in (MsSsim().bind(good).value, MsSsim().bind(good).value_and_gradient):
        with pytest.raises(MetricError, match="NaN"):
            call(broken)
    with pytest.raises(MetricError, match="NaN"):
        MsSsim().bind(broken)


def test_it_agrees_with_pytorch_msssim() -> None:
    """A stored value of pytorch-msssim 1.0.0 over torch 2.13.0: its windows are float32."""
    x, y = (image.astype(float) for image in camera_pair())
    assert MsSsim().bind(x).value(y) == pytest.approx(0.7933955723885375, abs=1e-5)


def test_its_scales_are_computed_by_the_kernels_of_ssim_and_shares_of_a_gradient_are_not() -> None:
    assert KernelTiles.know(ContrastStructure().similarity())
    assert not KernelTiles.know(SsimShare().similarity())
