"""A runner works away from the GUI thread, one request after another."""

from __future__ import annotations

import threading
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QThread, QTimer

from ssim_viewer.images import ImageError
from ssim_viewer.jobs import JobResult, Runner
from ssim_viewer.jobs.runner import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Gate:
    """A request that says when it runs and waits to be let through."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.entered = threading.Event()
        self.opened = threading.Event()

    def __call__(self) -> str:
        self.entered.set()
        assert self.opened.wait(10)
        return self.name


@pytest.fixture
def latest(qtbot: QtBot) -> Iterator[Runner]:
    runner = Runner("latest", latest_wins=True)
    yield runner
    runner.close()


@pytest.fixture
def queue(qtbot: QtBot) -> Iterator[Runner]:
    runner = Runner("queue", latest_wins=False)
    yield runner
    runner.close()


def collect(runner: Runner) -> list[JobResult]:
    outcomes: list[JobResult] = []
    runner.finished.connect(outcomes.append)
    return outcomes


def test_the_latest_of_the_waiting_requests_wins(latest: Runner, qtbot: QtBot) -> None:
    outcomes = collect(latest)
    first = Gate("first")
    latest.submit(first)
    assert first.entered.wait(10)
    for name in ("second", "third", "fourth"):
        latest.submit(lambda name=name: name)  # type: ignore[misc]
    first.opened.set()
    qtbot.waitUntil(lambda: not latest.busy)
    assert [outcome.result for outcome in outcomes] == ["first", "fourth"]


def test_a_queue_runs_every_request_in_order(queue: Runner, qtbot: QtBot) -> None:
    outcomes = collect(queue)
    for number in range(20):
        queue.submit(lambda number=number: number)  # type: ignore[misc]
    qtbot.waitUntil(lambda: not queue.busy)
    assert [outcome.result for outcome in outcomes] == list(range(20))


def test_work_is_done_off_the_thread_that_asked_and_answered_on_it(
    queue: Runner, qtbot: QtBot
) -> None:
    here = QThread.currentThread()
    answered: list[bool] = []
    queue.finished.connect(lambda _: answered.append(QThread.currentThread() is here))
    outcomes = collect(queue)
    queue.submit(threading.get_ident)
    qtbot.waitUntil(lambda: bool(outcomes))
    assert outcomes[0].result != threading.get_ident()
    assert answered == [True]


def test_a_sentence_for_the_person_arrives_as_it_was_raised(queue: Runner, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise ImageError("“a.png” is empty.")

    outcomes = collect(queue)
    queue.submit(refuse)
    qtbot.waitUntil(lambda: bool(outcomes))
    assert outcomes[0].problem == "“a.png” is empty."
    assert isinstance(outcomes[0].error, ImageError)


def test_a_defect_is_named_and_logged_and_the_runner_goes_on(
    queue: Runner, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    outcomes = collect(queue)
    queue.submit(lambda: 1 / 0)
    queue.submit(lambda: "still here")
    qtbot.waitUntil(lambda: len(outcomes) == 2)
    assert "ZeroDivisionError" in outcomes[0].problem
    assert "ZeroDivisionError" in caplog.text
    assert outcomes[1].result == "still here"


def test_closing_lets_the_running_request_end_and_drops_the_waiting_one(qtbot: QtBot) -> None:
    runner = Runner("closing", latest_wins=False)
    outcomes = collect(runner)
    gate, never = Gate("running"), Gate("waiting")
    runner.submit(gate)
    runner.submit(never)
    assert gate.entered.wait(10)
    gate.opened.set()
    runner.close()
    assert not never.entered.is_set()
    assert runner not in Runner.running()
    assert all(outcome.result != "waiting" for outcome in outcomes)


class Long:
    """A long request that reports at each gate it is let through."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()

    def run(self, report: Report) -> str:
        self.entered.set()
        assert self.opened.wait(10)
        report(0.5)
        return "done"


def test_a_long_request_that_is_cancelled_ends_at_its_next_report(
    queue: Runner, qtbot: QtBot
) -> None:
    outcomes = collect(queue)
    long = Long()
    queue.submit(long)
    assert long.entered.wait(10)
    queue.cancel()
    long.opened.set()
    qtbot.waitUntil(lambda: bool(outcomes))
    assert (outcomes[0].cancelled, outcomes[0].problem) == (True, "")


def test_after_a_cancelled_request_the_next_one_runs(queue: Runner, qtbot: QtBot) -> None:
    outcomes = collect(queue)
    queue.cancel()
    long = Long()
    long.opened.set()
    queue.submit(long)
    qtbot.waitUntil(lambda: bool(outcomes))
    assert outcomes[0].result == "done"


def test_a_newer_request_ends_a_long_one_that_has_taken_its_time(
    latest: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssim_viewer.jobs.runner.PREEMPT_AFTER_S", 0.0)
    outcomes = collect(latest)
    long = Long()
    latest.submit(long)
    assert long.entered.wait(10)
    latest.submit(lambda: "newer")
    long.opened.set()
    qtbot.waitUntil(lambda: len(outcomes) == 2)
    assert outcomes[0].cancelled
    assert outcomes[1].result == "newer"


def test_a_long_request_tells_how_far_it_is(
    queue: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssim_viewer.jobs.runner.REPORT_INTERVAL", -1.0)
    long = Long()
    long.opened.set()
    with qtbot.waitSignal(queue.advanced) as told:
        queue.submit(long)
    assert told.args is not None
    assert told.args[0].fraction == 0.5


class Flood:
    """A long request that has something new to show all the time."""

    def run(self, report: Report) -> str:
        for part in range(20):
            report(part / 20, part)
        return "done"


def test_the_event_loop_goes_round_between_two_parts_of_a_result(
    queue: Runner, qtbot: QtBot
) -> None:
    seen: list[str] = []
    round_trip = QTimer(interval=0)
    round_trip.timeout.connect(lambda: seen.append("round"))
    queue.advanced.connect(lambda _: seen.append("part"))
    outcomes = collect(queue)
    round_trip.start()
    queue.submit(Flood())
    qtbot.waitUntil(lambda: bool(outcomes))
    round_trip.stop()
    assert seen.count("part") == 20
    assert ("part", "part") not in set(pairwise(seen))
