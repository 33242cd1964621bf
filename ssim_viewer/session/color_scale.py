"""A colour scale: how the values of a map become colours. Choosing one is left to `views`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer.metrics.maps.spec import MapKind
from ssim_viewer.session.map_scale import SMALLEST_ERROR, Ends, Reading, Table
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

TABLE_SIZE = 512

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True, eq=False)
class ColorScale:
    """How values become colours, and how that is written beside the picture.

    Attributes
    ----------
    table
        (512, 3) uint8 RGB.
    packed
        The same colours as 0xffRRGGBB, uint32.
    levels
        What the first and the last colour stand for, as shown: in decibels, where those are shown.
        What lies beyond takes the end's colour.
    unit
        What the values count, or "" for a pure number.
    negative
        The colour of what is below 0 where the scale begins at 0 or above, or None.
    per
        The value that is 1 in the chosen ends: the data range for differences.
    beyond
        The colours of what is below the lower and above the upper end, where that is marked.
    """

    table: NDArray[np.uint8]
    packed: NDArray[np.uint32]
    levels: tuple[float, float]
    unit: str = ""
    kind: MapKind = MapKind.SIMILARITY
    reading: Reading = Reading.VALUE
    colors: Table = Table.USUAL
    ends: Ends = Ends.USUAL
    negative: int | None = None
    per: float = 1.0
    beyond: tuple[int, int] | None = None

    @property
    def exponent(self) -> int:
        """The power of ten that is written once, beside the unit; 0 for handy numbers."""
        power = math.floor(math.log10(max(abs(value) for value in self.levels)) + 1e-9)
        return 0 if -2 <= power <= 3 else power

    def shown(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return values as they are read: themselves, 1 − them, or decibels."""
        if self.reading is Reading.VALUE:
            return values
        error: NDArray[Any] = np.subtract(1, values, dtype=values.dtype)
        if self.reading is Reading.DECIBELS:
            np.maximum(error, SMALLEST_ERROR, out=error)
            np.log10(error, out=error)
            error *= -10
        return error

    def indices(self, shown: NDArray[np.float32]) -> NDArray[np.uint16]:
        """Return the place in the table of each value as it is shown."""
        low, high = self.levels
        size = len(self.table)
        scale = size / (high - low)
        # OpenCV saturates below and rounds to the nearest: half a place less rounds down.
        places = cv2.addWeighted(shown, scale, shown, 0, -low * scale - 0.5, dtype=cv2.CV_16U)
        return np.minimum(places, size - 1, out=np.asarray(places, np.uint16))

    def colored(self, values: NDArray[np.float32]) -> NDArray[np.uint32]:
        """Return the colour of each value, as 0xffRRGGBB; what is not a number has none, 0."""
        missing = np.isnan(values)
        some_missing = missing.any()
        if some_missing:
            values = np.where(missing, np.float32(1.0), values)
        shown = self.shown(values)
        colors: NDArray[np.uint32] = self.packed.take(self.indices(shown), mode="clip")
        self.mark(shown, colors)
        if some_missing:
            colors[missing] = 0
        return colors

    def mark(self, shown: NDArray[np.float32], colors: NDArray[np.uint32]) -> None:
        """Put the colours of negative values and, where it is wanted, of clipped ones in place."""
        if self.beyond is not None:
            low, high = self.levels
            room = 1e-6 * (high - low)
            colors[shown < low - room] = self.beyond[0]
            colors[shown > high + room] = self.beyond[1]
        if self.negative is not None and shown.min(initial=0) < 0:
            colors[shown < 0] = self.negative

    def chosen_ends(self, low: float, high: float) -> tuple[float, float]:
        """Return two ends as shown in the terms of `MapScale`, the lower one first."""
        first, last = (self.reading.of_shown(each) / self.per for each in (low, high))
        return (first, last) if first < last else (last, first)


def scale_of(
    table: NDArray[np.uint8], levels: tuple[float, float], **attributes: Any
) -> ColorScale:
    """Return a scale of a table; the keywords are the attributes of `ColorScale`."""
    red, green, blue = (table[:, channel].astype(np.uint32) for channel in range(3))
    packed = 0xFF000000 | (red << 16) | (green << 8) | blue
    return ColorScale(table, packed.astype(np.uint32), levels, **attributes)


def range_text(scale: ColorScale) -> str:
    """Return the range of a scale in words, such as ``from −1 to 1``."""
    low, high = scale.levels
    first, last = (number_text(value, scale.exponent, high - low) for value in scale.levels)
    parts = [part for part in (power_text(scale.exponent), scale.unit) if part]
    words = tr("from {first} to {last}", first=first, last=last)
    return joined(" ", (words, *parts))


def power_text(exponent: int) -> str:
    """Return a power of ten as it is written, or nothing for the zeroth."""
    return f"×10{str(exponent).translate(_SUPERSCRIPTS)}" if exponent else ""


def number_text(value: float, exponent: int, span: float) -> str:
    """Return a number with as many decimals as tell a fortieth of the span apart."""
    unit = 10.0**exponent
    decimals = min(max(math.ceil(-math.log10(span / unit / 40)), 0), 9)
    text = f"{value / unit:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", "−")
