"""Several generators walk in turns on one thread, pause, go on, and end each by itself."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from ssim_viewer.compute.tiles import in_threads, interruptible, working_clock
from ssim_viewer.jobs.batches import (
    BATCH_BYTES,
    LONGEST,
    Batch,
    PendingBatch,
    WindowCost,
    pause_after,
)
from ssim_viewer.jobs.generator_runner import GeneratorRunner, StepProgress, Stopped
from ssim_viewer.jobs.generators import GeneratorSet, TimedStep


@dataclass(frozen=True)
class Step:
    index: int
    image: NDArray[np.float64] = field(default_factory=lambda: np.zeros((2, 2)))


def counting(last: int | None = None, trouble: str = "") -> Generator[Step, None, None]:
    """Yield steps from 0 to the last one, or for ever; then fail where there is trouble."""
    index = 0
    while last is None or index <= last:
        yield Step(index)
        index += 1
    if trouble:
        raise ValueError(trouble)


class Watched:
    """A runner whose every batch is released at once and kept."""

    def __init__(self) -> None:
        self.runner = GeneratorRunner("runner")
        self.order: list[str] = []
        self.steps: dict[str, list[int]] = {}
        self.seconds: list[float] = []
        self.ends: dict[str, str] = {}
        self.stops: list[Stopped] = []
        self.runner.advanced.connect(self._take)
        self.runner.stopped.connect(self.stops.append)

    def _take(self, batch: Batch) -> None:
        for name, records in batch.found.items():
            assert isinstance(records, tuple)
            for timed in records:
                assert isinstance(timed, TimedStep)
                self.steps.setdefault(name, []).append(timed.step.index)
                self.seconds.append(timed.seconds)
        self.ends |= {name: end.problem for name, end in batch.ends.items()}
        self.runner.release()


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.runner.close()


def finish(watched: Watched, qtbot: QtBot, stops: int = 1) -> None:
    qtbot.waitUntil(lambda: len(watched.stops) == stops)


def test_every_walk_makes_the_wanted_moves_after_its_start(watched: Watched, qtbot: QtBot) -> None:
    watched.runner.go(GeneratorSet({"a": counting, "b": counting}), 3)
    finish(watched, qtbot)
    assert watched.steps == {"a": [0, 1, 2, 3], "b": [0, 1, 2, 3]}
    assert not watched.stops[0].over


@pytest.mark.parametrize(
    ("cost", "pause"),
    [
        (0.0, 1 / 60),
        (0.001, 1 / 60),
        (0.0025, 0.025),
        (0.006, 1 / 32),
        (0.1, 0.3),
        (20.0, LONGEST),
    ],
    ids=["nothing", "a little", "a tenth", "32 a second", "a third", "the most"],
)
def test_showing_takes_a_tenth_of_the_time_or_up_to_a_third_for_32_frames_a_second(
    cost: float, pause: float
) -> None:
    assert pause_after(cost) == pytest.approx(pause)


def test_generators_take_turns(watched: Watched, qtbot: QtBot) -> None:
    order: list[str] = []

    def noted(name: str) -> Generator[Step, None, None]:
        for step in counting(3):
            order.append(name)
            yield step

    watched.runner.go(GeneratorSet({name: partial(noted, name) for name in "abc"}))
    finish(watched, qtbot)
    assert order == list("abc") * 4


def test_going_on_takes_up_every_walk_where_it_stood(watched: Watched, qtbot: QtBot) -> None:
    generators = GeneratorSet({"a": counting, "b": counting})
    watched.runner.go(generators, 2)
    finish(watched, qtbot)
    watched.runner.go(generators, 2)
    finish(watched, qtbot, 2)
    assert watched.steps == {"a": [0, 1, 2, 3, 4], "b": [0, 1, 2, 3, 4]}


def test_a_pause_loses_no_step(watched: Watched, qtbot: QtBot) -> None:
    generators = GeneratorSet({"a": counting, "b": counting})
    watched.runner.go(generators)
    qtbot.waitUntil(lambda: len(watched.steps.get("b", [])) > 5)
    watched.runner.stop()
    finish(watched, qtbot)
    watched.runner.go(generators, 3)
    finish(watched, qtbot, 2)
    assert all(steps == list(range(len(steps))) for steps in watched.steps.values())


def test_a_walk_that_ends_ends_only_itself(watched: Watched, qtbot: QtBot) -> None:
    watched.runner.go(GeneratorSet({"short": partial(counting, 1), "long": counting}), 5)
    finish(watched, qtbot)
    assert watched.steps == {"short": [0, 1], "long": [0, 1, 2, 3, 4, 5]}
    assert watched.ends == {"short": ""}


def test_a_walk_that_fails_ends_with_its_reason_and_the_others_go_on(
    watched: Watched, qtbot: QtBot
) -> None:
    def refused() -> Generator[Step, None, None]:
        raise ValueError("It cannot begin.")

    makers: dict[str, Callable[[], Generator[Step, None, None]]] = {
        "refused": refused,
        "broken": partial(counting, 1, "It broke."),
        "well": counting,
    }
    watched.runner.go(GeneratorSet(makers), 4)
    finish(watched, qtbot)
    assert watched.ends == {"refused": "It cannot begin.", "broken": "It broke."}
    assert watched.steps == {"broken": [0, 1], "well": [0, 1, 2, 3, 4]}


def test_it_is_over_when_every_walk_has_ended(watched: Watched, qtbot: QtBot) -> None:
    watched.runner.go(GeneratorSet({"a": partial(counting, 1), "b": partial(counting, 2)}))
    finish(watched, qtbot)
    assert watched.stops[0].over


def test_time_is_counted_by_walk_and_never_runs_back(watched: Watched, qtbot: QtBot) -> None:
    watched.runner.go(GeneratorSet({"a": counting}), 5)
    finish(watched, qtbot)
    assert watched.seconds == sorted(watched.seconds)


def test_what_is_posted_is_what_the_summary_makes_of_the_records(qtbot: QtBot) -> None:
    runner = GeneratorRunner("runner")
    found: list[dict[str, object]] = []
    runner.advanced.connect(lambda batch: found.append(dict(batch.found)))
    runner.advanced.connect(runner.release)
    generators = GeneratorSet(
        {"a": counting},
        summarize=lambda name, records, latest: (name, len(records), latest.step.index),
    )
    with qtbot.waitSignal(runner.stopped):
        runner.go(generators, 2)
    assert found[-1]["a"] in {("a", count, 2) for count in (1, 2, 3)}
    runner.close()


def test_a_summary_that_fails_ends_its_walk_alone(watched: Watched, qtbot: QtBot) -> None:
    def summarize(name: str, records: tuple[TimedStep, ...], _: TimedStep) -> object:
        if name == "bad":
            raise ValueError("Nothing can be seen.")
        return records

    watched.runner.go(GeneratorSet({"bad": counting, "good": counting}, summarize=summarize), 3)
    finish(watched, qtbot)
    assert watched.ends == {"bad": "Nothing can be seen."}
    assert watched.steps["good"][-1] == 3


def test_a_new_go_ends_the_one_before(watched: Watched, qtbot: QtBot) -> None:
    first, second = GeneratorSet({"a": counting}), GeneratorSet({"b": counting})
    watched.runner.go(first)
    qtbot.waitUntil(lambda: "a" in watched.steps)
    watched.runner.go(second, 1)
    finish(watched, qtbot, 2)
    assert [stopped.generators for stopped in watched.stops] == [first, second]


def test_what_is_dropped_is_closed_on_its_thread(watched: Watched, qtbot: QtBot) -> None:
    closed: list[bool] = []

    def closing() -> Generator[Step, None, None]:
        try:
            yield from counting()
        finally:
            closed.append(True)

    generators = GeneratorSet({"a": closing})
    watched.runner.go(generators)
    qtbot.waitUntil(lambda: "a" in watched.steps)
    watched.runner.drop(generators)
    qtbot.waitUntil(lambda: bool(closed))


def test_closing_in_the_middle_joins_and_ends_every_walk(watched: Watched, qtbot: QtBot) -> None:
    closed: list[str] = []

    def closing(name: str) -> Generator[Step, None, None]:
        try:
            yield from counting()
        finally:
            closed.append(name)

    watched.runner.go(GeneratorSet({name: partial(closing, name) for name in "ab"}))
    qtbot.waitUntil(lambda: "b" in watched.steps)
    watched.runner.close()
    assert closed == ["a", "b"]


def test_a_slow_screen_never_makes_a_queue(qtbot: QtBot) -> None:
    runner = GeneratorRunner("runner")
    batches: list[Batch] = []
    runner.advanced.connect(batches.append)
    runner.go(GeneratorSet({"a": counting}))
    qtbot.waitUntil(lambda: len(batches) == 1)
    qtbot.wait(100)  # nothing is released: nothing more may come
    assert len(batches) == 1
    runner.release()
    qtbot.waitUntil(lambda: len(batches) == 2)
    runner.close()


def test_large_images_wait_for_the_screen_instead_of_piling_up(qtbot: QtBot) -> None:
    made: list[int] = []

    def large() -> Generator[Step, None, None]:
        for index in range(100):
            made.append(index)
            yield Step(index, image_of(BATCH_BYTES // 2))

    runner = GeneratorRunner("runner")
    batches: list[Batch] = []
    runner.advanced.connect(batches.append)
    runner.go(GeneratorSet({"a": large}))
    qtbot.waitUntil(lambda: len(made) == 2)
    with qtbot.assertNotEmitted(runner.advanced, wait=100):
        pass  # the first batch is not released: nothing more may be made
    assert len(made) == 2
    runner.close()


def image_of(size: int) -> NDArray[np.float64]:
    """Return an image that counts as so many bytes and takes none."""
    return np.lib.stride_tricks.as_strided(np.zeros(1), (size // 8, 1), (0, 0))


class ReadyWhenWaitedFor(threading.Event):
    """A screen that shows what it has only once somebody waits for that."""

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return True


class Screen:
    """A screen that takes batches, a clock, and the bytes that wait for it and lie in it."""

    def __init__(self, window: WindowCost) -> None:
        self.now = 0.0
        self.ready = ReadyWhenWaitedFor()
        self.ready.set()
        self.batches: list[Batch] = []
        self.sizes: list[int] = []
        self.waiting = 0
        self.most = 0
        self.pending = PendingBatch(GeneratorSet({"a": counting}), self._take, window, self.clock)

    def clock(self) -> float:
        return self.now

    def _take(self, batch: Batch) -> None:
        self.batches.append(batch)
        self.sizes.append(self.waiting)
        self.waiting = 0

    def add(self, size: int, seconds: float, *, shown: bool) -> None:
        self.now += seconds
        self.pending.add("a", TimedStep(Step(len(self.sizes), image_of(size)), self.now))
        self.waiting += size
        lying = self.sizes[-1] if self.sizes and not self.ready.is_set() else 0
        self.most = max(self.most, self.waiting + lying)
        if shown:
            self.ready.set()
        self.pending.post_when_ready(self.ready)


def test_an_hour_of_work_before_a_run_holds_no_picture_of_it_back(qtbot: QtBot) -> None:
    """The window's time before the run is no cost of the run's first batch."""
    worked = [3600.0]
    window = WindowCost(clock=lambda: worked[0])
    worked[0] += 3600.0
    window.reset()
    screen = Screen(window)
    screen.add(1000, 0.02, shown=True)
    worked[0] += 0.001
    window.take()
    assert window.seconds == pytest.approx(0.001)
    screen.add(1000, 0.02, shown=True)
    assert len(screen.batches) == 2


def test_a_batch_is_held_back_for_half_a_second_at_the_most(qtbot: QtBot) -> None:
    """However long the window worked: a picture comes with the first step after that."""
    window = WindowCost()
    window.seconds = 3600.0
    screen = Screen(window)
    for _ in range(200):
        screen.add(1000, 0.02, shown=True)
    assert len(screen.batches) >= 200 * 0.02 / (LONGEST + 0.02)


def test_memory_is_bounded_in_bytes_whatever_the_pause_and_however_slow_the_screen(
    qtbot: QtBot,
) -> None:
    window = WindowCost()
    window.seconds = 3600.0  # the longest pause
    screen = Screen(window)
    size = BATCH_BYTES // 20
    for step in range(500):
        screen.add(size, 1e-4, shown=step % 50 == 0)
        assert screen.most <= BATCH_BYTES
    assert len(screen.batches) > 20


def test_rows_do_not_depend_on_how_often_the_screen_is_told(watched: Watched, qtbot: QtBot) -> None:
    rows: dict[str, list[float]] = {}

    def record(name: str, timed: TimedStep) -> NDArray[np.float64]:
        rows.setdefault(name, []).append(timed.step.index)
        return np.array([timed.step.index])

    watched.runner.advanced.disconnect()
    watched.runner.advanced.connect(lambda _: watched.runner.release())
    watched.runner.go(GeneratorSet({"a": counting, "b": counting}, record), 200)
    finish(watched, qtbot)
    assert rows == {"a": list(range(201)), "b": list(range(201))}


def endless(parts: int = 10**9) -> Generator[Step, None, None]:
    """Yield a start, then work on a step in many small parts that look for an end."""
    yield Step(0)
    for index in range(1, 100):
        for _ in range(parts):
            in_threads(abs, (1,))
        yield Step(index)


def test_a_step_that_takes_long_is_given_up_where_that_is_allowed(
    watched: Watched, qtbot: QtBot
) -> None:
    watched.runner.go(GeneratorSet({"a": endless}, preemptible=True))
    qtbot.waitUntil(lambda: watched.steps.get("a") == [0])
    watched.runner.stop()
    finish(watched, qtbot)
    assert watched.steps == {"a": [0]}
    assert watched.ends == {}


class Gate:
    """A step that works in small parts until it is let through."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.parts = 0

    def steps(self) -> Generator[Step, None, None]:
        yield Step(0)
        for index in itertools.count(1):
            while not self.open.is_set():
                in_threads(abs, (1,))
                self.parts += 1
            yield Step(index)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    monkeypatch.setattr("ssim_viewer.jobs.generator_runner.PREEMPT_AFTER", 0.0)
    return Gate()


def paused_inside(watched: Watched, gate: Gate, generators: GeneratorSet, qtbot: QtBot) -> None:
    """Pause while a step is under way."""
    watched.runner.go(generators)
    qtbot.waitUntil(lambda: gate.parts > 3)
    watched.runner.stop()
    finish(watched, qtbot)


def test_a_pause_holds_a_long_step_where_it_stands_and_going_on_finishes_it(
    watched: Watched, gate: Gate, qtbot: QtBot
) -> None:
    generators = GeneratorSet({"a": gate.steps})
    paused_inside(watched, gate, generators, qtbot)
    parts = gate.parts
    assert watched.steps == {"a": [0]}
    gate.open.set()
    watched.runner.go(generators, 3)
    finish(watched, qtbot, 2)
    assert gate.parts <= parts + 1
    assert watched.steps == {"a": [0, 1, 2, 3]}


def test_one_step_after_such_a_pause_is_the_one_that_was_held(
    watched: Watched, gate: Gate, qtbot: QtBot
) -> None:
    generators = GeneratorSet({"a": gate.steps, "b": counting})
    paused_inside(watched, gate, generators, qtbot)
    gate.open.set()
    watched.runner.go(generators, 1)
    finish(watched, qtbot, 2)
    assert watched.steps == {"a": [0, 1], "b": [0, 1]}


def test_a_step_can_be_held_again_and_again(watched: Watched, gate: Gate, qtbot: QtBot) -> None:
    generators = GeneratorSet({"a": gate.steps})
    for stops in range(1, 4):
        parts = gate.parts
        watched.runner.go(generators)
        qtbot.waitUntil(lambda parts=parts: gate.parts > parts + 3)  # type: ignore[misc]
        watched.runner.stop()
        finish(watched, qtbot, stops)
    assert watched.steps == {"a": [0]}


def test_the_working_clock_stands_while_work_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("ssim_viewer.compute.tiles.time.perf_counter", lambda: now[0])

    def hold() -> None:
        now[0] += 1000

    def work(_: int) -> None:
        now[0] += 1

    begun = working_clock()
    with interruptible(hold):
        in_threads(work, (1,))
    assert working_clock() - begun == 1


def test_a_step_that_is_held_ends_with_its_generators(
    watched: Watched, gate: Gate, qtbot: QtBot
) -> None:
    first, second = GeneratorSet({"a": gate.steps}), GeneratorSet({"b": counting})
    paused_inside(watched, gate, first, qtbot)
    watched.runner.drop(first)
    watched.runner.go(second, 2)
    qtbot.waitUntil(lambda: watched.steps.get("b") == [0, 1, 2])
    assert first.over


def test_whatever_is_dropped_gives_its_step_up_at_once(watched: Watched, qtbot: QtBot) -> None:
    generators = GeneratorSet({"a": endless})
    watched.runner.go(generators)
    qtbot.waitUntil(lambda: watched.steps.get("a") == [0])
    watched.runner.drop(generators)
    finish(watched, qtbot)


def test_a_long_step_tells_how_far_it_is_by_the_work_of_the_step_before(
    watched: Watched, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TELL_AFTER", "TELL_INTERVAL"):
        monkeypatch.setattr(f"ssim_viewer.jobs.generator_runner.{name}", 0.0)
    told: list[float | None] = []

    def take(progress: StepProgress) -> None:
        told.append(progress.fraction)

    watched.runner.working.connect(take)
    watched.runner.go(GeneratorSet({"a": partial(endless, 50)}), 2)
    finish(watched, qtbot)
    qtbot.waitUntil(lambda: len(told) > 50)
    known = [fraction for fraction in told if fraction is not None]
    assert told[0] is None
    assert known == sorted(known)
    assert known[-1] == 1.0


def test_a_first_step_tells_how_far_it_is_by_one_of_a_small_part(
    watched: Watched, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TELL_AFTER", "TELL_INTERVAL"):
        monkeypatch.setattr(f"ssim_viewer.jobs.generator_runner.{name}", 0.0)
    told: list[float | None] = []

    def work() -> Generator[Step, None, None]:
        for _ in range(20):
            in_threads(abs, (1,))
        yield Step(0)

    watched.runner.working.connect(lambda progress: told.append(progress.fraction))
    watched.runner.go(GeneratorSet({"a": work}, rehearsal=work), 0)
    finish(watched, qtbot)
    qtbot.waitUntil(lambda: len(told) >= 20)
    fractions = [fraction for fraction in told if fraction is not None]
    assert len(fractions) == len(told)
    assert fractions == sorted(fractions)
    assert fractions[0] < 0.5 < fractions[-1] == 1.0


def test_a_pace_makes_every_step_a_batch_and_can_change_while_it_runs(
    watched: Watched, qtbot: QtBot
) -> None:
    batches: list[int] = []
    watched.runner.advanced.connect(lambda batch: batches.append(len(batch.found["a"])))
    watched.runner.set_pace(1e-3)
    watched.runner.go(GeneratorSet({"a": counting}))
    qtbot.waitUntil(lambda: watched.steps.get("a") == [0])
    watched.runner.set_pace(200.0)
    qtbot.waitUntil(lambda: len(watched.steps["a"]) >= 10)
    assert set(batches) == {1}
    watched.runner.set_pace(1e-3)
    watched.runner.stop()  # it need not wait for the step that is due
    finish(watched, qtbot)
