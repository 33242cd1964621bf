"""A climb runs on its worker, can be stopped at any step, and goes on where it stood."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from ssim_viewer.features.climb.jobs import ClimbRequest
from ssim_viewer.features.climb.steps import ONLY, ClimbSteps, Progress
from ssim_viewer.jobs.generator_runner import GeneratorRunner, StepProgress, Stopped
from ssim_viewer.jobs.measuring import Showing
from ssim_viewer.metrics import Quantity, Ssim
from ssim_viewer.synthesis import Direction, Rule, white_noise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from ssim_viewer.jobs.batches import Batch
    from ssim_viewer.jobs.generators import End, GeneratorSet
    from ssim_viewer.synthesis import Step


class Watched:
    """A thread that climbs, whose every batch is released at once and kept."""

    def __init__(self, *, releases: bool = True) -> None:
        self.runner = GeneratorRunner("climb")
        self.found: list[Progress] = []
        self.ends: list[End] = []
        self.stops: list[Stopped] = []
        self._climbs = ClimbSteps()
        self._releases = releases
        self.runner.advanced.connect(self._take)
        self.runner.stopped.connect(self.stops.append)

    @property
    def steps(self) -> list[Step]:
        return [step for each in self.found for step in each.steps]

    def start(self, request: ClimbRequest) -> GeneratorSet:
        generators = self._climbs.generators(request)
        self.runner.go(generators, request.count)
        return generators

    def _take(self, batch: Batch) -> None:
        if ONLY in batch.found:
            self.found.append(cast("Progress", batch.found[ONLY]))
        self.ends += batch.ends.values()
        if self._releases:
            self.runner.release()


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.runner.close()


@pytest.fixture
def request_() -> ClimbRequest:
    reference = np.random.default_rng(3).uniform(40, 200, (32, 32))
    return ClimbRequest(
        Ssim(),
        reference,
        white_noise(reference, 400.0),
        Direction.DESCENT,
        Rule.ADAPTIVE,
        None,
        (0.0, 255.0),
    )


def finish(watched: Watched, qtbot: QtBot, stops: int = 1) -> None:
    qtbot.waitUntil(lambda: len(watched.stops) == stops, timeout=30_000)


def test_the_latest_step_comes_measured_as_the_screen_wants_it(
    watched: Watched, request_: ClimbRequest, qtbot: QtBot
) -> None:
    showing = Showing(replace(Ssim(), sigma=2.0), frozenset({Quantity.CONTRAST}))
    watched.start(replace(request_, count=3, showing=showing))
    finish(watched, qtbot)
    measured = watched.found[-1].measured
    assert measured is not None
    assert measured.distorted is watched.steps[-1].image
    assert measured.metric == showing.metric
    assert set(measured.maps) == {Quantity.CONTRAST}


def test_of_a_large_image_already_the_start_tells_how_far_it_is(
    watched: Watched, request_: ClimbRequest, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssim_viewer.features.climb.steps.LONG_STEP", 1000)
    for name in ("TELL_AFTER", "TELL_INTERVAL"):
        monkeypatch.setattr(f"ssim_viewer.jobs.generator_runner.{name}", 0.0)
    told: list[StepProgress] = []
    watched.runner.working.connect(told.append)
    watched.start(replace(request_, count=1))
    finish(watched, qtbot)
    qtbot.waitUntil(lambda: len(told) > 3)
    fractions = [each.fraction for each in told]
    assert all(fraction is not None and 0 <= fraction <= 1 for fraction in fractions)


def test_an_unexpected_error_while_a_step_is_measured_ends_the_climb_in_one_sentence(
    watched: Watched,
    request_: ClimbRequest,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no map")

    monkeypatch.setattr("ssim_viewer.jobs.measuring.evaluate", broken)
    watched.start(replace(request_, showing=Showing(Ssim(), frozenset())))
    finish(watched, qtbot)
    assert "RuntimeError: no map" in watched.ends[0].problem


def test_a_climb_of_n_steps_brings_the_start_and_n_steps(
    watched: Watched, request_: ClimbRequest, qtbot: QtBot
) -> None:
    watched.start(replace(request_, count=5))
    finish(watched, qtbot)
    assert [step.index for step in watched.steps] == [0, 1, 2, 3, 4, 5]
    assert watched.steps[-1].value < watched.steps[0].value


def test_a_climb_that_is_paused_goes_on_exactly_as_if_it_had_not_been(
    watched: Watched, request_: ClimbRequest, qtbot: QtBot
) -> None:
    watched.start(replace(request_, count=8))
    finish(watched, qtbot)
    whole: list[NDArray[np.float64]] = [step.image for step in watched.steps]
    watched.found.clear()
    watched.start(replace(request_, count=4))
    finish(watched, qtbot, 2)
    rest = replace(request_, start=watched.steps[-1].image, first_index=4, fresh=False, count=4)
    watched.start(rest)
    finish(watched, qtbot, 3)
    assert [step.index for step in watched.steps] == list(range(9))
    assert all(np.array_equal(a.image, b) for a, b in zip(watched.steps, whole, strict=True))


def test_a_climb_without_a_run_begins_anew_where_another_was_paused_at_its_start(
    watched: Watched, request_: ClimbRequest, qtbot: QtBot
) -> None:
    """Undo takes a run away that was paused at its start: its next step would have no run."""
    watched.start(replace(request_, count=1))
    finish(watched, qtbot)
    start = replace(watched.steps[0], image=request_.start)
    assert replace(request_, fresh=False).continues(request_, start)
    assert not request_.continues(request_, start)


def test_stopping_ends_between_two_steps_and_shows_the_last_one(
    watched: Watched, request_: ClimbRequest, qtbot: QtBot
) -> None:
    watched.start(replace(request_, rule=Rule.FIXED))
    qtbot.waitUntil(lambda: len(watched.steps) > 3, timeout=30_000)
    watched.runner.stop()
    finish(watched, qtbot)
    assert [step.index for step in watched.steps] == list(range(len(watched.steps)))
    assert not watched.ends


def test_a_new_climb_ends_the_one_before(
    watched: Watched, request_: ClimbRequest, qtbot: QtBot
) -> None:
    first = replace(request_, rule=Rule.FIXED)
    before = watched.start(first)
    qtbot.waitUntil(lambda: len(watched.steps) > 0, timeout=30_000)
    after = watched.start(replace(request_, count=1))
    finish(watched, qtbot, 2)
    assert [stop.generators for stop in watched.stops] == [before, after]


def test_a_climb_from_the_reference_itself_is_refused_in_one_sentence(
    watched: Watched, request_: ClimbRequest, qtbot: QtBot
) -> None:
    watched.start(replace(request_, start=request_.reference))
    finish(watched, qtbot)
    assert "no direction" in watched.ends[0].problem


def test_closing_in_the_middle_of_a_climb_joins(request_: ClimbRequest, qtbot: QtBot) -> None:
    watched = Watched()
    watched.start(replace(request_, rule=Rule.FIXED))
    qtbot.waitUntil(lambda: len(watched.steps) > 0, timeout=30_000)
    watched.runner.close()


def test_a_slow_screen_never_makes_a_queue(request_: ClimbRequest, qtbot: QtBot) -> None:
    watched = Watched(releases=False)
    reference = np.random.default_rng(3).uniform(40, 200, (300, 300))  # a climb of many seconds
    endless = replace(request_, reference=reference, start=white_noise(reference, 400.0))
    watched.start(replace(endless, rule=Rule.FIXED))
    try:
        qtbot.waitUntil(lambda: len(watched.found) == 1, timeout=30_000)
        with qtbot.assertNotEmitted(watched.runner.advanced, wait=100):
            pass  # nothing is released: nothing more may come
        watched.runner.release()
        qtbot.waitUntil(lambda: len(watched.found) == 2, timeout=30_000)
        assert len(watched.found[1].steps) > 1
    finally:
        watched.runner.close()
