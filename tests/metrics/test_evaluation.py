"""An evaluation holds the scores of a pair, and exactly the maps that were asked for."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import PRESETS, Quantity, Scores, Ssim, evaluate, mae, mse, psnr
from tests.metrics.scenes import camera_pair, noisy_pair

pytestmark = pytest.mark.usefixtures("either_engine")

SIMILARITIES = (Quantity.SSIM, Quantity.LUMINANCE, Quantity.CONTRAST, Quantity.STRUCTURE)


def test_scores_are_those_of_the_functions_of_the_same_names() -> None:
    x, y = camera_pair()
    bound = Ssim().bind(x)
    found = evaluate(bound, y, [])
    parts = bound.components(y)
    assert not found.maps
    assert found.metric == bound.metric
    assert found.scores.as_dict() == pytest.approx(
        {
            "mse": mse(x, y),
            "psnr": psnr(x, y),
            "mae": mae(x, y),
            "ssim": parts.value,
            "luminance": parts.luminance.mean(),
            "contrast": parts.contrast.mean(),
            "structure": parts.structure.mean(),
        }
    )


def test_identical_images_have_perfect_scores() -> None:
    x, _ = camera_pair()
    found = evaluate(Ssim().bind(x), x, [])
    assert list(found.scores.as_dict().values()) == pytest.approx([0, math.inf, 0, 1, 1, 1, 1])
    assert isinstance(found.scores, Scores)


@pytest.mark.parametrize("quantity", Quantity)
def test_each_map_is_given_alone_when_asked_for_and_read_only(quantity: Quantity) -> None:
    x, y = camera_pair()
    maps = evaluate(Ssim().bind(x), y, [quantity]).maps
    assert list(maps) == [quantity]
    assert not maps[quantity].flags.writeable
    pictures = (Quantity.REFERENCE, Quantity.DISTORTED)
    assert maps[quantity].dtype == (np.uint8 if quantity in pictures else np.float32)
    assert maps[quantity].shape == ((502, 502) if quantity in SIMILARITIES else (512, 512))


def test_maps_of_a_grey_pair_are_what_they_are_called() -> None:
    x, y = camera_pair()
    bound = Ssim().bind(x)
    maps = evaluate(bound, y, list(Quantity)).maps
    parts = bound.components(y)
    difference = y.astype(float) - x
    expected = {
        Quantity.REFERENCE: x,
        Quantity.DISTORTED: y,
        Quantity.SIGNED_DIFFERENCE: difference,
        Quantity.ABSOLUTE_DIFFERENCE: np.abs(difference),
        Quantity.SSIM: parts.ssim,
        Quantity.LUMINANCE: parts.luminance,
        Quantity.CONTRAST: parts.contrast,
        Quantity.STRUCTURE: parts.structure,
        Quantity.GRADIENT: bound.value_and_gradient(y)[1],
    }
    assert list(maps) == list(Quantity)
    for quantity, wanted in expected.items():
        np.testing.assert_allclose(maps[quantity], wanted, rtol=1e-6, atol=1e-10)


@pytest.mark.parametrize("color", ["mean", "luma"])
def test_colour_is_brought_to_one_plane_for_all_but_the_images(color: Any) -> None:
    x, y = noisy_pair(40, 50, 3)
    bound = Ssim(color=color).bind(x)
    maps = evaluate(bound, y, list(Quantity)).maps
    weights = [0.299, 0.587, 0.114] if color == "luma" else [1 / 3] * 3
    signed = maps[Quantity.SIGNED_DIFFERENCE]
    np.testing.assert_allclose(signed, (y - x) @ weights, rtol=1e-5, atol=1e-5)
    summed = bound.value_and_gradient(y)[1].sum(axis=2)
    np.testing.assert_allclose(maps[Quantity.GRADIENT], summed, rtol=1e-5, atol=1e-10)
    assert maps[Quantity.DISTORTED].shape == (40, 50, 3)
    assert maps[Quantity.SSIM].shape == (30, 40)


def test_errors_of_colour_are_over_all_channels_even_with_luma() -> None:
    x, y = noisy_pair(40, 50, 3)
    scores = evaluate(PRESETS["Wang 2004"].bind(x), y, []).scores
    assert scores.mse == pytest.approx(np.mean((y - x) ** 2))
    assert scores.mae == pytest.approx(np.mean(np.abs(y - x)))


def test_images_are_shown_in_eight_bits_clipped_to_the_data_range() -> None:
    x = np.linspace(-0.5, 1.5, 400).reshape(20, 20)
    found = evaluate(Ssim(data_range=1.0).bind(x), x, [Quantity.REFERENCE])
    np.testing.assert_array_equal(found.maps[Quantity.REFERENCE], np.rint(np.clip(255 * x, 0, 255)))


def test_a_picture_stays_when_the_array_it_was_made_of_changes() -> None:
    x, y = camera_pair()
    found = evaluate(Ssim().bind(x), y, [Quantity.DISTORTED])
    before = y.copy()
    y[:] = 0
    np.testing.assert_array_equal(found.maps[Quantity.DISTORTED], before)


def test_windows_that_counted_as_zero_are_told_of() -> None:
    x, _ = noisy_pair(30, 30)
    assert evaluate(Ssim().bind(x), 255 - x, []).notes == ()
    notes = evaluate(Ssim(exponents=(1, 1, 0.5)).bind(x), 255 - x, []).notes
    assert len(notes) == 1
    assert "counts as 0" in notes[0]
