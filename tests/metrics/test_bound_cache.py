"""The cache of bound metrics: what is bound once, what is let go, and what threads see of it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import pytest

from ssim_viewer.compute.memory_budget import MemoryBudget
from ssim_viewer.metrics import Gmsd, MetricError, Mse, Ssim
from ssim_viewer.metrics.bound_cache import BYTES_PER_SAMPLE, BoundMetrics
from ssim_viewer.metrics.data_range import ASSUMED

PLENTY = 1 << 30


def bound_metrics(budget: int) -> BoundMetrics:
    return BoundMetrics(MemoryBudget(lambda: budget))


def reference(seed: int = 0) -> np.ndarray[Any, Any]:
    pixels = np.random.default_rng(seed).uniform(0, 255, (32, 32))
    pixels.setflags(write=False)
    return pixels


@dataclass(frozen=True)
class Slow:
    """A metric whose binding waits for the test, counted; the first times it fails."""

    higher_is_better: ClassVar[bool] = True
    fails: int = 0
    go: threading.Event = field(default_factory=threading.Event, compare=False)
    bindings: list[threading.Thread] = field(default_factory=list, compare=False)

    def bind(self, reference: Any, /) -> Any:
        self.bindings.append(threading.current_thread())
        assert self.go.wait(20)
        if len(self.bindings) <= self.fails:
            raise MetricError("not yet")
        return Mse().bind(reference)


def test_equal_settings_and_the_very_reference_are_bound_once() -> None:
    cache, x, y = bound_metrics(PLENTY), reference(), reference()
    bound = cache.get(Ssim(data_range=255), x)
    assert cache.get(Ssim(data_range=255), x) is bound
    assert cache.get(Ssim(data_range=255), y) is not bound
    assert cache.get(Ssim(data_range=255, sigma=2), x) is not bound
    assert cache.get(Ssim(data_range=ASSUMED), x) is not bound
    assert len(cache) == 4


def test_the_oldest_go_first_and_the_pinned_and_the_latest_stay() -> None:
    x = reference()
    cache = bound_metrics(BYTES_PER_SAMPLE * x.size)
    pinned = cache.get(Ssim(data_range=255), x, pinned=True)
    first = cache.get(Gmsd(data_range=255), x)
    for sigma in (1.0, 2.0, 3.0):
        cache.get(Ssim(data_range=255, sigma=sigma), x)
    assert len(cache) == 3  # that of the budget, and two at work
    assert cache.get(Ssim(data_range=255), x) is pinned
    assert cache.get(Gmsd(data_range=255), x) is not first
    assert len(bound_metrics(0)) == 0
    small = bound_metrics(0)
    assert small.get(Mse(), x) is small.get(Mse(), x)


def test_only_one_reference_is_kept_where_that_is_wanted() -> None:
    cache, x, y = bound_metrics(PLENTY), reference(), reference(1)
    kept = cache.get(Mse(), y)
    cache.get(Mse(), x)
    cache.only(y)
    assert len(cache) == 1
    assert cache.get(Mse(), y) is kept


def test_threads_that_ask_for_the_same_wait_for_one_and_others_go_on() -> None:
    cache, x, slow = bound_metrics(PLENTY), reference(), Slow()
    with ThreadPoolExecutor(3) as threads:
        waiting = [threads.submit(cache.get, slow, x) for _ in range(2)]
        assert cache.get(Mse(), x) is not None
        slow.go.set()
        first, second = (each.result(20) for each in waiting)
    assert first is second
    assert len(slow.bindings) == 1


def test_a_thread_that_waited_for_one_that_failed_tries_by_itself() -> None:
    cache, x, slow = bound_metrics(PLENTY), reference(), Slow(fails=1)
    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(cache.get, slow, x) for _ in range(2)]
        slow.go.set()
        failed = [each.exception(20) for each in waiting]
    assert sum(error is not None for error in failed) == 1
    assert len(slow.bindings) == 2
    assert len(cache) == 1


def test_what_cannot_be_bound_says_why_each_time() -> None:
    cache, small = bound_metrics(PLENTY), np.zeros((4, 4))
    for _ in range(2):
        with pytest.raises(MetricError, match="smaller than the window"):
            cache.get(Ssim(data_range=255), small)
    assert len(cache) == 0


def test_settings_that_can_change_are_bound_anew() -> None:
    @dataclass
    class Loose:
        higher_is_better: ClassVar[bool] = True
        p: float = 1.0

        def bind(self, reference: Any, /) -> Any:
            return Mse().bind(reference)

    cache, x = bound_metrics(PLENTY), reference()
    assert cache.get(Loose(), x) is not cache.get(Loose(), x)
