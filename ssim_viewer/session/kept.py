"""Measurements of pairs that were left: going back to one shows it without measuring again.

Undo, redo and a change of candidate go back to arrays that are still there, so a measurement is
known again by the identity of its arrays and by its metric.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from ssim_viewer.images import Pair
    from ssim_viewer.session.document import Document, Opened
    from ssim_viewer.session.measurement import Measurements, SsimMeasurement
    from ssim_viewer.session.pyramid import Pyramid

BUDGET = min(1 << 30, psutil.virtual_memory().total // 8)
"""Bytes that kept measurements may hold, the one on screen left out."""

LIMIT = 24


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A measurement with the pair it is of, as it was opened."""

    opened: Opened | None
    pair: Pair
    pictures: tuple[Pyramid, Pyramid] | None
    measured: SsimMeasurement
    family: Measurements | None

    @property
    def arrays(self) -> Iterator[NDArray[Any]]:
        """Every array that it holds."""
        yield from (self.measured.reference, self.measured.distorted)
        pyramids = [*self.measured.pyramids.values(), *(self.pictures or ())]
        if self.family is not None:
            for each in self.family.all.values():
                pyramids += each.pyramids.values()
        for pyramid in pyramids:
            yield from pyramid.levels


def of_document(measured: SsimMeasurement | None, document: Document) -> bool:
    """Whether a measurement is of the images and the metric of a document."""
    return (
        measured is not None
        and document.pair is not None
        and measured.reference is document.pair.reference.pixels
        and measured.distorted is document.shown
        and measured.mask is document.pair.mask
        and measured.metric.in_precision(document.metric.precision) == document.metric
    )


def kept_pair(kept: Iterable[Kept], opened: Opened) -> Kept | None:
    """Return what was kept of two images, brought to one size in the same way."""
    return next((each for each in kept if _opens_the_same(each.opened, opened)), None)


def within_budget(entries: tuple[Kept, ...]) -> tuple[Kept, ...]:
    """Return the latest entries, as many as may be held."""
    entries = entries[-LIMIT:]
    while entries and held_bytes(entries) > BUDGET:
        entries = entries[1:]
    return entries


def held_bytes(entries: Iterable[Kept]) -> int:
    """Return the bytes of the distinct arrays that entries hold."""
    return sum({id(array): array.nbytes for each in entries for array in each.arrays}.values())


def _opens_the_same(first: Opened | None, second: Opened) -> bool:
    def key(opened: Opened) -> tuple[object, ...]:
        return (
            opened.reference,
            opened.distorted,
            opened.alignment,
            opened.given,
            opened.background,
            opened.mask,
            opened.channel,
        )

    return first is not None and key(first) == key(second)
