"""Distortions: where things go, what stays as it is, what is refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import ndimage

from ssim_viewer.distortions import (
    Blur,
    Distortion,
    DistortionError,
    Kind,
    Noise,
    Rotation,
    Scaling,
    Translation,
    distortion,
)

Y, X = np.mgrid[:61, :81].astype(float)
WAVES = 128 + 60 * np.sin(X / 6) * np.cos(Y / 7)


def disc(x: float, y: float) -> Any:
    return 200 * np.exp(-((X - x) ** 2 + (Y - y) ** 2) / 32)


def centre(image: Any) -> tuple[float, float]:
    return (float((X * image).sum() / image.sum()), float((Y * image).sum() / image.sum()))


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_changes_at_strength_0(kind: Kind) -> None:
    assert np.array_equal(distortion(kind, 0.0).apply(WAVES), WAVES)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("data_range", [1.0, 255.0, 65535.0])
def test_every_distortion_stays_in_range_and_leaves_the_image_alone(
    kind: Kind, data_range: float
) -> None:
    edges = np.where((X // 4 + Y // 4) % 2, data_range, 0.0)
    before = edges.copy()
    distorted = distortion(kind, 3.3, data_range=data_range).apply(edges, data_range)
    assert distorted.dtype == np.float64
    assert distorted.shape == edges.shape
    assert 0 <= distorted.min() < distorted.max() <= data_range
    assert np.array_equal(edges, before)
    assert not np.array_equal(distorted, edges)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_same_settings_bring_the_same_image(kind: Kind) -> None:
    first, second = (distortion(kind, 2.5, seed=4).apply(WAVES.astype(np.uint8)) for _ in "ab")
    assert np.array_equal(first, second)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_channel_of_a_colour_image_is_distorted_alike(kind: Kind) -> None:
    color = np.stack([WAVES, WAVES / 2, 255 - WAVES], axis=2)
    distorted = distortion(kind, 1.5).apply(color)
    assert distorted.shape == color.shape
    if kind is not Kind.NOISE:
        alone = distortion(kind, 1.5).apply(WAVES / 2)
        np.testing.assert_allclose(distorted[..., 1], alone, atol=1e-9)


def test_whole_pixels_are_moved_exactly_and_the_edge_is_mirrored() -> None:
    moved = Translation(3, -2).apply(WAVES)
    assert np.array_equal(moved[:-2, 3:], WAVES[2:, :-3])
    assert np.array_equal(moved[:-2, 2], WAVES[2:, 1])


@pytest.mark.parametrize("right", [0.25, 0.5, 1.75, -2.4])
def test_fractions_of_a_pixel_follow_a_smooth_picture(right: float) -> None:
    exact = 128 + 60 * np.sin((X - right) / 6) * np.cos(Y / 7)
    inside = np.s_[:, 10:-10]
    np.testing.assert_allclose(Translation(right).apply(WAVES)[inside], exact[inside], atol=0.15)


def test_a_small_image_is_moved_further_than_it_is_wide() -> None:
    assert np.array_equal(Translation(8).apply([[1.0, 2.0, 3.0]]), [[1.0, 2.0, 3.0]])
    assert Translation(2.5).apply([[7.0]]) == pytest.approx(7.0)


def test_a_rotation_turns_counter_clockwise_about_the_middle() -> None:
    x, y = centre(Rotation(30).apply(disc(60, 30)))
    assert x == pytest.approx(40 + 20 * math.cos(math.pi / 6), abs=0.1)
    assert y == pytest.approx(30 - 20 * math.sin(math.pi / 6), abs=0.1)


def test_scaling_moves_things_away_from_the_middle() -> None:
    x, y = centre(Scaling(1.2).apply(disc(55, 25)))
    assert x == pytest.approx(40 + 15 * 1.2, abs=0.1)
    assert y == pytest.approx(30 - 5 * 1.2, abs=0.1)


@pytest.mark.parametrize("sigma", [0.4, 1.0, 3.0])
def test_the_blur_is_a_gaussian(sigma: float) -> None:
    expected = ndimage.gaussian_filter(WAVES, sigma, mode="mirror", truncate=5.0)
    np.testing.assert_allclose(Blur(sigma).apply(WAVES), expected, atol=0.02)


def test_noise_has_its_deviation_and_its_pattern_only_grows() -> None:
    grey = np.full((200, 200), 128.0)
    weak, strong = (Noise(sigma, seed=7).apply(grey) - grey for sigma in (2.0, 4.0))
    assert weak.std() == pytest.approx(2.0, rel=0.02)
    np.testing.assert_allclose(strong, 2 * weak)
    assert not np.allclose(weak, Noise(2.0, seed=8).apply(grey) - grey)


def test_noise_is_scaled_to_the_range_of_the_image() -> None:
    grey = np.full((100, 100), 0.5)
    noisy = distortion(Kind.NOISE, 25.5, data_range=1.0).apply(grey, 1.0)
    assert noisy.std() == pytest.approx(0.1, rel=0.05)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Blur(-1.0), "sigma"),
        (lambda: Noise(math.nan), "sigma"),
        (lambda: Noise(1.0, seed=-1), "seed"),
        (lambda: Translation(math.inf), "right"),
        (lambda: Rotation(math.nan), "degrees"),
        (lambda: Scaling(0.0), "factor"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_its_name(make: Any, words: str) -> None:
    with pytest.raises(DistortionError, match=words):
        make()


@pytest.mark.parametrize("image", [np.zeros(5), np.zeros((0, 4)), np.zeros((2, 2, 2, 2))])
@pytest.mark.parametrize("distort", [Translation(1), Rotation(1), Blur(1), Noise(1)])
def test_what_is_no_image_is_refused(image: Any, distort: Distortion) -> None:
    with pytest.raises(DistortionError, match=r"\(H, W\)"):
        distort.apply(image)
