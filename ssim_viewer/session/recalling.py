"""A session keeps the measurement it leaves, and shows one again when it goes back to its pair."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssim_viewer.session.kept import LIMIT, Kept, first_kept, of_document
from ssim_viewer.session.measurement import Measurements

if TYPE_CHECKING:
    from ssim_viewer.compute.memory_budget import Held
    from ssim_viewer.session.document import Document
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.state import Session


def keeping(kept: tuple[Held[Kept], ...], session: Session) -> tuple[Held[Kept], ...]:
    """Return the kept measurements with that of a session, without those that have gone."""
    document, measured = session.document, session.measured
    if document.pair is None or measured is None or not of_document(measured, document):
        return kept
    found = session.measurements.only(measured.reference, measured.distorted)
    latest = Kept(document.opened, document.pair, document.pictures, measured, found.others)
    rest = [
        held
        for held in kept
        if held.value is not None and not of_document(held.value.measured, document)
    ]
    return (*rest, latest.held())[-LIMIT:]


def recalled(session: Session) -> Session:
    """Return the session with the measurement of its document, if that was kept.

    A measurement of other images is taken away: nothing is shown under the name of another image.
    One of the same images by another metric stands until the next one is there.
    """
    document, measured = session.document, session.measured
    if of_document(measured, document):
        return session
    found = first_kept(session.kept, lambda each: of_document(each.measured, document))
    if found is not None:
        others = found.others or session.measurements.others
        return replace(session, measurements=Measurements(found.measured, others), growing=None)
    measured, growing = (_of_pair(each, document) for each in (measured, session.growing))
    if measured is session.measured and growing is session.growing:
        return session
    measurements = session.measurements.with_ssim(measured)
    return replace(session, measurements=measurements, growing=growing)


def _of_pair(measured: SsimMeasurement | None, document: Document) -> SsimMeasurement | None:
    """Return a measurement of the pair of a document, or of a step of its run, else None."""
    pair = document.pair
    if measured is None or pair is None or measured.reference is not pair.reference.pixels:
        return None
    stays = document.run is not None or measured.distorted is pair.distorted.pixels
    return measured if stays else None
