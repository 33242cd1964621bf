"""Which values the two ends of a colour bar stand for: usual, automatic, whole or chosen.

The usual ends are round and follow the map in large steps, so that they stay while an image
changes a little.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ssim_viewer.metrics.maps.spec import MapKind
from ssim_viewer.session.map_scale import Ends, MapScale, Reading

if TYPE_CHECKING:
    from ssim_viewer.session.robust_range import RobustRange

_LIKE_IDENTICAL = 1e-6
"""A similarity that is less than this below 1 nearly everywhere is of identical images."""

_DECIBELS_AT_MOST = 50.0


def levels_of(
    kind: MapKind, robust_range: RobustRange, chosen: MapScale, per: float
) -> tuple[float, float]:
    """Return what the first and the last colour stand for, as shown; the first one is smaller.

    Parameters
    ----------
    robust_range
        Where the values of the map lie; of a similarity those of SSIM itself for the usual ends.
    per
        The value that the chosen ends are parts of.
    """
    match kind:
        case MapKind.SIGNED:
            end = _signed_end(robust_range, chosen, per)
            return -end, end
        case MapKind.ERROR:
            return _apart(*_of_error(robust_range, chosen, per))
        case MapKind.SIMILARITY | MapKind.IMAGE:
            return _apart(*_of_similarity(robust_range, chosen))


def _signed_end(robust_range: RobustRange, chosen: MapScale, per: float) -> float:
    match chosen.ends:
        case Ends.CHOSEN:
            end = max(abs(chosen.low), abs(chosen.high)) * per
        case Ends.AUTOMATIC:
            end = max(abs(robust_range.p1), abs(robust_range.p99))
        case _:
            end = rounded_up(robust_range.largest) if robust_range.largest > 0 else per
    return max(end, 1e-12 * per) if end > 0 else per


def _of_error(robust_range: RobustRange, chosen: MapScale, per: float) -> tuple[float, float]:
    match chosen.ends:
        case Ends.CHOSEN:
            return chosen.low * per, chosen.high * per
        case Ends.AUTOMATIC:
            return robust_range.p1, robust_range.p99
        case _:
            return 0.0, rounded_up(robust_range.largest) if robust_range.largest > 0 else per


def _of_similarity(robust_range: RobustRange, chosen: MapScale) -> tuple[float, float]:
    reading = chosen.reading
    match chosen.ends:
        case Ends.CHOSEN:
            ends = chosen.low, chosen.high
        case Ends.AUTOMATIC:
            ends = robust_range.p1, robust_range.p99
        case Ends.WHOLE:
            ends = (-1.0, 1.0) if reading is not Reading.DECIBELS else (0.0, 1.0)
        case Ends.USUAL if reading is Reading.DECIBELS:
            return _usual_decibels(robust_range)
        case Ends.USUAL:
            ends = _usual_low(robust_range.p5), 1.0
    first, last = (reading.shown(end) for end in ends)
    return (first, last) if first < last else (last, first)


def _usual_low(p5: float) -> float:
    """Return −1 where there are negatives, else a round number below nearly all values."""
    if p5 < 0:
        return -1.0
    error = 1.0 - p5
    return 0.0 if error < _LIKE_IDENTICAL else 1.0 - min(rounded_up(error), 1.0)


def _usual_decibels(robust_range: RobustRange) -> tuple[float, float]:
    """Return tens of decibels around nearly all values."""
    low, high = (Reading.DECIBELS.shown(value) for value in (robust_range.p5, robust_range.p95))
    first = min(math.floor(low / 10) * 10.0, _DECIBELS_AT_MOST - 10)
    return first, max(min(math.ceil(high / 10) * 10.0, _DECIBELS_AT_MOST), first + 10)


def _apart(low: float, high: float) -> tuple[float, float]:
    """Return two ends that differ, whatever they were."""
    room = max(abs(low), abs(high)) * 1e-6 or 1e-6
    return (low, high) if high - low > room else (low - room, high + room)


def rounded_up(value: float) -> float:
    """Return 1, 2 or 5 times a power of ten that is not below a value above 0."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= value * (1 - 1e-9))
