"""The history of a climb keeps every scalar, and images within its budget."""

from __future__ import annotations

import numpy as np
import pytest

from ssim_viewer.session.run import Run, run_from
from ssim_viewer.session.thinning import kept_places
from ssim_viewer.synthesis import Step

IMAGE_BYTES = 8 * 8 * 8


def steps(first: int, last: int) -> list[Step]:
    return [
        Step(
            index=index,
            image=np.full((8, 8), float(index)),
            value=1 - index / 100,
            mse=2500.0,
            step_size=1.0,
            gradient_norm=0.5,
        )
        for index in range(first, last + 1)
    ]


def run_of(length: int, budget: int = 1 << 20) -> Run:
    return run_from(steps(0, 0)).extended(steps(1, length), budget=budget)


def test_a_run_starts_with_the_start_as_step_zero() -> None:
    run = run_from(steps(0, 0))
    assert (run.last, run.cursor, run.at_end) == (0, 0, True)


def test_steps_are_appended_and_the_cursor_follows() -> None:
    run = run_of(10)
    assert run.last == run.cursor == 10
    assert run.trace.shape == (11, 5)
    assert run.trace[10].tolist() == [10, 2500.0, 0.9, 1.0, 0.5]


def test_scrubbing_shows_any_step_and_loses_none() -> None:
    run = run_of(10).scrubbed(4)
    assert run.frame.image[0, 0] == 4
    assert run.last == 10
    assert not run.at_end


@pytest.mark.parametrize("batch", [1, 3, 7])
def test_images_stay_within_the_budget_while_every_scalar_is_kept(batch: int) -> None:
    budget = 20 * IMAGE_BYTES
    run = run_from(steps(0, 0))
    for first in range(1, 200, batch):
        run = run.extended(steps(first, first + batch - 1), budget=budget)
        assert run.size <= budget
        assert run.frames[-1].index == run.last
    assert len(run.trace) == run.last + 1
    assert run.frames[0].index == 0


def test_the_first_steps_are_never_thinned_out() -> None:
    run = run_from(steps(0, 0))
    for first in range(1, 2000, 10):
        run = run.extended(steps(first, first + 9), budget=100 * IMAGE_BYTES)
    kept = [frame.index for frame in run.frames]
    assert kept[:31] == list(range(31))
    assert kept[-1] == run.last


def test_where_the_budget_is_smaller_than_the_first_steps_they_take_half_of_it() -> None:
    run = run_of(100, budget=20 * IMAGE_BYTES)
    kept = [frame.index for frame in run.frames]
    assert kept[:11] == list(range(11))
    assert kept[-1] == 100
    assert run.size <= 20 * IMAGE_BYTES


def test_later_steps_stand_the_closer_the_more_the_score_changes_there() -> None:
    values = np.concatenate([np.zeros(500), np.linspace(0, 1, 20), np.ones(480)])
    places = kept_places(range(1000), values, 100)
    rising = [place for place in places if 500 <= place < 520]
    assert len(rising) > 10
    assert places[-1] == 999


def test_a_score_that_rests_leaves_steps_at_equal_ratios() -> None:
    places = np.array(kept_places(range(2000), np.zeros(2000), 80))
    late = places[places > 60]
    ratios = late[1:] / late[:-1]
    assert ratios.max() < 1.3


def test_scrubbing_a_thinned_run_goes_to_the_nearest_kept_step() -> None:
    run = run_of(100, budget=20 * IMAGE_BYTES)
    kept = [frame.index for frame in run.frames]
    for wanted in (3, 43, 99):
        assert run.scrubbed(wanted).cursor == min(kept, key=lambda index: abs(index - wanted))


def test_a_new_branch_keeps_the_trunk_up_to_the_step_on_screen() -> None:
    trunk = run_of(10).scrubbed(4).cut()
    assert (trunk.last, trunk.at_end) == (4, True)
    branch = trunk.extended(steps(5, 6))
    assert branch.trace[:, 0].tolist() == [0, 1, 2, 3, 4, 5, 6]


def test_what_is_kept_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        run_of(2).trace[0, 0] = 7
