"""The history of a climb keeps every scalar, and images within its budget."""

from __future__ import annotations

import numpy as np
import pytest

from ssim_viewer.session.run import Run, run_from
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
    kept = [frame.index for frame in run.frames[:-1]]
    assert kept == list(range(0, run.last, run.stride))


def test_scrubbing_a_thinned_run_goes_to_the_nearest_kept_step() -> None:
    run = run_of(100, budget=20 * IMAGE_BYTES)
    assert run.stride == 8
    assert run.scrubbed(43).cursor == 40
    assert run.scrubbed(99).cursor == 100


def test_a_new_branch_keeps_the_trunk_up_to_the_step_on_screen() -> None:
    trunk = run_of(10).scrubbed(4).cut()
    assert (trunk.last, trunk.at_end) == (4, True)
    branch = trunk.extended(steps(5, 6))
    assert branch.trace[:, 0].tolist() == [0, 1, 2, 3, 4, 5, 6]


def test_what_is_kept_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        run_of(2).trace[0, 0] = 7
