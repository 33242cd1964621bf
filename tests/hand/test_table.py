"""The table of effects is complete: what has no row is told, and so is a row without a control."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tests.hand.desk import Desk
from tests.hand.effects import ROWS
from tests.hand.expected import ticks
from tests.hand.row import Row
from tests.hand.states import desk_in
from tests.hand.trying import MISSING, problem_of, row_of, unfound

pytestmark = pytest.mark.hand


def problems(desk: Desk, rows: tuple[Row, ...]) -> list[str]:
    desk.walk()
    without = [name for name in desk.found if row_of(name, rows) is None]
    found = [problem for name in without for problem in problem_of(desk, name, None)]
    return unfound(rows, desk.found) + found


def test_a_missing_row_and_a_stale_one_are_told(tmp_path: Path, qapp: object) -> None:
    with desk_in("sample", tmp_path) as desk:
        assert not problems(desk, ROWS)
        fewer = tuple(row for row in ROWS if not row.fits("menu swap"))
        assert MISSING.format("menu swap") in problems(desk, fewer)
        more = (*ROWS, Row("gone", ticks()))
        assert problems(desk, more) == ["nothing is found for the row gone"]
        action = QAction("New", desk.window)
        action.setObjectName("new_action")
        menu = desk.window.menuBar().actions()[0].menu()
        assert isinstance(menu, QMenu)
        menu.addAction(action)
        assert problems(desk, ROWS) == [MISSING.format("menu new_action")]
