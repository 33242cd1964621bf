"""One budget for all that is kept: it follows free memory, and holds across everything."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil
import pytest

from ssim_viewer.compute import memory_budget
from ssim_viewer.compute.free_memory import free_memory
from ssim_viewer.compute.memory_budget import MOST, Held, MemoryBudget, Stay, within_free_memory
from ssim_viewer.images import image_from_array
from ssim_viewer.images.recipe import SampleRecipe
from ssim_viewer.images.resolving import RecipeCache
from ssim_viewer.metrics import Gmsd
from ssim_viewer.metrics.bound_cache import BoundMetrics
from ssim_viewer.session import run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

KB = 1000


def array(seed: int = 0) -> NDArray[np.uint8]:
    """Return 1000 bytes that cannot change."""
    pixels = np.full((20, 50), seed, np.uint8)
    pixels.setflags(write=False)
    return pixels


class Screen:
    """Something that shows arrays."""

    def __init__(self, *shown: NDArray[Any], steps: tuple[NDArray[Any], ...] = ()) -> None:
        self._shown, self._steps = shown, steps

    def arrays_in_use(self) -> Iterable[NDArray[Any]]:
        return self._shown

    def arrays_of_history(self) -> Iterable[NDArray[Any]]:
        return self._steps


def test_an_array_that_its_value_let_go_of_counts_for_nothing() -> None:
    budget = MemoryBudget(lambda: KB)
    value = [array()]
    held = budget.keep(value, value)
    assert budget.size == KB
    value.clear()
    assert held.owners == {}  # another array may have that identity by now
    assert budget.size == 0


@pytest.mark.parametrize("free", [64 << 30, 8 << 30, 4 << 30, 1 << 30, 100 << 20, 0])
def test_it_is_a_quarter_of_what_is_free_and_never_above_a_gigabyte(
    free: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=free))
    monkeypatch.setattr(memory_budget, "LATELY", -1.0)  # ask the system each time
    quarter = int(min(free, free_memory())) // 4  # a container may leave less
    assert min(MOST, quarter) - 2 <= within_free_memory() <= min(MOST, quarter + 2)
    assert within_free_memory(run.MEMORY_BUDGET) <= within_free_memory()


def kept(budget: MemoryBudget, *arrays: NDArray[Any], stay: Stay = Stay.BRIEFLY) -> Held[Any]:
    return budget.keep(arrays, arrays, stay=stay)


def here(*held: Held[Any]) -> list[bool]:
    return [each.value is not None for each in held]


def test_the_bound_holds_across_holders_and_the_one_used_longest_ago_goes() -> None:
    budget = MemoryBudget(lambda: 100 * KB)
    images, metrics = RecipeCache(budget), BoundMetrics(budget)
    first = kept(budget, array())
    recipes = [SampleRecipe(str(number)) for number in range(3)]
    for recipe in recipes:
        images.put(recipe, image_from_array(array(), recipe.name))
    assert budget.size == 4 * KB
    for _ in range(10):  # each takes 32 kB by its estimate, and the last is at work
        metrics.get(Gmsd(data_range=255), array())
        assert images.get(recipes[1]) is not None  # used again and again
        assert budget.size <= 100 * KB
    assert here(first) == [False]
    assert [images.get(recipe) is not None for recipe in recipes] == [False, True, False]
    assert 2 <= len(metrics) <= 4


def test_arrays_that_are_shared_count_once_also_through_views() -> None:
    budget, shared = MemoryBudget(lambda: 10 * KB), array()
    first = kept(budget, shared, array())
    second = kept(budget, shared[3:, ::2], shared)
    assert budget.size == 2 * KB
    del first
    assert budget.size == KB
    assert here(second) == [True]


def test_what_is_on_screen_never_goes_and_counts_nothing() -> None:
    budget, shown = MemoryBudget(lambda: KB), array()
    screen = Screen(shown)
    budget.watch(screen)
    seen = kept(budget, shown)
    others = [kept(budget, array()) for _ in range(3)]
    assert here(seen, *others) == [True, False, False, True]
    assert budget.size == KB
    del screen
    assert budget.size == 2 * KB


def test_the_steps_of_a_run_count_and_make_others_go() -> None:
    budget = MemoryBudget(lambda: 3 * KB)
    others = [kept(budget, array()) for _ in range(3)]
    screen = Screen(steps=(array(), array()))
    budget.watch(screen)
    budget.make_room()
    assert here(*others) == [False, False, True]


def test_what_stays_longer_goes_last_and_what_is_at_work_counts_nothing() -> None:
    budget = MemoryBudget(lambda: 2 * KB)
    stays = (Stay.ALWAYS, Stay.LONGER, Stay.AT_WORK, Stay.BRIEFLY)
    held = [kept(budget, array(), stay=stay) for stay in stays]
    assert here(*held) == [True, True, True, False]
    held[2].stay = Stay.BRIEFLY
    budget.make_room()
    assert here(*held) == [True, True, False, False]


def test_nothing_goes_in_vain_for_what_another_one_holds() -> None:
    budget, shared = MemoryBudget(lambda: 2 * KB), array()
    longer, briefly = kept(budget, shared, stay=Stay.LONGER), kept(budget, shared)
    others = [kept(budget, array()) for _ in range(2)]
    assert here(longer, briefly, *others) == [True, True, False, True]
    others[1].stay = Stay.ALWAYS
    more = kept(budget, array(), stay=Stay.ALWAYS)
    assert here(longer, briefly, *others, more) == [False, False, False, True, True]
