"""How a person wants the values of a map to become colours; pure state, kept for each quantity."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from ssim_viewer.text import tr

SMALLEST_ERROR = 1e-7
"""The smallest 1 − SSIM that decibels tell apart: they end at 70 dB."""


class Ends(StrEnum):
    """Where the ends of a colour bar come from."""

    USUAL = "usual range"
    AUTOMATIC = "1 to 99 %"
    CHOSEN = "chosen ends"
    WHOLE = "whole range"


class Reading(StrEnum):
    """What is shown of a similarity."""

    VALUE = "value"
    COMPLEMENT = "1 − value"
    DECIBELS = "decibels"

    def shown(self, value: float) -> float:
        """Return what a value is shown as: itself, 1 − it, or −10 log₁₀(1 − it) dB."""
        match self:
            case Reading.VALUE:
                return value
            case Reading.COMPLEMENT:
                return 1.0 - value
            case Reading.DECIBELS:
                return -10 * math.log10(max(1.0 - value, SMALLEST_ERROR))

    def of_shown(self, shown: float) -> float:
        """Return the value that is shown as a number."""
        match self:
            case Reading.VALUE:
                return shown
            case Reading.COMPLEMENT:
                return 1.0 - shown
            case Reading.DECIBELS:
                return 1.0 - 10 ** (-shown / 10)


class Table(StrEnum):
    """A colour table; all are perceptually uniform, the last three are for signed maps."""

    USUAL = tr("usual colours")
    GREY = tr("grey")
    VIRIDIS = tr("viridis")
    CIVIDIS = tr("cividis")
    INFERNO = tr("inferno")
    BLUE_WHITE_RED = tr("blue, white, red")
    BLUE_BLACK_RED = tr("blue, black, red")
    GREEN_WHITE_VIOLET = tr("green, white, violet")


SEQUENTIAL = (Table.USUAL, Table.GREY, Table.VIRIDIS, Table.CIVIDIS, Table.INFERNO)
SIGNED = (
    Table.USUAL,
    Table.BLUE_WHITE_RED,
    Table.BLUE_BLACK_RED,
    Table.GREEN_WHITE_VIOLET,
)


@dataclass(frozen=True, slots=True)
class MapScale:
    """The choices for one quantity; all panes that show it share them.

    Attributes
    ----------
    low, high
        The chosen ends, in values of the quantity, of a difference in parts of the data range;
        in use with `Ends.CHOSEN`.
    locked
        Whether the other maps in the same unit share these choices: one range for l, c, s and SSIM.
    marked
        Whether values beyond the ends are marked, instead of taking the colour of the end.
    """

    ends: Ends = Ends.USUAL
    low: float = 0.0
    high: float = 1.0
    reading: Reading = Reading.VALUE
    table: Table = Table.USUAL
    locked: bool = False
    marked: bool = False


_LOCKED, _MARKED = "locked", "marked"

USUAL_SCALE = MapScale()
WHOLE_SCALE = MapScale(Ends.WHOLE)
"""The same range whatever the image, for maps of several images side by side."""


def scale_from_text(text: str) -> MapScale:
    """Return a scale that was written by `scale_as_text`.

    Raises
    ------
    ValueError
        For any other text.
    """
    ends, low, high, reading, table, *flags = text.split("|")
    if not {*flags} <= {_LOCKED, _MARKED}:
        raise ValueError(text)
    scale = MapScale(
        Ends(ends),
        float(low),
        float(high),
        Reading(reading),
        Table(table),
        locked=_LOCKED in flags,
        marked=_MARKED in flags,
    )
    if not (math.isfinite(scale.low) and math.isfinite(scale.high) and scale.low < scale.high):
        raise ValueError(text)
    return scale


def scale_as_text(scale: MapScale) -> str:
    """Return a scale as one line without tabs."""
    flags = [_LOCKED] * scale.locked + [_MARKED] * scale.marked
    parts = (scale.ends, repr(scale.low), repr(scale.high), scale.reading, scale.table, *flags)
    return "|".join(parts)
