"""Directions at an image of the sphere, and paths over it in a plane."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ssim_viewer.metrics import Ssim
from ssim_viewer.metrics.ssim.gradient_shares import Factor, SsimShare
from ssim_viewer.synthesis import SphereError, ascend
from ssim_viewer.synthesis.sphere_plane import SpherePaths, SpherePlane, radial_part

Pixels = NDArray[np.float64]

RANDOM = np.random.default_rng(6)
X = RANDOM.uniform(60, 190, (24, 26))
Y = X + RANDOM.normal(0, 12, X.shape)


def plane_of(reference: Pixels, paths: list[list[Pixels]]) -> SpherePlane:
    kept = SpherePaths(reference)
    for number, path in enumerate(paths):
        for image in path:
            kept.add(number, image)
    return kept.plane()


def test_a_radial_step_changes_the_mse_and_a_tangential_one_does_not() -> None:
    gradient = Ssim().bind(X).value_and_gradient(Y)[1]
    radial = radial_part(gradient, X, Y)

    def mse_slope(direction: Pixels) -> float:
        return float(2 * np.vdot(Y - X, direction) / X.size)

    assert mse_slope(gradient - radial) == pytest.approx(0, abs=1e-15)
    assert mse_slope(radial) == pytest.approx(mse_slope(gradient), rel=1e-12)
    assert float(np.vdot(radial, gradient - radial)) == pytest.approx(0, abs=1e-18)


def test_images_without_a_direction_are_refused() -> None:
    with pytest.raises(SphereError, match="equals the reference"):
        radial_part(Y, X, X)
    with pytest.raises(SphereError, match="has no direction"):
        plane_of(X, [[X, Y]])


def test_a_great_circle_is_drawn_as_the_circle_that_it_is() -> None:
    a = RANDOM.normal(size=X.shape)
    b = RANDOM.normal(size=X.shape)
    a /= np.linalg.norm(a)
    b -= np.vdot(a, b) * a
    b /= np.linalg.norm(b)
    radius = 10 * np.sqrt(X.size)
    angles = np.linspace(0, 1.2, 9)
    path = [X + radius * (np.cos(t) * a + np.sin(t) * b) for t in angles]
    plane = plane_of(X, [path])
    expected = 10 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    np.testing.assert_allclose(plane.paths[0], expected, atol=1e-6)
    assert plane.share == pytest.approx(1, abs=1e-9)


def test_a_path_that_does_not_move_is_a_point_on_the_circle() -> None:
    plane = plane_of(X, [[Y, Y]])
    rms = float(np.sqrt(np.mean((Y - X) ** 2)))
    np.testing.assert_allclose(plane.paths[0], [[rms, 0], [rms, 0]], atol=1e-9)


def test_climbs_by_one_factor_hold_the_mse_and_lie_inside_the_circle() -> None:
    walks = [
        [
            step.image
            for step in ascend(SsimShare.of(Ssim(), factor), X, Y, rule="fixed", iterations=6)
        ]
        for factor in Factor
    ]
    plane = plane_of(X, walks)
    assert 0.3 < plane.share <= 1
    rms = float(np.sqrt(np.mean((Y - X) ** 2)))
    for path, images in zip(plane.paths, walks, strict=True):
        assert [float(np.mean((y - X) ** 2)) for y in images] == pytest.approx([rms**2] * 7)
        assert (np.hypot(*path.T) <= rms * (1 + 1e-9)).all()


@pytest.mark.parametrize("factor", Factor)
def test_a_climb_by_one_factor_raises_that_factor(factor: Factor) -> None:
    walk = list(ascend(SsimShare.of(Ssim(), factor), X, 0.9 * Y + 8, rule="fixed", iterations=8))
    bound = Ssim().bind(X)
    first, last = (getattr(bound.components(walk[i].image), factor).mean() for i in (0, -1))
    assert last > first
