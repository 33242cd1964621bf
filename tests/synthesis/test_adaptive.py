"""The adaptive rule: the published levels, within few evaluations, never a step backwards."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.metrics import Ssim
from ssim_viewer.synthesis import EqualMseSphere, Step, ascend, descend
from tests.synthesis.metrics import counting

if TYPE_CHECKING:
    from numpy.typing import NDArray


PUBLISHED_ASCENT = {10: 0.515, 30: 0.767, 100: 0.878, 200: 0.908, 400: 0.922}
PUBLISHED_DESCENT = {10: -0.321, 30: -0.360, 100: -0.361, 200: -0.361, 400: -0.361}


@pytest.fixture(scope="module")
def best(
    table_reference: NDArray[np.float64], table_start: NDArray[np.float64]
) -> tuple[list[Step], int]:
    """400 steps up, and the evaluations that they took."""
    metric = counting(Ssim())
    return list(ascend(metric, table_reference, table_start, iterations=400)), metric.calls


@pytest.fixture(scope="module")
def worst(
    table_reference: NDArray[np.float64], table_start: NDArray[np.float64]
) -> tuple[list[Step], int]:
    """Down until nothing is lower, and the evaluations that it took."""
    metric = counting(Ssim())
    return list(descend(metric, table_reference, table_start, iterations=2000)), metric.calls


@pytest.mark.parametrize(("steps", "level"), PUBLISHED_ASCENT.items())
def test_ascent_reaches_the_published_level(
    best: tuple[list[Step], int], steps: int, level: float
) -> None:
    assert best[0][steps].value >= level


@pytest.mark.parametrize(("steps", "level"), PUBLISHED_DESCENT.items())
def test_descent_reaches_the_published_level(
    worst: tuple[list[Step], int], steps: int, level: float
) -> None:
    assert round(worst[0][steps].value, 3) <= level


def test_a_step_costs_at_most_one_and_a_half_evaluations_on_average(
    best: tuple[list[Step], int], worst: tuple[list[Step], int]
) -> None:
    for steps, calls in (best, worst):
        assert calls <= 1.5 * len(steps)


def test_every_step_improves_and_holds_mse_and_range(
    best: tuple[list[Step], int], worst: tuple[list[Step], int]
) -> None:
    for (steps, _), sign in ((best, 1), (worst, -1)):
        assert all(sign * (new.value - old.value) > 0 for old, new in pairwise(steps))
        assert max(abs(step.mse / 2500 - 1) for step in steps) < 1e-12
        assert min(step.image.min() for step in steps) >= 0
        assert max(step.image.max() for step in steps) <= 255


def test_descent_ends_by_itself_where_no_allowed_movement_leads_down(
    worst: tuple[list[Step], int],
) -> None:
    steps, _ = worst
    assert len(steps) < 2000
    assert steps[-1].gradient_norm < 1e-6 * steps[0].gradient_norm


def test_without_a_range_the_walk_goes_further_and_leaves_the_displayable_pixels(
    table_reference: NDArray[np.float64],
    table_start: NDArray[np.float64],
    best: tuple[list[Step], int],
) -> None:
    free = list(ascend(Ssim(), table_reference, table_start, pixel_range=None, iterations=100))
    assert free[-1].value > best[0][100].value
    assert free[-1].image.min() < 0
    assert free[-1].image.max() > 255
    assert max(abs(step.mse / 2500 - 1) for step in free) < 1e-12


def test_free_ascent_hides_the_error_in_the_corners_where_a_valid_window_hardly_looks(
    table_reference: NDArray[np.float64], table_start: NDArray[np.float64]
) -> None:
    *_, last = ascend(Ssim(), table_reference, table_start, pixel_range=None, iterations=400)
    error = (last.image - table_reference) ** 2
    corners = sum(
        error[rows, columns].sum()
        for rows in (slice(0, 10), slice(-10, None))
        for columns in (slice(0, 10), slice(-10, None))
    )
    assert corners / error.sum() > 0.4  # on 4 % of the area


@pytest.mark.parametrize("color", ["mean", "luma"])
def test_colour_walks_too(color: str, rng: np.random.Generator) -> None:
    reference = rng.uniform(0, 255, (24, 24, 3))
    start = np.clip(reference + rng.normal(0, 30, reference.shape), 0, 255)
    metric = Ssim(color="luma") if color == "luma" else Ssim()
    steps = list(descend(metric, reference, start, iterations=15))
    assert steps[-1].value < steps[0].value - 0.2
    assert steps[-1].image.shape == (24, 24, 3)
    assert max(abs(step.mse / steps[0].mse - 1) for step in steps) < 1e-12


def test_the_first_length_tried_can_be_chosen_and_is_shortened_where_it_is_too_long(
    table_reference: NDArray[np.float64], table_start: NDArray[np.float64]
) -> None:
    short, long = (
        next(
            iter(list(ascend(Ssim(), table_reference, table_start, step_size=s, iterations=1))[1:])
        )
        for s in (0.01, 1e9)
    )
    assert short.step_size == pytest.approx(0.01, rel=1e-3)
    assert 0.01 < long.step_size <= 2 * 50  # no two images of a sphere are farther apart
    assert long.value > short.value


def test_pixels_on_a_bound_that_want_outward_stay_there(
    table_reference: NDArray[np.float64], worst: tuple[list[Step], int]
) -> None:
    last = worst[0][-1]
    _, gradient = Ssim().bind(table_reference).value_and_gradient(last.image)
    tangent = EqualMseSphere(table_reference, 2500).tangent(last.image, -gradient)
    on_bound = (last.image == 0) | (last.image == 255)
    assert on_bound.sum() > 100
    assert (tangent[on_bound] == 0).mean() > 0.99
