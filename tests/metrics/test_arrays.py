"""What an array means is never guessed: channels, stacks, data ranges; what is wrong is said."""

from __future__ import annotations

import contextlib
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import (
    CwSsim,
    Gmsd,
    Mae,
    MetricContext,
    MetricError,
    Mse,
    MsSsim,
    Psnr,
    Quantity,
    Ssim,
    WeightedSsim,
    evaluate,
    find,
    mae,
    measure_batch,
    mse,
    psnr,
    ssim,
)
from tests.metrics.scenes import noisy_pair

RANGED: list[Any] = [Ssim, MsSsim, WeightedSsim, Gmsd, Psnr]
EVERY: list[Any] = [*RANGED, CwSsim, Mse, Mae]


@pytest.mark.parametrize("kind", RANGED)
def test_floats_within_0_and_1_are_refused_unless_the_data_range_is_given(kind: Any) -> None:
    x, y = (np.clip(image / 255, 0, 1) for image in noisy_pair(70, 75))
    calls: tuple[Callable[[Any], Any], ...] = (
        lambda bound: bound.value(1 - x),
        lambda bound: bound.value_and_gradient(y),
    )
    for call in calls:
        with pytest.raises(MetricError, match="data_range=1 or data_range=255"):
            call(kind().bind(x))
        assert call(kind(data_range=1).bind(x)) is not None
        assert call(kind(data_range=255).bind(x)) is not None
    again = pickle.loads(pickle.dumps(kind()))  # noqa: S301  made here
    with pytest.raises(MetricError, match="data_range"):
        again.bind(x).value(y)


def test_the_functions_refuse_them_too() -> None:
    x, y = (np.clip(image / 255, 0, 1) for image in noisy_pair(40, 40))
    for function in (ssim, psnr):
        with pytest.raises(MetricError, match="data_range"):
            function(x, y)
        assert np.isfinite(function(x, y, data_range=1.0))
    with pytest.raises(MetricError, match="data_range"):
        evaluate(Ssim().bind(x), y, [Quantity.SSIM])


def test_a_read_only_reference_does_not_bring_another_ones_data_range() -> None:
    x, y = (np.clip(image / 255, 0, 1) for image in noisy_pair(40, 40))
    x.setflags(write=False)
    stated = Ssim(data_range=255).bind(x)
    with pytest.raises(MetricError, match="data_range"):
        Ssim().bind(x).value(y)
    assert stated.value(y) == Ssim(data_range=255).bind(x).value(y)


def test_images_that_need_no_range_are_not_refused() -> None:
    x, y = noisy_pair(40, 40)
    zeros = np.zeros((40, 40))
    assert np.isfinite(Ssim().bind(x).value(y))
    assert ssim(zeros, zeros) == 1
    assert ssim(x / 255, x / 255) == 1
    assert ssim(zeros.astype(np.uint8), np.ones((40, 40), np.uint8)) < 1
    assert np.isfinite(ssim(x / 255, y))
    assert np.isfinite(ssim(np.round(x) % 2, np.round(y) % 2))
    assert Ssim() == Ssim(data_range=255)
    assert repr(Ssim()) == repr(Ssim(data_range=255))
    context = MetricContext(ssim=Ssim(window_size=3, sigma=1))
    assert find("ssim").make(context).bind(x / 255).value(y / 255) > 0.9


@pytest.mark.parametrize("shape", [(5, 40, 40), (40, 40, 4), (40, 40, 2), (3, 40, 40)])
@pytest.mark.parametrize("kind", [Ssim, MsSsim, WeightedSsim, Gmsd, CwSsim])
def test_three_axes_without_1_or_3_channels_at_the_end_need_a_channel_axis(
    kind: Any, shape: tuple[int, ...]
) -> None:
    with pytest.raises(MetricError, match="channel_axis"):
        kind().bind(np.zeros(shape))
    assert mse(np.zeros(shape), np.ones(shape)) == 1  # whichever axis is which


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("channels", [2, 3, 5])
@pytest.mark.parametrize("axis", [0, 1, 2, -1, -3])
def test_channels_may_stand_on_any_axis(kind: Any, channels: int, axis: int) -> None:
    x, y = noisy_pair(66, 70, channels)
    last = kind().bind(x, channel_axis=-1)
    value, gradient = last.value_and_gradient(y)
    moved = [np.moveaxis(image, -1, axis) for image in (x, y)]
    bound = kind().bind(moved[0], channel_axis=axis)
    found, slope = bound.value_and_gradient(moved[1])
    assert found == pytest.approx(value, abs=1e-13)
    assert slope.shape == moved[1].shape
    np.testing.assert_allclose(slope, np.moveaxis(gradient, -1, axis), rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(bound.map(moved[1]), last.map(y), rtol=1e-12, atol=1e-12)
    again = pickle.loads(pickle.dumps(bound))  # noqa: S301  made here
    assert again.value(moved[1]) == pytest.approx(value, abs=1e-13)
    if kind is not Psnr:
        planes = [kind().bind(x[..., c]).value(y[..., c]) for c in range(channels)]
        assert value == pytest.approx(np.mean(planes), abs=1e-9)


def test_functions_take_a_channel_axis() -> None:
    x, y = noisy_pair(30, 32, 4)
    front = [np.moveaxis(image, -1, 0) for image in (x, y)]
    for function in (ssim, mse, mae, psnr):
        assert function(*front, channel_axis=0) == function(x, y, channel_axis=-1)
    shown = evaluate(Ssim().bind(front[0], channel_axis=0), front[1], list(Quantity))
    assert shown.scores.ssim == pytest.approx(ssim(x, y, channel_axis=2), abs=1e-13)
    assert shown.maps[Quantity.GRADIENT].shape == (30, 32)
    with pytest.raises(MetricError, match="no axis 3"):
        ssim(x, y, channel_axis=3)
    with pytest.raises(MetricError, match="no axis 0"):
        ssim(x[..., 0], y[..., 0], channel_axis=0)


@pytest.mark.parametrize("kind", [Ssim, MsSsim, Mse])
def test_a_stack_of_images_has_a_score_for_each(kind: Any) -> None:
    pairs = [noisy_pair(40, 44, 3, seed=seed) for seed in range(4)]
    x, y = (np.stack(images) for images in zip(*pairs, strict=True))
    expected = [kind().bind(a).value(b) for a, b in pairs]
    np.testing.assert_array_equal(measure_batch(kind(), x, y), expected)
    back = [np.moveaxis(stack, 0, -1) for stack in (x, y)]
    np.testing.assert_array_equal(measure_batch(kind(), *back, batch_axis=-1), expected)
    grey = measure_batch(kind(), x[..., 0], y[..., 0])
    assert grey[2] == kind().bind(x[2, ..., 0]).value(y[2, ..., 0])
    one = measure_batch(kind(), x[0], y)
    assert one[3] == kind().bind(x[0]).value(y[3])
    with pytest.raises(MetricError, match="differ in number"):
        measure_batch(kind(), x[:3], y)
    with pytest.raises(MetricError, match="stack"):
        measure_batch(kind(), x[0, ..., 0], y[0, ..., 0])


class Tensor:
    """Refuses to become an array, as a tensor does that needs a gradient."""

    requires_grad = True

    def __array__(self, *_: object, **__: object) -> None:
        raise RuntimeError("Can't call numpy() on Tensor that requires grad.")


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (np.ma.masked_less(np.arange(900.0).reshape(30, 30), 5), "masked array"),
        (Tensor(), r"tensor.detach\(\)"),
        ([[1.0, 2.0], [3.0]], "cannot be read as an array"),
        ([["a", "b"]], "real numbers"),
        (None, "real numbers"),
    ],
    ids=["masked", "tensor", "ragged", "words", "nothing"],
)
@pytest.mark.parametrize("kind", EVERY)
def test_what_is_no_image_gets_the_librarys_own_error(kind: Any, image: Any, words: str) -> None:
    with pytest.raises(MetricError, match=words):
        kind().bind(image)
    with pytest.raises(MetricError, match=words):
        kind().bind(np.zeros((70, 70))).value(image)


def test_masked_arrays_of_which_nothing_is_masked_are_images() -> None:
    x, y = noisy_pair(30, 30)
    assert ssim(np.ma.asarray(x), y) == ssim(x, y)


BAD: list[Any] = [
    float("nan"),
    10**400,
    1e200,
    1e-200,
    -1,
    "wide",
    None,
    np.array([1, 2]),
    [1, 2],
    1j,
    {},
]


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("bad", BAD, ids=repr)
def test_whatever_a_setting_is_the_error_is_the_librarys_own(kind: Any, bad: Any) -> None:
    for name in (each.name for each in dataclasses.fields(kind)):
        try:
            metric = kind(**{name: bad})
        except MetricError:
            continue
        x, y = noisy_pair(70, 70)
        with contextlib.suppress(MetricError):
            assert not np.isnan(metric.bind(x).value(y))


def test_a_setting_that_ssim_does_not_have_is_named() -> None:
    x, y = noisy_pair(30, 30)
    with pytest.raises(MetricError, match="no setting 'windows'"):
        ssim(x, y, windows=3)


@pytest.mark.parametrize("size", [2, 3, 8])
def test_a_gaussian_of_next_to_no_width_is_its_middle(size: int) -> None:
    w = Ssim(window_size=size, sigma=1e-160).kernel().kernel
    assert w.sum() == 1
    assert np.count_nonzero(w) == (2 - size % 2)
