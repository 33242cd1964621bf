"""Measurements of pairs that were left: going back to one shows it without measuring again.

Undo, redo and a change of candidate go back to arrays that are still there, so a measurement is
known again by the identity of its arrays and by its metric.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ssim_viewer.compute.memory_budget import BUDGET
from ssim_viewer.session.arrays import measurement_arrays

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from ssim_viewer.compute.memory_budget import Held
    from ssim_viewer.images import Pair
    from ssim_viewer.session.document import Document, Opened
    from ssim_viewer.session.measurement import AnyMeasurement, Key, SsimMeasurement
    from ssim_viewer.session.pyramid import Pyramid

LIMIT = 24


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A measurement with the pair it is of, as it was opened, and those by other metrics."""

    opened: Opened | None
    pair: Pair
    pictures: tuple[Pyramid, Pyramid] | None
    measured: SsimMeasurement
    others: Mapping[Key, AnyMeasurement]

    @property
    def arrays(self) -> Iterator[NDArray[Any]]:
        """Every array that it holds."""
        yield from measurement_arrays(self.measured)
        for pyramid in self.pictures or ():
            yield from pyramid.levels
        for each in self.others.values():
            yield from measurement_arrays(each)

    def held(self) -> Held[Kept]:
        """Return it as what is kept as long as there is room."""
        return BUDGET.keep(self, self.arrays)


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


def kept_pair(kept: Iterable[Held[Kept]], opened: Opened) -> Kept | None:
    """Return what was kept of two images, brought to one size in the same way."""
    return first_kept(kept, lambda each: _opens_the_same(each.opened, opened))


def first_kept(kept: Iterable[Held[Kept]], wanted: Callable[[Kept], bool]) -> Kept | None:
    """Return the first measurement of a kind that has not gone; it is used by that."""
    for held in kept:
        value = held.value
        if value is not None and wanted(value):
            held.touch()
            return value
    return None


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
