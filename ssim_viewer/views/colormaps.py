"""The colours of each false-colour quantity: lookup table, levels and unit.

Things that are compared share one scale. Similarities (SSIM, l, c, s) have one table over
[-1, 1]: greys, perceptually uniform from dark at 0 to bright at 1, and magenta below 0, where
structure is inverted; so the one hue in these maps is the sign.
Signed quantities have a diverging table centred at 0. Painting is left to `picture` and
`color_bar`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer.metrics import Quantity
from ssim_viewer.session.family import GRADIENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ssim_viewer.session.family import Family, MetricLayer
    from ssim_viewer.session.state import Measured

TABLE_SIZE = 512

DIFFERENCE_FRACTION = 0.25
"""Part of the data range at which the colours of both differences end, to two figures."""

LARGEST_SIMILARITY = 1.0 + 1e-6
"""A map that goes beyond this is none that says 1 where things are alike."""

_SIMILARITIES = (Quantity.SSIM, Quantity.LUMINANCE, Quantity.CONTRAST, Quantity.STRUCTURE)
_MAGENTAS = ((104, 0, 96), (178, 22, 152), (238, 84, 206), (255, 172, 236))
"""From just below 0 to -1: saturated at once, so that the sign is seen before the size."""


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
        The values of the first and of the last colour; what lies beyond takes the end's colour.
    shown
        The part of the levels that the colour bar shows.
    unit
        What the values count, or "" for a pure number.
    """

    table: NDArray[np.uint8]
    packed: NDArray[np.uint32]
    levels: tuple[float, float]
    shown: tuple[float, float]
    unit: str = ""

    @property
    def exponent(self) -> int:
        """The power of ten that is written once, beside the unit; 0 for handy numbers."""
        power = math.floor(math.log10(max(abs(value) for value in self.shown)) + 1e-9)
        return 0 if -2 <= power <= 3 else power

    def indices(self, values: NDArray[np.float32]) -> NDArray[np.uint16]:
        """Return the place of each value in the table."""
        low, high = self.levels
        size = len(self.table)
        scale = size / (high - low)
        # OpenCV saturates below and rounds to the nearest: half a place less rounds down.
        places = cv2.addWeighted(values, scale, values, 0, -low * scale - 0.5, dtype=cv2.CV_16U)
        return np.minimum(places, size - 1, out=np.asarray(places, np.uint16))

    def colored(self, values: NDArray[np.float32]) -> NDArray[np.uint32]:
        """Return the colour of each value, as 0xffRRGGBB; what is not a number has none, 0."""
        missing = np.isnan(values)
        some_missing = missing.any()
        if some_missing:
            values = np.where(missing, np.float32(self.levels[0]), values)
        colors: NDArray[np.uint32] = self.packed.take(self.indices(values), mode="clip")
        if some_missing:
            colors[missing] = 0
        return colors


def color_scale(quantity: Quantity, measured: Measured) -> ColorScale | None:
    """Return the scale of a quantity, or None for the two pictures.

    Only the gradient's levels depend on its values; they are rounded up to 1, 2 or 5
    times a power of ten, so that they stay while an image changes a little.
    """
    data_range = measured.evaluation.metric.data_range
    end = float(f"{DIFFERENCE_FRACTION * data_range:.2g}")
    grey = "grey levels" if data_range > 1 else "of white = 1"
    match quantity:
        case Quantity.REFERENCE | Quantity.DISTORTED:
            return None
        case Quantity.SIGNED_DIFFERENCE:
            return _scale(_diverging, (-end, end), grey)
        case Quantity.ABSOLUTE_DIFFERENCE:
            return _scale(_sequential, (0.0, end), grey)
        case Quantity.GRADIENT:
            end = _gradient_end(measured)
            return _scale(_diverging, (-end, end), "per grey level")
        case Quantity.LUMINANCE | Quantity.CONTRAST:
            return _scale(_similarity, (-1.0, 1.0), "", shown=(0.0, 1.0))
        case _:
            return _scale(_similarity, (-1.0, 1.0), "")


def layer_scale(name: MetricLayer, family: Family, data_range: float) -> ColorScale:
    """Return the scale of a map of another metric.

    Maps of similarity share the one of SSIM; errors begin at 0, in the colours of the absolute
    difference; a gradient is signed.
    """
    layer, spread = family.layers[name], family.spreads[name]
    if name.layer == GRADIENT:
        # As with SSIM, rounding between identical images must not look like a signal.
        end = _rounded_up(max(spread, 1e-6 / (layer.values.size * data_range)))
        return _scale(_diverging, (-end, end), "per grey level")
    alike = layer.similarity
    if alike is None:
        alike = family.metrics[name.metric].higher_is_better
    if alike and spread <= LARGEST_SIMILARITY:
        return _scale(_similarity, (-1.0, 1.0), "")
    return _scale(_sequential, (0.0, _rounded_up(spread) if spread > 0 else 1.0), "")


@lru_cache(maxsize=32)
def _scale(
    make_table: Callable[[], NDArray[np.uint8]],
    levels: tuple[float, float],
    unit: str,
    shown: tuple[float, float] | None = None,
) -> ColorScale:
    """Return the one scale of these settings, so that views see at once that it is the same."""
    table = make_table()
    red, green, blue = (table[:, channel].astype(np.uint32) for channel in range(3))
    packed = 0xFF000000 | (red << 16) | (green << 8) | blue
    return ColorScale(table, packed.astype(np.uint32), levels, shown or levels, unit)


def _gradient_end(measured: Measured) -> float:
    """Return a round number that all but the largest gradients stay below."""
    spread = measured.spreads.get(Quantity.GRADIENT)
    if spread is None:
        return 1.0
    size = measured.evaluation.maps[Quantity.GRADIENT].size
    # Between identical images there is nothing but rounding: it must not look like a signal.
    return _rounded_up(max(spread, 1e-6 / (size * measured.evaluation.metric.data_range)))


def _rounded_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= value * (1 - 1e-9))


@cache
def _similarity() -> NDArray[np.uint8]:
    half = TABLE_SIZE // 2
    stops = np.array(_MAGENTAS, float)
    places = np.linspace(0, 1, half)
    knots = np.linspace(0, 1, len(stops))
    negative = np.stack([np.interp(places, knots, stops[:, c]) for c in range(3)], axis=1)
    return _frozen(np.concatenate([np.rint(negative[::-1]), _bundled("CET-L2", half)]))


@cache
def _diverging() -> NDArray[np.uint8]:
    return _frozen(_bundled("CET-D1A", TABLE_SIZE))


@cache
def _sequential() -> NDArray[np.uint8]:
    return _frozen(_bundled("inferno", TABLE_SIZE))


def _bundled(name: str, size: int) -> NDArray[Any]:
    import pyqtgraph  # noqa: PLC0415 - a large import, wanted with the first map

    table: NDArray[Any] = pyqtgraph.colormap.get(name).getLookupTable(nPts=size, alpha=False)
    return table[:, :3]


def _frozen(table: NDArray[Any]) -> NDArray[np.uint8]:
    frozen = np.ascontiguousarray(table, np.uint8)
    frozen.flags.writeable = False
    return frozen
