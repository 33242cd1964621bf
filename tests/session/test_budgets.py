"""History and undo follow the memory that is free."""

from __future__ import annotations

from types import SimpleNamespace

import psutil
import pytest

from ssim_viewer.session import run, undo
from ssim_viewer.session.budgets import MOST, within_free_memory


@pytest.mark.parametrize("free", [64 << 30, 8 << 30, 4 << 30, 1 << 30, 100 << 20, 0])
def test_history_and_undo_take_a_quarter_of_what_is_free_and_never_above_a_gigabyte(
    free: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=free))
    together = within_free_memory(run.MEMORY_BUDGET) + within_free_memory(undo.MEMORY_BUDGET)
    assert together <= min(MOST, free // 4)
    assert together >= min(MOST, free // 4) - 2
