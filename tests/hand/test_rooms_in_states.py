"""Every view of a feature in other states: without images, at work, paused, ended, with data."""

from __future__ import annotations

from pathlib import Path

import pytest

from stress.alarm import Alarm
from tests.hand.effects_by_kind import FRAMES, KINDS
from tests.hand.room_states import ROOM_STATES, desk_of
from tests.hand.rooms import Room, rooms
from tests.hand.trying import is_answered
from tests.hand.walk import one_way_of_each

pytestmark = pytest.mark.hand

VIEWS = [room for room in rooms() if room.opener is None and room.stage == 0]
CASES = [
    (room, state)
    for room in VIEWS
    for state, chosen in ROOM_STATES.items()
    if chosen.is_of(room.feature)
]


@pytest.mark.parametrize(
    ("room", "state"), CASES, ids=[f"{room.name} {state}" for room, state in CASES]
)
def test_each_control_of_a_view_is_answered_in_each_of_its_states(
    room: Room, state: str, tmp_path: Path, qapp: object
) -> None:
    problems: list[str] = []
    rows = (*FRAMES, *room.table.rows, *KINDS)
    turn = list(ROOM_STATES).index(state)
    with Alarm() as alarm, desk_of(room, state, tmp_path) as desk:
        names = desk.inside()
        assert names, "there is nothing to touch"
        for name in one_way_of_each(names, turn):
            if desk.can_use(name):
                if not is_answered(desk, name, rows):
                    problems.append(f"{name}: nothing is seen of it")
                desk.back()
            problems += [f"{name}: {heard}" for heard in alarm.taken()]
    assert not problems, "\n".join(problems)
