"""What has come to stay is put aside of the collector of cycles, and taken back in the end."""

from __future__ import annotations

import gc
import sys
from types import ModuleType

import pytest

from ssim_viewer.app.lasting import WORTHWHILE, Lasting


@pytest.fixture
def lasting() -> Lasting:
    """One that has put aside what is there."""
    gc.unfreeze()
    found = Lasting()
    found.look()
    assert gc.get_freeze_count() == 0  # modules may still be coming
    found.look()
    assert gc.get_freeze_count() > 0
    return found


def test_it_waits_until_imports_have_come_to_rest(lasting: Lasting) -> None:
    lasting.end()
    assert gc.get_freeze_count() == 0


def test_few_modules_that_come_later_are_not_worth_the_time(
    lasting: Lasting, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.unfreeze()
    for number in range(WORTHWHILE - 1):
        monkeypatch.setitem(sys.modules, f"later_{number}", ModuleType("later"))
    lasting.look()
    lasting.look()
    assert gc.get_freeze_count() == 0
    monkeypatch.setitem(sys.modules, "the_last_one", ModuleType("later"))
    lasting.look()
    lasting.look()
    assert gc.get_freeze_count() > 0
    lasting.end()


def test_what_is_in_no_use_is_collected_before(lasting: Lasting) -> None:
    lasting.end()
    loop: list[object] = [_Part()]
    loop.append(loop)
    del loop
    lasting.look()
    lasting.look()
    lasting.end()
    assert not any(isinstance(each, _Part) for each in gc.get_objects())


class _Part:
    """Something in a cycle."""
