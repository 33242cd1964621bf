"""The data range of a pair: one range and one unit for both images.

Integer types say what white is. Floats do not: their range is guessed once for the pair, from the
larger of both peaks. A guess chooses L and nothing else: values are rescaled only where types or
the person say what white is, so that no guess ever changes an MSE.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.images.ranges import SIXTEEN_BITS, GivenRange, RangeSource, guess_range
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.images.image import Image

_DEPTHS = (8, 10, 12, 14)
"""Bits that instruments and cameras store in 16."""


@dataclass(frozen=True, slots=True)
class PairRange:
    """The range of a pair.

    Attributes
    ----------
    data_range
        L, the distance of white from black, for both images.
    source
        Where it comes from.
    scales
        What the samples of the reference and of the distorted image are multiplied by.
    notes
        Sentences that a person should read.
    offer
        Another range that the values suggest, or None.
    peak
        The largest magnitude in both images, where the range was guessed from it.
    """

    data_range: float
    source: RangeSource
    scales: tuple[float, float] = (1.0, 1.0)
    notes: tuple[str, ...] = ()
    offer: GivenRange | None = None
    peak: float | None = None


def pair_range(reference: Image, distorted: Image, given: GivenRange) -> PairRange:
    """Return the range of a pair; see the module for the rule."""
    if given:
        return _given(reference, distorted, given)
    peaks = [image.guessed_from for image in (reference, distorted)]
    if None not in peaks:
        scene = reference.scene_referred or distorted.scene_referred
        return _guessed(max(peak for peak in peaks if peak is not None), scene=scene)
    if peaks != [None, None]:
        return _mixed(reference, distorted)
    return _typed(reference, distorted)


def _given(reference: Image, distorted: Image, given: GivenRange) -> PairRange:
    white = given.data_range or given.reference_white
    if white is None:
        white = reference.data_range
        source: RangeSource = "type" if reference.guessed_from is None else "guess"
    else:
        source = "given"
    whites = [given.reference_white or white, given.distorted_white or white]
    if given.data_range is None and not given.distorted_white and distorted.guessed_from is None:
        whites[1] = distorted.data_range
    scales = white / whites[0], white / whites[1]
    notes = tuple(
        tr(
            "The {what} was rescaled from the data range {own:g} to {white:g}.",
            what=what,
            own=own,
            white=white,
        )
        for what, own in zip((tr("reference"), tr("distorted image")), whites, strict=True)
        if own != white
    )
    return PairRange(white, source, scales, notes)


def _guessed(peak: float, *, scene: bool) -> PairRange:
    white = guess_range(peak, scene_referred=scene)
    notes: tuple[str, ...] = ()
    if scene and white != guess_range(peak):
        notes = (
            tr(
                "The values of the pair reach {peak:g}; OpenEXR and HDR files count light, so "
                "white is taken to be 1, and nothing was rescaled.",
                peak=peak,
            ),
        )
    elif white != 1 or peak > 1:
        notes = (
            tr(
                "The values of the pair reach {peak:g}, so its data range is taken to be"
                " {white:g}; "
                "nothing was rescaled.",
                peak=peak,
                white=white,
            ),
        )
    offer = _fewer_bits(peak) if white == SIXTEEN_BITS else None
    return PairRange(white, "guess", notes=notes + _offer_note(peak, offer), offer=_for_both(offer))


def _mixed(reference: Image, distorted: Image) -> PairRange:
    """Floats beside integers: the unit of the floats is not known, so they stay as they are."""
    first = reference.guessed_from is not None
    floats, integers = (reference, distorted) if first else (distorted, reference)
    what, other = (
        (tr("reference"), tr("distorted image"))
        if first
        else (tr("distorted image"), tr("reference"))
    )
    white, peak = integers.data_range, floats.guessed_from or 0.0
    notes: tuple[str, ...] = (
        tr(
            "The {what} holds floats that reach {peak:g}; they are taken to be in the unit of the "
            "{other}, which counts to {white:g}.",
            what=what,
            peak=peak,
            other=other,
            white=white,
        ),
    )
    offer = None
    if floats.data_range != white:
        own = floats.data_range
        # L becomes the integers' white, since that of the floats is what the person tells.
        offer = GivenRange(white, own if first else None, None if first else own)
        notes = (
            tr(
                "The {what} holds floats that reach {peak:g} beside a {other} that counts to "
                "{white:g}: nothing was rescaled, so the scores are right only if both have"
                " one unit. "
                "If {own:g} is white in the {what}, say so.",
                what=what,
                peak=peak,
                other=other,
                white=white,
                own=own,
            ),
        )
    return PairRange(white, "guess", notes=notes, offer=offer)


def _typed(reference: Image, distorted: Image) -> PairRange:
    white, other = reference.data_range, distorted.data_range
    notes: tuple[str, ...] = ()
    if white != other:
        notes = (
            tr(
                "The distorted image was rescaled from the data range {other:g} to {white:g}.",
                other=other,
                white=white,
            ),
        )
    deep = [image for image in (reference, distorted) if image.data_range == SIXTEEN_BITS]
    peak = max((float(image.pixels.max()) for image in deep), default=0.0)
    offer = _fewer_bits(peak)
    choice = _for_both(offer)
    if offer is not None and len(deep) == 1:
        first = deep[0] is reference
        choice = GivenRange(None, offer, other) if first else GivenRange(None, None, offer)
    scales = (1.0, white / other)
    return PairRange(white, "type", scales, notes + _offer_note(peak, offer), choice)


def _fewer_bits(peak: float) -> float | None:
    """Return the white of the fewest bits that hold a peak, where 16 are more than enough."""
    if peak < 1:
        return None
    return next((2.0**bits - 1 for bits in _DEPTHS if peak < 2**bits), None)


def _for_both(white: float | None) -> GivenRange | None:
    return None if white is None else GivenRange(white)


def _offer_note(peak: float, white: float | None) -> tuple[str, ...]:
    if white is None:
        return ()
    bits = int(white + 1).bit_length() - 1
    return (
        tr(
            "Values that could reach 65535 reach only {peak:g} and fit into {bits} bits: if "
            "{white:g} is white, choose that data range.",
            peak=peak,
            bits=bits,
            white=white,
        ),
    )
