"""Undo: what was, and what was taken back, each with a name.

A change of the document keeps the document before it, a change of the way of looking the way
before it, a change of both keeps both: undo brings back what was changed and leaves the rest. Old
documents share their arrays with the present one; images that only they hold cost memory, and the
oldest go first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.compute.memory_budget import BUDGET, Stay
from ssim_viewer.session.arrays import history_arrays, image_arrays
from ssim_viewer.session.ways import Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ssim_viewer.compute.memory_budget import Held
    from ssim_viewer.session.state import Document, Session

LIMIT = 100

RECENT = 10
"""So many steps back and forth stay as long as anything else can go."""


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What a change left, and its name.

    Attributes
    ----------
    held, way
        The document, for as long as there is room for it, and the way of looking before the
        change; None where it left that alone.
    """

    name: str
    held: Held[Document] | None = None
    way: Way | None = None

    @classmethod
    def left(cls, name: str, document: Document | None, way: Way | None) -> Past:
        """Return what a change left."""
        held = None if document is None else BUDGET.keep(document, _arrays(document))
        return cls(name, held, way)

    @property
    def document(self) -> Document | None:
        """The document before the change; None where it left that alone."""
        return None if self.held is None else self.held.value

    @property
    def gone(self) -> bool:
        """Whether there was no more room for it."""
        return self.held is not None and self.held.value is None

    def of(self, session: Session) -> Past:
        """Return the same parts of a session."""
        return Past.left(
            self.name,
            None if self.held is None else session.document,
            None if self.way is None else Way.of(session),
        )


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The past and the undone, latest last."""

    past: tuple[Past, ...] = ()
    undone: tuple[Past, ...] = ()
    gesture: str = ""

    def recorded(self, left: Past, gesture: str = "") -> History:
        """Return the history with one more change, by what it left.

        The same change made again at once, such as a slider that still moves, is one change. What
        arrives after its gesture has ended is known by the name of the gesture.
        """
        gesture = gesture or left.name
        if self.past and gesture == self.gesture:
            *past, last = self.past
            first = Past(last.name, last.held or left.held, last.way or left.way)
            if (first.held, first.way) == (last.held, last.way):
                return replace(self, undone=())
            return replace(self, past=_reached((*past, first)), undone=())
        return History(_reached((*self.past, left)), (), gesture)

    def settled(self) -> History:
        """Return the history in which the next change stands by itself."""
        return replace(self, gesture="")

    def undo(self, present: Session) -> tuple[History, Past]:
        """Return the history after taking the last change back, and what is brought back."""
        *past, last = self.past
        return History(_reached(past), _reached((*self.undone, last.of(present)))), last

    def redo(self, present: Session) -> tuple[History, Past]:
        """Return the history after making the last undone change again, and what that brings."""
        *undone, last = self.undone
        return History(_reached((*self.past, last.of(present))), _reached(undone)), last


def _reached(steps: Sequence[Past]) -> tuple[Past, ...]:
    """Return the latest steps: those before one that has gone cannot be reached.

    The next one stays, and those after it longer than others.
    """
    steps = steps[-LIMIT:]
    lost = max((place + 1 for place, each in enumerate(steps) if each.gone), default=0)
    for back, each in enumerate(reversed(steps[lost:])):
        if each.held is not None:
            each.held.stay = (
                Stay.ALWAYS if back == 0 else Stay.LONGER if back < RECENT else Stay.BRIEFLY
            )
    return tuple(steps[lost:])


def _arrays(document: Document) -> Iterator[NDArray[Any]]:
    yield from image_arrays(document)
    yield from history_arrays(document)
