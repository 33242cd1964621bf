"""The sphere of equal MSE: exact radius, pixels in range, and the movements that keep both."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssim_viewer.metrics import mse
from ssim_viewer.synthesis import EqualMseSphere, SphereError, largest_mse

SHAPES = [(24, 31), (12, 17, 3)]


def reference_of(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Return pixels that include both ends of the range."""
    return np.clip(rng.normal(128, 90, shape), 0, 255).round()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("wanted", [1e-6, 0.37, 295.9, 2500.0, 9000.0])
@pytest.mark.parametrize("pixel_range", [(0.0, 255.0), None])
def test_a_projected_image_has_the_mse_to_the_last_digits_and_pixels_in_range(
    shape: tuple[int, ...],
    wanted: float,
    pixel_range: tuple[float, float] | None,
    rng: np.random.Generator,
) -> None:
    reference = reference_of(shape, rng)
    sphere = EqualMseSphere(reference, wanted, pixel_range)
    image = sphere.project(reference + rng.normal(0, 300, shape))
    assert mse(reference, image) == pytest.approx(wanted, rel=1e-12)
    if pixel_range is not None:
        assert image.min() >= 0
        assert image.max() <= 255


@settings(deadline=None, max_examples=60)
@given(
    seed=st.integers(0, 10_000),
    share=st.floats(1e-9, 1.0),
    scale=st.floats(1e-12, 1e12),
    high=st.sampled_from([1.0, 255.0, 65535.0]),
)
def test_every_mse_up_to_the_largest_is_reached_from_any_size_of_difference(
    seed: int, share: float, scale: float, high: float
) -> None:
    rng = np.random.default_rng(seed)
    reference = rng.uniform(0, high, (9, 7))
    # Every pixel towards its farther bound: the direction in which the whole box can be used.
    outward = np.where(reference < high / 2, 1.0, -1.0) * rng.uniform(0.5, 1, reference.shape)
    largest = largest_mse(reference, (0, high))
    sphere = EqualMseSphere(reference, share * largest, (0, high))
    image = sphere.project(reference + scale * high * outward)
    assert mse(reference, image) == pytest.approx(share * largest, rel=1e-9)
    assert image.min() >= 0
    assert image.max() <= high


def test_projection_keeps_to_the_ray_and_clips_it_where_it_leaves_the_range(
    rng: np.random.Generator,
) -> None:
    reference = reference_of((20, 20), rng)
    direction = rng.normal(0, 1, reference.shape)
    image = EqualMseSphere(reference, 3000).project(reference + direction)
    inside = (image > 0) & (image < 255)
    t = (image - reference)[inside] / direction[inside]
    assert t == pytest.approx(np.full_like(t, t[0]), rel=1e-9)
    unclipped = reference + t[0] * direction
    np.testing.assert_allclose(image, np.clip(unclipped, 0, 255), atol=1e-9)
    assert not inside.all()


def test_no_other_image_of_sphere_and_range_is_nearer_than_the_projected_one(
    rng: np.random.Generator,
) -> None:
    reference = reference_of((16, 16), rng)
    sphere = EqualMseSphere(reference, 2500)
    wanted = sphere.project(reference + rng.normal(0, 1, reference.shape))
    wanted += rng.normal(0, 10, reference.shape)
    nearest = sphere.project(wanted)
    distance = np.linalg.norm(wanted - nearest)
    for scale in (0.01, 0.1, 1.0, 10.0):
        for _ in range(20):
            other = sphere.project(nearest + rng.normal(0, scale, reference.shape))
            assert np.linalg.norm(wanted - other) >= distance - 1e-9


def test_projecting_twice_changes_nothing(rng: np.random.Generator) -> None:
    reference = reference_of((15, 15), rng)
    sphere = EqualMseSphere(reference, 4000)
    once = sphere.project(reference + rng.normal(0, 100, reference.shape))
    np.testing.assert_allclose(sphere.project(once), once, atol=1e-10)


def test_an_mse_too_large_for_the_range_is_refused_with_the_largest_possible() -> None:
    reference = np.full((8, 8), 55.0)
    assert largest_mse(reference, (0, 255)) == 40_000
    assert largest_mse(reference, None) == math.inf
    with pytest.raises(SphereError, match=r"too large.*largest possible is 40000"):
        EqualMseSphere(reference, 40_001, (0, 255))
    farthest = EqualMseSphere(reference, 40_000, (0, 255)).project(reference + 1)
    np.testing.assert_array_equal(farthest, np.full((8, 8), 255.0))


def test_a_ray_that_the_range_stops_too_early_says_how_far_it_can_go() -> None:
    reference = np.full((8, 8), 55.0)
    sphere = EqualMseSphere(reference, 4000, (0, 255))
    with pytest.raises(SphereError, match=r"at most 3025, not 4000.*any direction is 40000"):
        sphere.project(reference - 1)


@pytest.mark.parametrize("pixel_range", [(0.0, 255.0), None])
def test_an_image_equal_to_its_reference_has_no_direction(
    pixel_range: tuple[float, float] | None,
) -> None:
    reference = np.full((5, 5), 100.0)
    with pytest.raises(SphereError, match=r"no direction.*start from noise"):
        EqualMseSphere(reference, 10, pixel_range).project(reference)


@pytest.mark.parametrize(
    ("reference", "wanted", "pixel_range", "sentence"),
    [
        (np.full((4, 4), 300.0), 1.0, (0, 255), "outside 0 to 255"),
        (np.full((4, 4), -1.0), 1.0, (0, 255), "outside 0 to 255"),
        (np.full((4, 4), math.nan), 1.0, (0, 255), "not finite"),
        (np.full((4, 4), math.inf), 1.0, None, "not finite"),
        (np.zeros((4, 4)), 0.0, None, "above zero"),
        (np.zeros((4, 4)), math.nan, None, "above zero"),
        (np.zeros((4, 4)), 1.0, (255, 0), "lower first"),
        (np.zeros((4, 4)), 1.0, (0, math.inf), "two finite ends"),
        (np.zeros(16), 1.0, None, "must have shape"),
        (np.zeros((0, 4)), 1.0, None, "hold pixels"),
    ],
)
def test_what_is_no_sphere_is_refused_in_one_sentence(
    reference: np.ndarray,
    wanted: float,
    pixel_range: tuple[float, float] | None,
    sentence: str,
) -> None:
    with pytest.raises(SphereError, match=sentence):
        EqualMseSphere(reference, wanted, pixel_range)


def test_images_of_another_shape_are_refused() -> None:
    sphere = EqualMseSphere(np.zeros((4, 4)), 1.0)
    with pytest.raises(SphereError, match=r"\(4, 5\).*\(4, 4\)"):
        sphere.project(np.ones((4, 5)))
    with pytest.raises(SphereError, match=r"\(5, 4\).*\(4, 4\)"):
        sphere.tangent(np.ones((4, 4)), np.ones((5, 4)))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_tangent_without_a_range_is_the_vector_minus_its_radial_part(
    shape: tuple[int, ...], rng: np.random.Generator
) -> None:
    reference, vector = reference_of(shape, rng), rng.normal(0, 1, shape)
    sphere = EqualMseSphere(reference, 900, None)
    image = sphere.project(reference + rng.normal(0, 1, shape))
    d = (image - reference).ravel()
    e = d / np.linalg.norm(d)
    expected = vector.ravel() - np.dot(vector.ravel(), e) * e
    np.testing.assert_allclose(sphere.tangent(image, vector).ravel(), expected, atol=1e-12)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_tangent_leaves_out_just_the_pixels_that_a_bound_stops(
    sign: int, rng: np.random.Generator
) -> None:
    reference = reference_of((30, 30), rng)
    sphere = EqualMseSphere(reference, 5000)
    image = sphere.project(reference + rng.normal(0, 1, reference.shape))
    vector = sign * rng.normal(1, 5, reference.shape)
    tangent = sphere.tangent(image, vector)
    low, high = image == 0, image == 255
    assert low.sum() > 50
    assert high.sum() > 50
    assert np.vdot(tangent, image - reference) == pytest.approx(0, abs=1e-8)
    assert (tangent[low] >= 0).all()
    assert (tangent[high] <= 0).all()
    # Nearest member of the cone of allowed movements: what is cut off is orthogonal to what stays.
    assert np.vdot(vector - tangent, tangent) == pytest.approx(0, abs=1e-8)
    held = tangent == 0
    assert not held[~(low | high)].any()
    assert 0 < held.sum() < (low | high).sum()


def test_a_short_move_along_the_tangent_stays_in_range_and_keeps_the_mse_to_first_order(
    rng: np.random.Generator,
) -> None:
    reference = reference_of((30, 30), rng)
    sphere = EqualMseSphere(reference, 5000)
    image = sphere.project(reference + rng.normal(0, 1, reference.shape))
    tangent = sphere.tangent(image, rng.normal(0, 1, reference.shape))
    step = 1e-5
    moved = image + step * tangent
    assert moved.min() >= 0
    assert moved.max() <= 255
    second_order = step**2 * float(np.mean(tangent**2))
    assert mse(reference, moved) == pytest.approx(5000 + second_order, rel=1e-13)


def test_the_arrays_of_the_caller_are_left_as_they_were(rng: np.random.Generator) -> None:
    reference, image = reference_of((9, 9), rng), rng.uniform(0, 255, (9, 9))
    before = reference.copy(), image.copy()
    sphere = EqualMseSphere(reference, 700)
    sphere.tangent(sphere.project(image), image)
    np.testing.assert_array_equal(reference, before[0])
    np.testing.assert_array_equal(image, before[1])
    reference[:] = 0
    np.testing.assert_array_equal(sphere.reference, before[0])
