"""Every action, menu entry, choice, button, slider and key, found by walking the real window."""

from __future__ import annotations

from pathlib import Path

import pytest

from stress.alarm import Alarm
from tests.hand.desk import Desk
from tests.hand.states import EFFECTS, STATES, desk_in
from tests.hand.trying import is_answered, row_of, try_out
from tests.hand.walk import one_of_each_kind, one_way_of_each, third

pytestmark = pytest.mark.hand

MISSING = "add a row for {} to tests/hand/effects.py"


@pytest.mark.parametrize("state", EFFECTS)
def test_each_control_does_what_the_table_says(state: str, tmp_path: Path, qapp: object) -> None:
    problems: list[str] = []
    with Alarm() as alarm, desk_in(state, tmp_path) as desk:
        for name in one_of_each_kind(desk.found, 0):
            problems += _problems_of(desk, name, state)
            problems += [f"{name}: {heard}" for heard in alarm.taken()]
    assert not problems, "\n".join(problems)


def _problems_of(desk: Desk, name: str, state: str) -> list[str]:
    row = row_of(name)
    if row is None:
        return [MISSING.format(name)]
    if row.off:
        tells = f"{name} can be used, though the table says: {row.off}"
        return [tells] if desk.can_use(name) else []
    if row.state != state:
        return []
    try:
        try_out(desk, name, row)
    except AssertionError as error:
        return [f"{name}: {error}"]
    finally:
        desk.back()
    return []


@pytest.mark.parametrize("state", [each for each in STATES if each not in EFFECTS[:1]])
def test_each_control_is_answered_in_each_state(state: str, tmp_path: Path, qapp: object) -> None:
    """Each thing is done in three of the nine states, in another way each time."""
    problems: list[str] = []
    turn = list(STATES).index(state)
    with Alarm() as alarm, desk_in(state, tmp_path) as desk:
        for name in third(one_way_of_each(desk.found, turn), turn):
            if desk.can_use(name):
                if not is_answered(desk, name):
                    problems.append(f"{name}: nothing is seen of it")
                desk.back()
            problems += [f"{name}: {heard}" for heard in alarm.taken()]
    assert not problems, "\n".join(problems)
