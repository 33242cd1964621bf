"""Undo: what was, and what was taken back, each with a name.

A change of the document keeps the document before it, a change of the way of looking the way
before it, a change of both keeps both: undo brings back what was changed and leaves the rest. Old
documents share their arrays with the present one; images that only they hold cost memory, and the
oldest go first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.session.budgets import MOST, within_free_memory
from ssim_viewer.session.ways import Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ssim_viewer.session.state import Document, Session

LIMIT = 100
MEMORY_BUDGET = MOST - MOST // 3
"""Bytes of images that past documents may hold on to; less where little memory is free."""


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What a change left, and its name.

    Attributes
    ----------
    document, way
        The document and the way of looking before the change; None where it left that alone.
    """

    name: str
    document: Document | None = None
    way: Way | None = None

    def of(self, session: Session) -> Past:
        """Return the same parts of a session."""
        return Past(
            self.name,
            None if self.document is None else session.document,
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
            first = Past(last.name, last.document or left.document, last.way or left.way)
            if (first.document, first.way) == (last.document, last.way):
                return replace(self, undone=())
            return replace(self, past=(*past, first), undone=())
        return History(_trimmed((*self.past, left)), (), gesture)

    def settled(self) -> History:
        """Return the history in which the next change stands by itself."""
        return replace(self, gesture="")

    def undo(self, present: Session) -> tuple[History, Past]:
        """Return the history after taking the last change back, and what is brought back."""
        *past, last = self.past
        return History(tuple(past), (*self.undone, last.of(present))), last

    def redo(self, present: Session) -> tuple[History, Past]:
        """Return the history after making the last undone change again, and what that brings."""
        *undone, last = self.undone
        return History((*self.past, last.of(present)), tuple(undone)), last


def _trimmed(past: tuple[Past, ...]) -> tuple[Past, ...]:
    past = past[-LIMIT:]
    budget = within_free_memory(MEMORY_BUDGET)
    while len(past) > 1 and _held(past) > budget:
        past = past[1:]
    return past


def _held(past: tuple[Past, ...]) -> int:
    """Bytes of the distinct images of past documents: opened ones, pairs and runs."""
    return sum({id(array): array.nbytes for each in past for array in _arrays(each)}.values())


def _arrays(entry: Past) -> Iterator[NDArray[Any]]:
    document = entry.document
    if document is None:
        return
    if (opened := document.opened) is not None:
        for image in (opened.reference, opened.distorted, *opened.candidates):
            yield image.pixels
    if (pair := document.pair) is not None:
        yield from (pair.reference.pixels, pair.distorted.pixels)
    for pyramid in document.pictures or ():
        yield from pyramid.levels
    for run in (document.run, *document.branches):
        if run is not None:
            yield from (frame.image for frame in run.frames)
