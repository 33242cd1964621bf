"""Several generators walk in turns on one thread, pause, go on, and end each by itself."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from ssim_viewer.workers.walking import BATCH_BYTES, Halt, Moved, Stride, Walker, Walks, pause_after


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
    """A walker whose every batch is released at once and kept."""

    def __init__(self) -> None:
        self.walker = Walker("walker")
        self.order: list[str] = []
        self.steps: dict[str, list[int]] = {}
        self.seconds: list[float] = []
        self.ends: dict[str, str] = {}
        self.halts: list[Halt] = []
        self.walker.moved.connect(self._take)
        self.walker.halted.connect(self.halts.append)

    def _take(self, moved: Moved) -> None:
        for name, strides in moved.found.items():
            assert isinstance(strides, tuple)
            for stride in strides:
                assert isinstance(stride, Stride)
                self.steps.setdefault(name, []).append(stride.step.index)
                self.seconds.append(stride.seconds)
        self.ends |= {name: end.problem for name, end in moved.ends.items()}
        self.walker.release()


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.walker.close()


def finish(watched: Watched, qtbot: QtBot, halts: int = 1) -> None:
    qtbot.waitUntil(lambda: len(watched.halts) == halts)


def test_every_walk_makes_the_wanted_moves_after_its_start(watched: Watched, qtbot: QtBot) -> None:
    watched.walker.go(Walks({"a": counting, "b": counting}), 3)
    finish(watched, qtbot)
    assert watched.steps == {"a": [0, 1, 2, 3], "b": [0, 1, 2, 3]}
    assert not watched.halts[0].over


@pytest.mark.parametrize(
    ("cost", "pause"),
    [
        (0.0, 1 / 60),
        (0.001, 1 / 60),
        (0.0025, 0.025),
        (0.006, 1 / 32),
        (0.5, 1.5),
    ],
    ids=["nothing", "a little", "a tenth", "32 a second", "a third"],
)
def test_showing_takes_a_tenth_of_the_time_or_up_to_a_third_for_32_frames_a_second(
    cost: float, pause: float
) -> None:
    assert pause_after(cost) == pytest.approx(pause)


def test_walks_take_turns(watched: Watched, qtbot: QtBot) -> None:
    order: list[str] = []

    def noted(name: str) -> Generator[Step, None, None]:
        for step in counting(3):
            order.append(name)
            yield step

    watched.walker.go(Walks({name: partial(noted, name) for name in "abc"}))
    finish(watched, qtbot)
    assert order == list("abc") * 4


def test_going_on_takes_up_every_walk_where_it_stood(watched: Watched, qtbot: QtBot) -> None:
    walks = Walks({"a": counting, "b": counting})
    watched.walker.go(walks, 2)
    finish(watched, qtbot)
    watched.walker.go(walks, 2)
    finish(watched, qtbot, 2)
    assert watched.steps == {"a": [0, 1, 2, 3, 4], "b": [0, 1, 2, 3, 4]}


def test_a_pause_loses_no_step(watched: Watched, qtbot: QtBot) -> None:
    walks = Walks({"a": counting, "b": counting})
    watched.walker.go(walks)
    qtbot.waitUntil(lambda: len(watched.steps.get("b", [])) > 5)
    watched.walker.stop()
    finish(watched, qtbot)
    watched.walker.go(walks, 3)
    finish(watched, qtbot, 2)
    assert all(steps == list(range(len(steps))) for steps in watched.steps.values())


def test_a_walk_that_ends_ends_only_itself(watched: Watched, qtbot: QtBot) -> None:
    watched.walker.go(Walks({"short": partial(counting, 1), "long": counting}), 5)
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
    watched.walker.go(Walks(makers), 4)
    finish(watched, qtbot)
    assert watched.ends == {"refused": "It cannot begin.", "broken": "It broke."}
    assert watched.steps == {"broken": [0, 1], "well": [0, 1, 2, 3, 4]}


def test_it_is_over_when_every_walk_has_ended(watched: Watched, qtbot: QtBot) -> None:
    watched.walker.go(Walks({"a": partial(counting, 1), "b": partial(counting, 2)}))
    finish(watched, qtbot)
    assert watched.halts[0].over


def test_time_is_counted_by_walk_and_never_runs_back(watched: Watched, qtbot: QtBot) -> None:
    watched.walker.go(Walks({"a": counting}), 5)
    finish(watched, qtbot)
    assert watched.seconds == sorted(watched.seconds)


def test_what_is_posted_is_what_the_survey_makes_of_the_strides(qtbot: QtBot) -> None:
    walker = Walker("walker")
    found: list[dict[str, object]] = []
    walker.moved.connect(lambda moved: found.append(dict(moved.found)))
    walker.moved.connect(walker.release)
    walks = Walks({"a": counting}, lambda name, strides: (name, strides[-1].step.index))
    with qtbot.waitSignal(walker.halted):
        walker.go(walks, 2)
    assert found[-1] == {"a": ("a", 2)}
    walker.close()


def test_a_survey_that_fails_ends_its_walk_alone(watched: Watched, qtbot: QtBot) -> None:
    def survey(name: str, strides: tuple[Stride, ...]) -> object:
        if name == "bad":
            raise ValueError("Nothing can be seen.")
        return strides

    watched.walker.go(Walks({"bad": counting, "good": counting}, survey), 3)
    finish(watched, qtbot)
    assert watched.ends == {"bad": "Nothing can be seen."}
    assert watched.steps["good"][-1] == 3


def test_a_new_go_ends_the_one_before(watched: Watched, qtbot: QtBot) -> None:
    first, second = Walks({"a": counting}), Walks({"b": counting})
    watched.walker.go(first)
    qtbot.waitUntil(lambda: "a" in watched.steps)
    watched.walker.go(second, 1)
    finish(watched, qtbot, 2)
    assert [halt.walks for halt in watched.halts] == [first, second]


def test_walks_that_are_dropped_are_closed_on_their_thread(watched: Watched, qtbot: QtBot) -> None:
    closed: list[bool] = []

    def closing() -> Generator[Step, None, None]:
        try:
            yield from counting()
        finally:
            closed.append(True)

    walks = Walks({"a": closing})
    watched.walker.go(walks)
    qtbot.waitUntil(lambda: "a" in watched.steps)
    watched.walker.drop(walks)
    qtbot.waitUntil(lambda: bool(closed))


def test_closing_in_the_middle_joins_and_ends_every_walk(qtbot: QtBot) -> None:
    closed: list[str] = []

    def closing(name: str) -> Generator[Step, None, None]:
        try:
            yield from counting()
        finally:
            closed.append(name)

    watched = Watched()
    watched.walker.go(Walks({name: partial(closing, name) for name in "ab"}))
    qtbot.waitUntil(lambda: "b" in watched.steps)
    watched.walker.close()
    assert closed == ["a", "b"]


def test_a_slow_screen_never_makes_a_queue(qtbot: QtBot) -> None:
    walker = Walker("walker")
    batches: list[Moved] = []
    walker.moved.connect(batches.append)
    walker.go(Walks({"a": counting}))
    qtbot.waitUntil(lambda: len(batches) == 1)
    qtbot.wait(100)  # nothing is released: nothing more may come
    assert len(batches) == 1
    walker.release()
    qtbot.waitUntil(lambda: len(batches) == 2)
    walker.close()


def test_large_images_wait_for_the_screen_instead_of_piling_up(qtbot: QtBot) -> None:
    made: list[int] = []

    def large() -> Generator[Step, None, None]:
        image = np.lib.stride_tricks.as_strided(np.zeros(1), (BATCH_BYTES // 16, 1), (0, 0))
        for index in range(100):
            made.append(index)
            yield Step(index, image)

    walker = Walker("walker")
    batches: list[Moved] = []
    walker.moved.connect(batches.append)
    walker.go(Walks({"a": large}))
    qtbot.waitUntil(lambda: len(made) == 4)
    qtbot.wait(50)
    assert len(made) == 4
    walker.close()
