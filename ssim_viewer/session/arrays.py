"""The arrays that parts of a session hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ssim_viewer.session.document import Document
    from ssim_viewer.session.measurement import AnyMeasurement, SsimMeasurement

    Arrays = Iterator[NDArray[Any]]


def measurement_arrays(measured: AnyMeasurement | SsimMeasurement | None) -> Arrays:
    """Yield the images of a measurement, and its maps at every level."""
    if measured is None:
        return
    yield from (measured.reference, measured.distorted)
    for pyramid in measured.pyramids.values():
        yield from pyramid.levels
    for computed in measured.computed.values():
        yield from computed.levels


def image_arrays(document: Document) -> Arrays:
    """Yield the images of a document: as opened, as the pair, and as pictures."""
    if (opened := document.opened) is not None:
        for image in (opened.reference, opened.distorted, *opened.candidates):
            yield from image.arrays
    if (pair := document.pair) is not None:
        yield from (*pair.reference.arrays, *pair.distorted.arrays)
    for pyramid in document.pictures or ():
        yield from pyramid.levels


def history_arrays(document: Document) -> Arrays:
    """Yield the images of the steps of a document: of its run, and of those that were left."""
    for run in (document.run, *document.branches):
        if run is not None:
            yield from (frame.image for frame in run.frames)
