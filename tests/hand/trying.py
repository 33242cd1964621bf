"""Touching one control, and asking its row of the table for what is to be seen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QWidget

from tests.hand.desk import Desk
from tests.hand.effects import ROWS
from tests.hand.expected import Case
from tests.hand.row import Row
from tests.hand.seen import Seen

MISSING = "add a row for {} to the tables in tests/hand"


@cache
def row_of(name: str, rows: tuple[Row, ...] = ROWS) -> Row | None:
    """Return the row of a table about a control, by its name."""
    return next((row for row in rows if row.fits(name)), None)


def unfound(rows: tuple[Row, ...], names: Iterable[str], state: str = "sample") -> list[str]:
    """Return the problem of each row of a state that no control is found for."""
    used = {row_of(name, rows) for name in names}
    left = [row for row in rows if row.state == state and row not in used]
    return [f"nothing is found for the row {row.pattern}" for row in left]


def problem_of(desk: Desk, name: str, row: Row | None) -> list[str]:
    """Touch a control and return what is wrong with it, if anything; the state comes back."""
    if row is None:
        return [MISSING.format(name)]
    if row.off:
        tells = f"{name} can be used, though the table says: {row.off}"
        return [tells] if desk.can_use(name) else []
    if row.anew:
        desk.open_anew()
    try:
        try_out(desk, name, row)
    except AssertionError as error:
        return [f"{name}: {error}"]
    finally:
        desk.back()
    return []


def try_out(desk: Desk, name: str, row: Row) -> None:
    """Touch a control and raise AssertionError unless all that its row tells is seen."""
    case = Case(desk, name, desk.before)
    first = [*row.first, *_other(desk, case, row)]
    for step in first:
        if callable(step):
            step(desk)
        else:
            each = case.fill(step)
            assert desk.can_use(each), f"{each} cannot be used"
            desk.use(each)
    if first:
        desk.settle()
        case.before = desk.rest()
    assert desk.can_use(name), "it cannot be used"
    desk.use(name)
    case.after = desk.look() if desk.is_open else NOTHING
    for effect in row.effects:
        effect(case)
    untold = case.after.windows - case.before.windows - case.told
    assert not untold, f"it opens {', '.join(sorted(untold))}, which its row does not tell"


def is_answered(desk: Desk, name: str, rows: tuple[Row, ...] = ROWS) -> bool:
    """Touch a control in a state, and return whether something is seen of it.

    What is in force already, or needs something first, may leave all as it is.
    """
    row = row_of(name, rows)
    case = Case(desk, name, desk.before)
    may_rest = row is None or bool(row.first) or row.rests or bool(_other(desk, case, row))
    desk.use(name)
    if may_rest or _has_no_rows(desk.widget(case.target)) or not desk.is_open:
        return True
    try:
        case.sees(lambda after: after.differs_from(case.before), "anything")
    except AssertionError:
        return False
    return True


def _has_no_rows(widget: QWidget | None) -> bool:
    """Whether a widget is a list without rows: there is nothing in it that could be touched."""
    return isinstance(widget, QAbstractItemView) and widget.model().rowCount() == 0


NOTHING = Seen({}, {}, {}, {}, ("", False))


def _other(desk: Desk, case: Case, row: Row) -> list[str]:
    """Return what is chosen first where the control stands for what is in force already."""
    box = desk.widget(case.target)
    if case.name.startswith("choice ") and isinstance(box, QComboBox):
        number = int(case.name.rpartition(" ")[2])
        if box.currentIndex() != number:
            return []
        return [row.other or _neighbour(desk, case.name)]
    words = case.before.words.get(case.target, "")
    entry = case.before.words.get(f"action {case.target}", "")
    in_force = words.endswith("ticked") or entry.endswith("True")
    if not in_force:
        return []
    beside = _beside(desk, case.target)
    return [row.other] if row.other else [beside] if beside else []


def _beside(desk: Desk, target: str) -> str:
    """Return another button of the group of a button, of which one is always down; or ""."""
    button = desk.widget(target)
    group = button.group() if isinstance(button, QAbstractButton) else None
    if group is None or not group.exclusive():
        return ""
    others = [each for each in group.buttons() if each is not button and each.isEnabled()]
    return f"button {others[0].objectName()}" if others else ""


def _neighbour(desk: Desk, name: str) -> str:
    """Return another choice of the same box."""
    start = name.rpartition(" ")[0]
    return next(
        each
        for each, control in desk.found.items()
        if each.rpartition(" ")[0] == start and each != name and control.enabled()
    )
