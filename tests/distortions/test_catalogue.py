"""The catalogue of distortions: what every type keeps to, and what some of them are."""

from __future__ import annotations

import io
import itertools

import numpy as np
import pytest
from PIL import Image as PillowImage
from scipy import stats

from ssim_viewer.distortions import (
    DistortionError,
    Link,
    apply,
    apply_chain,
    catalogue,
    mse_between,
)
from ssim_viewer.distortions.types.color_space import luma
from ssim_viewer.distortions.types.noise import poisson_quantile
from ssim_viewer.images import read_sample

NAMES = sorted(catalogue())
GREY = np.ascontiguousarray(read_sample("camera").pixels[150:278, 200:328])
COLOR = np.ascontiguousarray(read_sample("astronaut").pixels[40:168, 160:288])


def image_for(name: str) -> np.ndarray:
    return COLOR if catalogue()[name].needs_color else GREY


def test_there_are_more_than_forty_types_each_explained() -> None:
    assert len(catalogue()) >= 40
    for name, kind in catalogue().items():
        assert kind.name == name
        assert kind.meaning.endswith(".")
        assert 0 < kind.typical <= kind.largest
    assert len({kind.title for kind in catalogue().values()}) == len(catalogue())


@pytest.mark.parametrize("name", NAMES)
def test_strength_0_changes_nothing(name: str) -> None:
    assert np.array_equal(apply(name, image_for(name), 0.0), image_for(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_result_is_in_range_of_the_same_shape_and_the_same_each_time(name: str) -> None:
    image = image_for(name)
    before = image.copy()
    first, second = (apply(name, image, catalogue()[name].typical, 3) for _ in "ab")
    assert np.array_equal(first, second)
    assert first.shape == image.shape
    assert first.dtype == np.float64
    assert first.min() >= 0
    assert first.max() <= 255
    assert mse_between(first, image) > 0
    assert np.array_equal(image, before)


@pytest.mark.parametrize("name", NAMES)
def test_color_images_are_distorted_too(name: str) -> None:
    assert apply(name, COLOR, catalogue()[name].typical).shape == COLOR.shape


@pytest.mark.parametrize("name", NAMES)
def test_the_mse_rises_with_the_strength(name: str) -> None:
    """From octave to octave; between them a type that goes in steps may waver."""
    kind, image = catalogue()[name], image_for(name)
    strengths = [kind.largest / 2**octave for octave in range(5, -1, -1)]
    if kind.whole:
        strengths = sorted({float(max(1, round(each))) for each in strengths})
    errors = [mse_between(apply(name, image, each), image) for each in strengths]
    rises = [after - before for before, after in itertools.pairwise(errors)]
    assert min(rises) > 0 if kind.continuous else min(rises) >= 0
    assert errors[-1] > errors[0]


@pytest.mark.parametrize("name", NAMES)
def test_the_unit_of_the_image_does_not_matter(name: str) -> None:
    kind, image = catalogue()[name], image_for(name)
    eight = apply(name, image, kind.typical)
    unit = apply(name, image / 255, kind.typical, data_range=1.0)
    np.testing.assert_allclose(unit * 255, eight, atol=1e-6 if kind.continuous else 4.0)


@pytest.mark.parametrize("name", [name for name in NAMES if catalogue()[name].random])
def test_another_seed_gives_another_pattern(name: str) -> None:
    kind, image = catalogue()[name], image_for(name)
    first, second = (apply(name, image, kind.typical, seed) for seed in (0, 1))
    assert not np.array_equal(first, second)


@pytest.mark.parametrize("name", [name for name in NAMES if catalogue()[name].needs_color])
def test_a_grey_image_has_no_color_to_change(name: str) -> None:
    with pytest.raises(DistortionError, match="this image is grey"):
        apply(name, GREY, 1.0)


def test_a_mask_lets_the_distortion_show_where_it_is_opaque() -> None:
    opacity = np.zeros(GREY.shape)
    opacity[:64] = 1.0
    masked = apply("gaussian_blur", GREY, 3.0, opacity=opacity)
    assert np.array_equal(masked[64:], GREY[64:])
    np.testing.assert_allclose(masked[:64], apply("gaussian_blur", GREY, 3.0)[:64])


@pytest.mark.parametrize(
    ("name", "strength", "seed", "parameters", "words"),
    [
        ("blurr", 1.0, 0, {}, "no distortion “blurr”"),
        ("gaussian_blur", -1.0, 0, {}, "lies between 0 and 32 pixels"),
        ("gaussian_blur", float("nan"), 0, {}, "lies between"),
        ("gaussian_noise", 1.0, -1, {}, "seed"),
        ("motion_blur", 1.0, 0, {"turn": 1.0}, "no parameter “turn”; it has angle"),
        ("motion_blur", 1.0, 0, {"angle": 400.0}, "“angle” lies between -180 and 180"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    name: str, strength: float, seed: int, parameters: dict[str, float], words: str
) -> None:
    with pytest.raises(DistortionError, match=words):
        apply(name, GREY, strength, seed, parameters=parameters)


def test_gaussian_noise_has_the_deviation_it_is_asked_for() -> None:
    noise = apply("gaussian_noise", np.full((400, 400), 128.0), 10.0) - 128
    assert noise.std() == pytest.approx(10.0, rel=0.01)


def test_poisson_counts_are_those_of_scipy() -> None:
    random = np.random.default_rng(0)
    chance, mean = random.uniform(1e-9, 1 - 1e-9, 20_000), random.uniform(0, 100, 20_000)
    difference = poisson_quantile(chance, mean) - stats.poisson.ppf(chance, mean)
    assert np.abs(difference).max() <= 1
    assert not difference[mean < 16].any()
    assert np.count_nonzero(difference) < 0.01 * difference.size


def test_poisson_noise_keeps_the_mean_and_grows_with_the_light() -> None:
    for level in (20.0, 120.0):
        noisy = apply("poisson_noise", np.full((300, 300), level), 2.0)
        assert noisy.mean() == pytest.approx(level, rel=0.01)
        assert noisy.var() == pytest.approx(2.0 * level, rel=0.05)


def test_a_rotation_turns_counter_clockwise() -> None:
    image = np.zeros((65, 65))
    image[32, 48] = 255.0  # 16 pixels to the right of the middle
    turned = apply("rotation", image, 45.0)
    row, column = np.unravel_index(np.argmax(turned), turned.shape)
    assert (int(row) - 32, int(column) - 32) == (-11, 11)


def test_jpeg_is_what_pillow_writes() -> None:
    stream = io.BytesIO()
    PillowImage.fromarray(GREY).save(stream, "JPEG", quality=20)
    stream.seek(0)
    assert np.array_equal(apply("jpeg", GREY, 80.0), np.asarray(PillowImage.open(stream)))


def test_a_mean_shift_of_10_has_an_mse_of_100() -> None:
    flat = np.full((20, 20), 100, np.uint8)
    assert mse_between(apply("mean_shift", flat, 10.0), flat) == pytest.approx(100)


@pytest.mark.parametrize("name", ["saturation_decrease", "chroma_blur"])
def test_damage_of_color_alone_leaves_the_luma(name: str) -> None:
    soft = 96 + COLOR / 4.0
    distorted = apply(name, soft, catalogue()[name].typical)
    np.testing.assert_allclose(luma(distorted), luma(soft), atol=1e-9)


def test_a_box_of_chroma_is_the_mean_of_its_block() -> None:
    distorted = apply("chroma_subsampling", 96 + COLOR / 4.0, 1.0)
    red_difference = (distorted[..., 0] - luma(distorted))[:2, :2]
    np.testing.assert_allclose(red_difference, red_difference[0, 0], atol=1e-9)


def test_a_chain_applies_what_is_on_in_order() -> None:
    links = [
        Link("gaussian_blur", 2.0),
        Link("jpeg", 80.0, on=False),
        Link("gaussian_noise", 5.0, seed=7),
    ]
    blurred = apply("gaussian_blur", GREY, 2.0)
    expected = apply("gaussian_noise", blurred, 5.0, 7)
    assert np.array_equal(apply_chain(links, GREY), expected)
