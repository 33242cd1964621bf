"""Measurements of pairs that were left: going back to one shows it without measuring again.

Undo, redo and a change of candidate go back to arrays that are still there, so a measurement is
known again by the identity of its arrays and by its metric.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from ssim_viewer.images import Pair
    from ssim_viewer.session.measurement import Measurements, SsimMeasurement
    from ssim_viewer.session.pyramid import Pyramid
    from ssim_viewer.session.state import Document, Opened, Session

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
        and replace(measured.metric, precision=document.metric.precision) == document.metric
    )


def keeping(kept: tuple[Kept, ...], session: Session) -> tuple[Kept, ...]:
    """Return the kept measurements with that of a session, the oldest ones dropped."""
    document, measured = session.document, session.measured
    if document.pair is None or measured is None or not of_document(measured, document):
        return kept
    family = session.family.only(measured.reference, measured.distorted)
    latest = Kept(document.opened, document.pair, document.pictures, measured, family)
    rest = [each for each in kept if not of_document(each.measured, document)]
    entries = (*rest, latest)[-LIMIT:]
    while entries and held_bytes(entries) > BUDGET:
        entries = entries[1:]
    return entries


def recalled(session: Session) -> Session:
    """Return the session with the measurement of its document, if that was kept.

    A measurement of other images is taken away: nothing is shown under the name of another image.
    One of the same images by another metric stands until the next one is there.
    """
    document, measured = session.document, session.measured
    if of_document(measured, document):
        return session
    found = next((k for k in session.kept if of_document(k.measured, document)), None)
    if found is not None:
        family = found.family or session.family
        return replace(session, measured=found.measured, family=family, growing=None)
    measured, growing = (_of_pair(each, document) for each in (measured, session.growing))
    if measured is session.measured and growing is session.growing:
        return session
    return replace(session, measured=measured, growing=growing)


def kept_pair(kept: Iterable[Kept], opened: Opened) -> Kept | None:
    """Return what was kept of two images, brought to one size in the same way."""
    return next((each for each in kept if _opens_the_same(each.opened, opened)), None)


def held_bytes(entries: Iterable[Kept]) -> int:
    """Return the bytes of the distinct arrays that entries hold."""
    return sum({id(array): array.nbytes for each in entries for array in each.arrays}.values())


def _of_pair(measured: SsimMeasurement | None, document: Document) -> SsimMeasurement | None:
    """Return a measurement of the pair of a document, or of a step of its run, else None."""
    pair = document.pair
    if measured is None or pair is None or measured.reference is not pair.reference.pixels:
        return None
    stays = document.run is not None or measured.distorted is pair.distorted.pixels
    return measured if stays else None


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
