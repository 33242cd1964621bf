"""Every action, menu entry, choice, button, slider and key, found by walking the real window."""

from __future__ import annotations

from pathlib import Path

import pytest

from stress.alarm import Alarm
from tests.hand.effects import ROWS
from tests.hand.states import EFFECTS, STATES, desk_in
from tests.hand.trying import is_answered, problem_of, row_of, unfound
from tests.hand.walk import one_of_each_kind, one_way_of_each, third

pytestmark = pytest.mark.hand


PARTS = 5
"""The first state has most rows: it is walked in parts, beside each other."""
WALKS = [*((EFFECTS[0], part) for part in range(PARTS)), *((each, None) for each in EFFECTS[1:])]


@pytest.mark.parametrize(("state", "part"), WALKS)
def test_each_control_does_what_the_table_says(
    state: str, part: int | None, tmp_path: Path, qapp: object
) -> None:
    problems: list[str] = []
    with Alarm() as alarm, desk_in(state, tmp_path) as desk:
        problems += unfound(ROWS, desk.found, state)
        for name in one_of_each_kind(desk.found, 0)[part :: PARTS if part is not None else None]:
            row = row_of(name)
            if row is None or row.off or row.state == state:
                problems += problem_of(desk, name, row)
            problems += [f"{name}: {heard}" for heard in alarm.taken()]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("state", [each for each in STATES if each not in EFFECTS[:1]])
def test_each_control_is_answered_in_each_state(state: str, tmp_path: Path, qapp: object) -> None:
    """Each thing is done in three of the ten states, in another way each time."""
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
