"""The paper's rule: one constant times the tangent of the gradient, then back onto the sphere."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ssim_viewer.metrics import Ssim
from ssim_viewer.synthesis import EqualMseSphere, descend


def test_each_step_is_the_projected_constant_multiple_of_the_tangent_gradient(
    table_reference: np.ndarray, table_start: np.ndarray
) -> None:
    steps = list(descend(Ssim(), table_reference, table_start, rule="fixed", iterations=4))
    sphere, bound = EqualMseSphere(table_reference, 2500), Ssim().bind(table_reference)
    constant, image = None, table_start
    for step in steps[1:]:
        tangent = sphere.tangent(image, -bound.value_and_gradient(image)[1])
        constant = constant or 2.5 * math.sqrt(image.size) / np.linalg.norm(tangent)
        image = sphere.project(image + constant * tangent)
        np.testing.assert_allclose(step.image, image, atol=1e-6)


def test_the_step_size_is_the_length_of_the_first_step_in_grey_levels(
    table_reference: np.ndarray, table_start: np.ndarray
) -> None:
    _, first = descend(
        Ssim(), table_reference, table_start, rule="fixed", step_size=0.1, iterations=1
    )
    assert first.step_size == pytest.approx(0.1, rel=1e-3)
    moved = math.sqrt(float(np.mean((first.image - table_start) ** 2)))
    assert first.step_size == pytest.approx(moved, rel=1e-12)


def test_descent_with_the_default_step_makes_steady_progress(
    table_reference: np.ndarray, table_start: np.ndarray
) -> None:
    steps = list(descend(Ssim(), table_reference, table_start, rule="fixed", iterations=100))
    values = [step.value for step in steps]
    assert values == sorted(values, reverse=True)
    assert values[10] < 0.1
    assert values[30] < -0.25
    assert values[100] < -0.35
    assert max(abs(step.mse / 2500 - 1) for step in steps) < 1e-12


def test_a_free_walk_follows_the_rule_without_clipping(
    table_reference: np.ndarray, table_start: np.ndarray
) -> None:
    *_, last = descend(
        Ssim(), table_reference, table_start, rule="fixed", pixel_range=None, iterations=60
    )
    assert last.value < -0.3
    assert last.image.min() < 0
    assert last.mse == pytest.approx(2500, rel=1e-12)
