"""A pair whose distorted image is moved onto the reference, and both cut to what both show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.images.errors import ImageError
from ssim_viewer.images.registration import (
    LEAST_SIDE,
    Registered,
    Shift,
    common_range,
    find_shift,
    moved,
    shift_text,
)
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ssim_viewer.images.image import Image, Pair
    from ssim_viewer.images.types import Pixels

NEARLY_WHOLE = 0.05
"""Parts of a pixel below which an image is moved by whole pixels, which changes no sample."""


SHIFTS_ALONE = tr(
    "Registration finds shifts alone: a peak this low may mean that the image is turned or "
    "scaled too."
)
"""What is said where a shift is found and little lies at its place after it."""


class NoRegistration(ImageError):  # noqa: N818 - it is an answer to the person, not a failure
    """Phase correlation found no place of the distorted image on the reference."""


FINDING = 0.25
"""The share of the work that finding the shift is; moving the image is the rest."""


def registered_pair(
    pair: Pair, *, whole: bool, report: Callable[[float], None] | None = None
) -> Pair:
    """Return a pair with the distorted image moved to where its content lies on the reference.

    Parameters
    ----------
    pair
        Images of one range and one number of channels; their sizes may differ.
    whole
        Move by whole pixels alone, which changes no sample. Else a cubic spline is evaluated
        between them, where the shift has parts of a pixel worth it.
    report
        Called with the fraction done; what it raises ends the work.

    Raises
    ------
    NoRegistration
        If the peak of the phase correlation is no higher than chance, or little is in common.
    ImageError
        If samples between which a spline would go are not a number.
    """
    x, y = pair.reference.pixels, pair.distorted.pixels
    shift = find_shift(x, y, _part(report, 0.0, FINDING))
    if not shift.is_clear:
        raise NoRegistration(_no_peak(pair, shift))
    nearest = shift.whole
    near = max(abs(shift.x - nearest.x), abs(shift.y - nearest.y)) < NEARLY_WHOLE
    by = nearest if whole or near else shift
    rows, columns = (
        common_range(first, second, along)
        for first, second, along in zip(x.shape[:2], y.shape[:2], (by.y, by.x), strict=True)
    )
    shape = rows[1] - rows[0], columns[1] - columns[0]
    if min(shape) < LEAST_SIDE:
        raise NoRegistration(_no_peak(pair, shift))
    reference = replace(pair.reference, pixels=_cut(x, rows, columns))
    found = _moved(pair.distorted, by, rows, columns, _part(report, FINDING, 1.0))
    distorted = replace(pair.distorted, pixels=found)
    place = Registered(by, rows[0], columns[0])
    return replace(
        pair,
        reference=reference,
        distorted=distorted,
        notes=(*pair.notes, *([SHIFTS_ALONE] if by.is_low else []), _note(by, reference)),
        registered=place,
    )


def _cut(pixels: Pixels, rows: tuple[int, int], columns: tuple[int, int]) -> NDArray[Any]:
    return pixels[rows[0] : rows[1], columns[0] : columns[1]].copy()


def _part(
    report: Callable[[float], None] | None, begin: float, end: float
) -> Callable[[float], None] | None:
    """Return what reports the fraction of a part of the work as one of the whole."""
    if report is None:
        return None
    return lambda fraction: report(begin + (end - begin) * fraction)


def _moved(
    image: Image,
    by: Shift,
    rows: tuple[int, int],
    columns: tuple[int, int],
    report: Callable[[float], None] | None,
) -> Pixels:
    pixels = image.pixels
    if not by.is_whole and pixels.dtype.kind == "f" and np.isnan(pixels).any():
        raise ImageError(
            tr(
                "“{name}” has samples that are not a number, through which no spline goes: "
                "register by whole pixels.",
                name=image.name,
            )
        )
    shape = rows[1] - rows[0], columns[1] - columns[0]
    found = moved(pixels, by.x, by.y, shape, (rows[0], columns[0]), report=report)
    if by.is_whole:
        return found
    # A spline overshoots at edges: keep to what can be shown, and to what was there already.
    low, high = min(float(pixels.min()), 0.0), max(float(pixels.max()), image.data_range)
    return np.clip(found, low, high, out=found)


def _note(by: Shift, reference: Image) -> str:
    parameters = {
        "by": shift_text(-by.x, -by.y),
        "size": reference.size_text,
        "peak": f"{by.peak:.2f}",
    }
    if by.is_whole:
        return tr(
            "The distorted image was moved by {by} pixels onto the reference (peak of the phase "
            "correlation {peak}, 1 is a copy), and both were cropped to their common part, {size}.",
            **parameters,
        )
    return tr(
        "The distorted image was moved by {by} pixels onto the reference (peak of the phase "
        "correlation {peak}, 1 is a copy) through a cubic spline, and both were cropped to their "
        "common part, {size}.",
        **parameters,
    )


def _no_peak(pair: Pair, shift: Shift) -> str:
    sizes = {"first": pair.reference.size_text, "second": pair.distorted.size_text}
    return tr(
        "Phase correlation finds no place of the distorted image ({second}) on the reference "
        "({first}): its highest peak is {peak:.3f}, and chance alone gives {chance:.3f}. It finds "
        "shifts alone; an image that is turned or scaled is brought into place by another program.",
        peak=shift.peak,
        chance=min(shift.chance, 1.0),
        **sizes,
    )
