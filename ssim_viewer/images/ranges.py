"""Data ranges: where one comes from, what a person says of it, and the guess for floats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ssim_viewer.text import tr

RangeSource = Literal["type", "guess", "given"]
"""Where a data range comes from: the number type, a guess from the values, or the person."""

RANGES = (1.0, 255.0, 65535.0, 2.0**24 - 1, 2.0**32 - 1)
"""What white is, from floats to 32 bits."""

SIXTEEN_BITS = 65535.0
# Floats may overshoot their range (ringing, a walk that leaves the range free, highlights):
# only values far beyond it say that the file counts in another unit.
_OVERSHOOT = {1.0: 16.0}
_USUAL_OVERSHOOT = 4.0


@dataclass(frozen=True, slots=True)
class GivenRange:
    """What a person says of the range.

    Attributes
    ----------
    data_range
        L of the pair: nothing is guessed and nothing is rescaled.
    reference_white, distorted_white
        The value of white in one image, which is rescaled so that its white is L.
    """

    data_range: float | None = None
    reference_white: float | None = None
    distorted_white: float | None = None

    def __bool__(self) -> bool:
        """Whether anything is given."""
        return self != NOTHING_GIVEN

    def swapped(self) -> GivenRange:
        """Return the same for the images in each other's place."""
        return GivenRange(self.data_range, self.distorted_white, self.reference_white)


NOTHING_GIVEN = GivenRange()
"""Types tell the data range, and of floats it is guessed."""


def guess_range(peak: float, *, scene_referred: bool = False) -> float:
    """Return the data range of floats by their largest magnitude: 1, or white of whole bytes.

    Files that are `scene_referred` count light in which white is 1, however bright their lights.
    """
    if scene_referred:
        return 1.0
    return next(
        (each for each in RANGES if peak <= each * _OVERSHOOT.get(each, _USUAL_OVERSHOOT)),
        RANGES[-1],
    )


def guess_note(peak: float, data_range: float) -> str:
    """Return what to say about a range guessed for one image."""
    return tr(
        "Its values reach {peak:g}, so the data range is {data_range:g}.",
        peak=peak,
        data_range=data_range,
    )
