"""The closing words of a run tell what happened, what took long, and whether it passed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from stress.clock import LONGEST_STALL, Turn
from stress.heap import Heap
from stress.report import MOST_BESIDE, Report

HEAP = Heap(
    resident=900 << 20, live=500 << 20, free=0, kept=100 << 20, blocks=7, windows=3, widgets=40
)


@pytest.fixture
def report() -> Report:
    """One of a run without faults, which kept 600 MiB more at its end than at first."""
    found = Report(events=Counter(use=3, press=1), base=HEAP, limit=1 << 30)
    more = 600 << 20
    found.end = replace(
        HEAP, resident=HEAP.resident + more, live=HEAP.live + more, kept=HEAP.kept + more
    )
    found.turns.add(Turn(0.1, 0.2, "drop (event 2)"))
    return found


def test_a_run_without_faults_passes_whatever_is_kept_within_the_budget(report: Report) -> None:
    text = report.text(7)
    assert text.startswith("4 events of seed 7")
    assert "0.10 s of 0.20 s at drop (event 2)" in text
    assert "memory: +0 MiB since the first quarter" in text
    assert text.endswith("\npassed")
    assert not report.failed
    assert not report.stalled


def test_each_exception_is_named_and_fails(report: Report) -> None:
    report.problems.append("drop (event 2): ValueError: no")
    assert "exceptions and warnings: 1\n  drop (event 2): ValueError: no\n" in report.text(7)
    assert report.text(7).endswith("\nfailed: exceptions or warnings")
    assert report.failed


def test_memory_that_grows_beside_what_is_kept_fails(report: Report) -> None:
    assert report.end is not None
    report.end = replace(report.end, live=report.end.live + MOST_BESIDE + 1)
    assert report.failed
    assert report.text(7).endswith("\nfailed: memory grew")


def test_a_stall_says_whether_the_window_itself_worked_for_so_long(report: Report) -> None:
    waited, worked = "(it waited for a processor)", "(own work)"
    report.turns.add(Turn(LONGEST_STALL / 2, 2 * LONGEST_STALL, "click (event 3)"))
    assert report.stalled
    assert report.failed
    assert report.text(7).endswith(waited)
    report.turns.add(Turn(2 * LONGEST_STALL, 3 * LONGEST_STALL, "click (event 4)"))
    assert report.text(7).endswith(worked)
    counts = "3, of which 1 worked for longer than 0.25 s and 1 for longer than 0.5 s"
    assert counts in report.text(7)


def test_stalls_can_be_left_out_on_a_machine_that_has_other_work(report: Report) -> None:
    report.turns.add(Turn(LONGEST_STALL / 2, 2 * LONGEST_STALL, "click (event 3)"))
    report.stalls = False
    assert not report.failed
    assert "\npassed, stalls left out: " in report.text(7)
