"""Every control of what features open, and of every dialog: each is opened and walked."""

from __future__ import annotations

from pathlib import Path

import pytest

from stress.alarm import Alarm
from tests.hand.effects_by_kind import FRAMES, KINDS
from tests.hand.rooms import Room, RoomDesk, rooms
from tests.hand.trying import problem_of, row_of, unfound
from tests.hand.walk import one_of_each_kind

pytestmark = pytest.mark.hand


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_each_control_of_a_room_does_what_its_table_says(
    room: Room, tmp_path: Path, qapp: object
) -> None:
    (tmp_path / "images").mkdir()
    problems: list[str] = []
    rows = (*FRAMES, *room.table.rows, *KINDS)
    with Alarm() as alarm, RoomDesk(tmp_path / "images", room) as desk:
        names = desk.inside()
        assert names, "there is nothing to touch"
        problems += unfound(room.table.rows, [n for n in names if row_of(n, FRAMES) is None])
        for name in one_of_each_kind(names, 0):
            problems += problem_of(desk, name, row_of(name, rows))
            problems += [f"{name}: {heard}" for heard in alarm.taken()]
    assert not problems, "\n".join(problems)
