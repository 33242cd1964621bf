"""Undo: documents that were, documents that were taken back, each with a name.

Old documents share their arrays with the present one; images that only they hold cost memory,
and the oldest documents go first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ssim_viewer.session.state import Document

LIMIT = 100
MEMORY_BUDGET = 1 << 30
"""Bytes of images that past documents may hold on to."""


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """A document and the name of the change that left it."""

    name: str
    document: Document


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The past and the undone, latest last."""

    past: tuple[Past, ...] = ()
    undone: tuple[Past, ...] = ()
    gesture: str = ""

    def recorded(self, name: str, document: Document, gesture: str = "") -> History:
        """Return the history with one more change, named after what it does.

        The same change made again at once, such as a slider that still moves, is one change. What
        arrives after its gesture has ended is known by the name of the gesture.
        """
        gesture = gesture or name
        if self.past and gesture == self.gesture:
            return replace(self, undone=())
        return History(_trimmed((*self.past, Past(name, document))), (), gesture)

    def settled(self) -> History:
        """Return the history in which the next change stands by itself."""
        return replace(self, gesture="")

    def undo(self, present: Document) -> tuple[History, Document]:
        """Return the history and the document after taking the last change back."""
        *past, last = self.past
        undone = (*self.undone, Past(last.name, present))
        return History(tuple(past), undone), last.document

    def redo(self, present: Document) -> tuple[History, Document]:
        """Return the history and the document after making the last undone change again."""
        *undone, last = self.undone
        past = (*self.past, Past(last.name, present))
        return History(past, tuple(undone)), last.document


def _trimmed(past: tuple[Past, ...]) -> tuple[Past, ...]:
    past = past[-LIMIT:]
    while len(past) > 1 and _held(past) > MEMORY_BUDGET:
        past = past[1:]
    return past


def _held(past: tuple[Past, ...]) -> int:
    """Bytes of the distinct images of past documents: opened ones, pairs and runs."""
    return sum({id(array): array.nbytes for each in past for array in _arrays(each)}.values())


def _arrays(entry: Past) -> Iterator[NDArray[Any]]:
    document = entry.document
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
