"""A row of the table of effects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from tests.hand.desk import Desk
from tests.hand.expected import Effect, Opens, target_of

First = str | Callable[[Desk], object]
"""What comes before: the name of a control that is touched, or something done."""


NOTHING = "rests"
"""The name of the effect that expects nothing to be seen."""


class Row:
    """One or several controls, and what is seen after each.

    Parameters
    ----------
    pattern
        Of the object name, as a shell would match it; with a detail such as ``table click`` too.
    effects
        All of them are expected.
    first
        What has to be so before the control can be used.
    other
        A control that is touched first where what this one stands for is in force already.
    state
        In which state the effect is looked at.
    off
        Why it can never be used in any of the states, and where it is tested instead.
    anew
        Whether the window is opened anew before: steps of a run are not taken back.
    """

    def __init__(
        self,
        pattern: str,
        *effects: Effect,
        first: Sequence[First] = (),
        other: str = "",
        state: str = "sample",
        off: str = "",
        anew: bool = False,
    ) -> None:
        self.pattern, self.effects = pattern, effects
        self.first, self.other = first, other
        self.state, self.off, self.anew = state, off, anew

    @property
    def rests(self) -> bool:
        """Whether nothing is to be seen."""
        return not self.effects or any(
            getattr(effect, "__name__", "") == NOTHING for effect in self.effects
        )

    @property
    def opens(self) -> str:
        """The object name of what it opens and what is to be walked, or ""."""
        found = [each for each in self.effects if isinstance(each, Opens) and each.walked]
        return found[0].window if found else ""

    def fits(self, name: str) -> bool:
        """Whether the row is about a control, by the control's name."""
        kind, _, rest = name.partition(" ")
        owner = kind in {"context", "drop-down"}  # that is named before the entry
        names = {target_of(name), name} if owner else {target_of(name), rest, name}
        return any(fnmatchcase(each, self.pattern) for each in names)
