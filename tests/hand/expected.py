"""What is to be seen after something was touched: the vocabulary of the table of effects.

An effect takes a `Case` and raises AssertionError where it is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

import numpy as np
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QTextEdit, QToolTip

from stress import hand
from tests.hand.desk import Desk
from tests.hand.doing import name_file, write_distorted_anew
from tests.hand.seen import Seen, changed_areas

PATIENCE = 10.0
"""Seconds until an effect counts as missing."""


@dataclass
class Case:
    """One touch: of which control, what was seen before it, and what is seen after it."""

    desk: Desk
    name: str
    before: Seen
    after: Seen = field(init=False)
    told: set[str] = field(default_factory=set)
    """The windows that the table says are opened."""

    def __post_init__(self) -> None:
        self.after = self.before

    @cached_property
    def target(self) -> str:
        """The object name, or the words, of what was touched."""
        return target_of(self.name)

    @property
    def title(self) -> str:
        """The words of the menu entry that was touched."""
        words = self.before.words.get(f"action {self.target}", self.target)
        return re.sub(r"(\t.*)? (True|False)$", "", words.replace("&", ""))

    def sees(self, condition: Callable[[Seen], bool], what: str) -> None:
        """Look until a condition holds."""

        def holds() -> bool:
            self.after = self.desk.look()
            return condition(self.after)

        if not condition(self.after):
            hand.wait(holds, what, PATIENCE)

    def fill(self, text: str) -> str:
        """Put number and name of what was touched into words, and its title into a pattern."""
        number = re.search(r"pane_(\d)", self.name) or re.search(r"(\d+)", self.target)
        return text.format(
            title=re.escape(self.title),
            n=number.group(1) if number else "",
            target=self.target,
            rest=self.target.partition("_")[2],
            dock=self.target.partition(".")[0],
            suffix=self.target.rpartition("_")[2],
            root=self.target.partition("_")[0],
        )


Effect = Callable[[Case], None]

_numbers = count(1)
_DETAILED = {"key", "press", "choice", "spin", "slider", "handle", "tab"}


def target_of(name: str) -> str:
    """Return the object name, or the words, of the thing that a control's name is about."""
    kind, _, rest = name.partition(" ")
    if kind == "surface":
        return re.sub(r" (double click|click|drag|wheel)$", "", rest)
    if kind in _DETAILED:
        return rest.rpartition(" ")[0]
    last = rest.rpartition(" ")[2]
    if kind in {"drop-down", "context"} and "_" in last:
        return last
    return rest.partition(" ")[2] or rest if kind in {"drop-down", "context"} else rest


def changes(*areas: str) -> Effect:
    """Expect other pixels in each of these widgets."""

    def effect(case: Case) -> None:
        wanted = {case.fill(area) for area in areas}
        case.sees(
            lambda after: wanted <= changed_areas(case.before, after),
            f"other pixels in {', '.join(sorted(wanted))}",
        )

    return effect


def says(widget: str, pattern: str) -> Effect:
    """Expect words in a widget, by a regular expression, that were not there before."""

    def effect(case: Case) -> None:
        name, words = case.fill(widget), re.compile(case.fill(pattern))
        assert not words.search(case.before.words.get(name, "")), f"{name} said so before"
        case.sees(
            lambda after: words.search(after.words.get(name, "")) is not None,
            f"“{words.pattern}” in {name}",
        )

    return effect


def tells_other(*widgets: str) -> Effect:
    """Expect other words, another value or tick in each of these widgets."""

    def effect(case: Case) -> None:
        names = [case.fill(widget) for widget in widgets]
        case.sees(
            lambda after: all(after.words.get(n) != case.before.words.get(n) for n in names),
            f"other words in {', '.join(names)}",
        )

    return effect


def moves(*others: str, areas: tuple[str, ...] = ()) -> Effect:
    """Expect another value of the control itself, unless it stands at that end, and in others.

    In `areas` there are other pixels then.
    """

    def effect(case: Case) -> None:
        if not _at_end(case):
            tells_other("{target}", *others)(case)
            changes(*areas)(case)

    return effect


def _at_end(case: Case) -> bool:
    """Whether the control could not go further in its direction."""
    widget = case.desk.widget(case.target)
    words = case.before.words.get(case.target)
    same = words == case.after.words.get(case.target)
    limits = (getattr(widget, "minimum", None), getattr(widget, "maximum", None))
    value = getattr(widget, "value", None)
    ends = {limit() for limit in limits if limit is not None}
    return same and value is not None and value() in ends


def goes_to_row(widget: str, step: int, most: int | None = None) -> Effect:
    """Expect another row to be the chosen one, and to look so: `step` to `most` rows further."""
    low, high = sorted((step, step if most is None else most))

    def effect(case: Case) -> None:
        begun = _row_in(case.before, widget)
        case.sees(
            lambda after: low <= _row_in(after, widget) - begun <= high,
            f"the row {low} to {high} further than {begun} in {widget}",
        )
        changes(widget)(case)

    return effect


def _row_in(seen: Seen, widget: str) -> int:
    return int(seen.words[widget].partition(":")[0].removeprefix("row "))


def ticks(*others: str) -> Effect:
    """Expect the tick of an entry to turn, and other words in other widgets."""
    return tells_other("action {target}", *others)


def ticked() -> Effect:
    """Expect a button to be pressed that was not."""
    return says("{target}", "ticked$")


class Opens:
    """Expect a window, a dialog or a part that was not open; its controls are walked too.

    Parameters
    ----------
    window
        Its object name.
    walked
        Whether its controls are walked because of this: those of views of features are anyway,
        and those of a file dialog are Qt's own.
    """

    def __init__(self, window: str, *, walked: bool = True) -> None:
        self.window, self.walked = window, walked

    def __call__(self, case: Case) -> None:
        """Look for it."""
        name = case.fill(self.window)
        assert name not in case.before.places, f"{name} was open before"
        case.sees(lambda after: name in after.places, f"the window {name}")
        case.told.add(name)
        own = self.walked or case.desk.is_view(name)
        assert own or isinstance(case.desk.widget(name), QFileDialog), (
            f"{name} is no view of a feature: its controls are to be walked"
        )


def turns() -> Effect:
    """Expect the tick of a button to turn; one that has no tick needs a row of its own."""

    def effect(case: Case) -> None:
        widget = case.desk.widget(case.target)
        assert isinstance(widget, QAbstractButton), "it has gone: it needs a row of its own"
        assert widget.isCheckable(), "it has no tick: it needs a row of its own"
        tells_other("{target}")(case)

    return effect


def reads() -> Effect:
    """Expect nothing, as in a text that is for reading: only what is selected looks otherwise."""

    def rests(case: Case) -> None:
        widget = case.desk.widget(case.target)
        text = isinstance(widget, QTextEdit | QLabel)
        assert text, "it is no text for reading: it needs a row of its own"

    return rests


def opens(window: str) -> Effect:
    """Expect a window, a dialog or a part that was not open; it is walked as a room of its own."""
    return Opens(window)


def opens_view(window: str) -> Effect:
    """Expect the view of a feature, or a file dialog, that was not open."""
    return Opens(window, walked=False)


def floats() -> Effect:
    """Expect a dock to become a window."""

    def effect(case: Case) -> None:
        dock = case.fill("{dock}")
        case.sees(lambda after: dock in after.windows, f"the window {dock}")
        case.told.add(dock)

    return effect


def shows(*widgets: str) -> Effect:
    """Expect widgets that could not be seen."""

    def effect(case: Case) -> None:
        names = {case.fill(widget) for widget in widgets}
        assert not names & case.before.places.keys(), f"{names} were seen before"
        case.sees(lambda after: names <= after.places.keys(), f"{names}")

    return effect


def hides(*widgets: str) -> Effect:
    """Expect widgets to go."""

    def effect(case: Case) -> None:
        names = {case.fill(widget) for widget in widgets}
        assert names <= case.before.places.keys(), f"{names} were not seen before"
        case.sees(lambda after: not names & after.places.keys(), f"{names} to go")

    return effect


def panes(number: int | None = None) -> Effect:
    """Expect a number of panes, by default as many as rows times columns of the entry's name."""

    def effect(case: Case) -> None:
        rows, columns = re.findall(r"\d", case.target) if number is None else (number, 1)
        wanted = int(rows) * int(columns)
        case.sees(lambda after: _panes(after) == wanted, f"{wanted} panes")

    return effect


def _panes(seen: Seen) -> int:
    return sum(bool(re.fullmatch(r"pane_\d", name)) for name in seen.places)


def brightness(low: float, high: float) -> Effect:
    """Expect a main window whose mean level is between two."""
    return lambda case: case.sees(
        lambda after: low < after.brightness() < high, f"a mean level of {low} to {high}"
    )


def copies(pattern: str) -> Effect:
    """Expect words on the clipboard, or an image where the pattern is empty."""

    def effect(case: Case) -> None:
        if pattern:
            case.sees(lambda after: bool(re.search(pattern, after.clipboard[0])), f"“{pattern}”")
        else:
            case.sees(lambda after: after.clipboard[1], "an image on the clipboard")

    return effect


def writes(file: str) -> Effect:
    """Expect to be asked for a file, and that file once it is named."""

    def effect(case: Case) -> None:
        stem, dot, suffix = case.fill(file).partition(
            "."
        )  # of its own: nothing asks whether to overwrite
        path = case.desk.folder / f"{stem} {next(_numbers)}{dot}{suffix}"
        answer_file_dialog(case, path.name)
        case.sees(lambda after: after.files.get(path, (0, 0))[0] > 0, f"the file {path.name}")

    return effect


def writes_some(file: str) -> Effect:
    """Expect to be asked for a file, and one or several once it is named."""

    def effect(case: Case) -> None:
        stem, dot, suffix = file.partition(".")
        answer_file_dialog(case, f"{stem} {next(_numbers)}{dot}{suffix}")
        case.sees(lambda after: len(after.files) > len(case.before.files), "files")

    return effect


def asks_for(file: str, *then: Effect) -> Effect:
    """Expect to be asked for a file; name one, and expect something else."""

    def effect(case: Case) -> None:
        answer_file_dialog(case, file)
        for each in then:
            each(case)

    return effect


def answer_file_dialog(case: Case, file: str) -> None:
    """Type the path of a file of the folder into the file dialog that is open."""
    case.sees(lambda after: "file_dialog" in after.windows, "a file dialog")
    name_file(case.desk, file)
    case.after = case.desk.look()


def follows(area: str) -> Effect:
    """Expect other pixels once the file of the distorted image is written anew."""

    def effect(case: Case) -> None:
        write_distorted_anew(case.desk)
        changes(area)(case)

    return effect


def follows_blinking(area: str) -> Effect:
    """Expect a picture that changes by itself, and changes back."""

    def effect(case: Case) -> None:
        changes(area)(case)
        other = case.after.picture(area)
        case.sees(
            lambda after: not np.array_equal(after.picture(area), other), f"{area} to change back"
        )

    return effect


def refuses(*words: str) -> Effect:
    """Expect the number to come back, and a tip that says its limits."""

    def effect(case: Case) -> None:
        tips: list[str] = []
        case.sees(lambda _: bool(tips) or _tip_into(tips), "a tip that says the limits")
        assert all(word in tips[0] for word in words), f"the tip says “{tips[0]}”"
        assert case.after.words[case.target] == case.before.words[case.target]
        QToolTip.hideText()

    return effect


def _tip_into(tips: list[str]) -> bool:
    if QToolTip.isVisible() and QToolTip.text().startswith("Only numbers"):
        tips.append(QToolTip.text())
    return bool(tips)


def closes(window: str) -> Effect:
    """Expect a window to go."""
    return lambda case: case.sees(lambda after: window not in after.windows, f"{window} to go")


def nothing(why: str) -> Effect:
    """Expect nothing to be seen, since that is right: it says why."""
    assert why

    def rests(_: Case) -> None:
        pass

    return rests
