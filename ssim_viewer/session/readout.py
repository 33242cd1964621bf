"""The values of everything at one pixel, for the status line. Pure; painting is left to views."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics import Quantity
from ssim_viewer.metrics.maps.builtin_maps import DIFFERENCES, IMAGES, SIMILARITY_MAPS
from ssim_viewer.session.anchors import NO_ANCHORS
from ssim_viewer.session.family import MetricLayer, family_on_screen
from ssim_viewer.session.maps import map_spec
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from ssim_viewer.metrics import MapGeometry
    from ssim_viewer.session.anchors import Anchors
    from ssim_viewer.session.computed_map import ComputedMap
    from ssim_viewer.session.measurement import Measurements, SsimMeasurement
    from ssim_viewer.session.state import Session

READ_FIRST = (*SIMILARITY_MAPS[1:], SIMILARITY_MAPS[0])
"""The similarities in the order in which they are read: the parts, then what they make."""

_GRIDLESS = tuple(q for q in Quantity if q not in (*IMAGES, *SIMILARITY_MAPS))
_NONE = "–"


@dataclass(frozen=True, slots=True)
class Readout:
    """What stands at one pixel.

    Attributes
    ----------
    x, y
        The pixel; (0, 0) is at the top left.
    reference, distorted
        One value or three (RGB), in the unit of the images.
    values
        What each map says there; None where a map has no value: at a valid border, or where
        it has not been computed yet.
        Maps that were not measured are missing.
    decimals
        How many decimals the reference, the distorted image and differences are read with.
    distorted_at
        The pixel of the distorted image, where it is shown moved; None is the same.
    """

    x: int
    y: int
    reference: tuple[float, ...]
    distorted: tuple[float, ...]
    values: Mapping[Quantity, float | None]
    decimals: tuple[int, int, int] = (0, 0, 0)
    distorted_at: tuple[int, int] | None = None

    def text(self) -> str:
        """Return one line, such as ``(212, 88)   reference 123   distorted 140   l 0.9912 …``."""
        elsewhere = (
            ""
            if self.distorted_at is None
            else tr(" at {distorted_at}", distorted_at=self.distorted_at)
        )
        parts = [
            f"({self.x}, {self.y})",
            tr("reference {joined}", joined=_joined(self.reference, self.decimals[0])),
            tr(
                "distorted {value}{elsewhere}",
                value=_joined(self.distorted, self.decimals[1]) or _NONE,
                elsewhere=elsewhere,
            ),
        ]
        shown = [
            _spoken(quantity, self.values[quantity])
            for quantity in READ_FIRST
            if quantity in self.values
        ]
        parts.append(joined("  ", shown))
        parts += [
            _spoken(quantity, self.values[quantity], self.decimals[2])
            for quantity in _GRIDLESS
            if quantity in self.values
        ]
        return joined("   ", (part for part in parts if part))


def readout(
    measured: SsimMeasurement,
    x: int,
    y: int,
    shown: Collection[object] = (),
    anchors: Anchors = NO_ANCHORS,
) -> Readout | None:
    """Return the values at a pixel, or None where the images have none.

    Between pins, the distorted image is read at the pixel that is shown there.

    Differences are over all channels, as the MAE is; they are there if they are shown or were
    asked for.
    """
    height, width = measured.reference.shape[:2]
    if not (0 <= x < width and 0 <= y < height):
        return None
    values: dict[Quantity, float | None] = {
        key: _sample(layer.values, layer.values.shape, x, y, layer.geometry)
        for key, layer in measured.maps.items()
        if isinstance(key, Quantity) and key not in (*IMAGES, *DIFFERENCES)
    }
    if measured.grows_coarse:  # what is there are means, and no values of pixels
        values |= dict.fromkeys((each for each in SIMILARITY_MAPS if each in values), None)
    values |= {
        key: _sample(each, each.shape(), x, y, each.geometry)
        for key, each in measured.computed.items()
        if isinstance(key, Quantity)
    }
    named = {*shown, *measured.maps}
    values |= {key: each[y, x] for key, each in measured.differences.items() if key in named}
    pair = (measured.reference, measured.distorted)
    data_range = measured.metric.data_range
    there = anchors.pixel(x, y)
    reference, distorted = _pixel(pair[0], x, y), _pixel(pair[1], *there)
    first, second = (decimals_of(image, data_range) for image in pair)
    decimals = (first, second, difference_decimals(measured))
    elsewhere = None if there == (x, y) else there
    return Readout(x, y, reference, distorted, values, decimals, elsewhere)


def layers_text(session: Session, x: int, y: int) -> str:
    """Return what the panes' other maps say at a pixel, such as ``MS-SSIM scale 2 0.9812``."""
    family = family_on_screen(session)
    if family is None:
        return ""
    shown = [each for each in session.look.visible if isinstance(each, MetricLayer)]
    found = dict.fromkeys(layer for each in shown if (layer := family.found(each)) is not None)
    return joined("   ", (_layer_text(family, layer, x, y) for layer in found))


def _layer_text(family: Measurements, name: MetricLayer, x: int, y: int) -> str:
    layer = family.layers[name]
    return _spoken(name, _sample(layer.values, layer.values.shape, x, y, layer.geometry))


def _spoken(
    content: Quantity | MetricLayer, value: float | None, decimals: int | None = None
) -> str:
    """Return a value of a map with the name it is read by."""
    spec = map_spec(content)
    number = _NONE if value is None else spec.value_text(value, decimals)
    return joined(" ", (spec.words, number))


def decimals_of(image: NDArray[Any], data_range: float) -> int:
    """Return how many decimals the pixels of an image are read with."""
    if np.issubdtype(image.dtype, np.integer):
        return 0
    return 4 if data_range <= 1 else 2


def difference_decimals(measured: SsimMeasurement) -> int:
    """Return how many decimals differences are read with; those of colours are weighted means."""
    pair = (measured.reference, measured.distorted)
    decimals = max(decimals_of(image, measured.metric.data_range) for image in pair)
    return decimals if measured.reference.ndim == 2 else max(decimals, 2)


def _joined(pixel: tuple[float, ...], decimals: int) -> str:
    return " ".join(_decimals(value, decimals) for value in pixel)


def _pixel(image: NDArray[Any], x: int, y: int) -> tuple[float, ...]:
    height, width = image.shape[:2]
    if not (0 <= x < width and 0 <= y < height):
        return ()
    return tuple(float(value) for value in np.atleast_1d(image[y, x]))


def _sample(
    values: NDArray[Any] | ComputedMap,
    shape: tuple[int, ...],
    x: int,
    y: int,
    geometry: MapGeometry,
) -> float | None:
    """Return the sample whose square holds the middle of a pixel."""
    row = int((y + 0.5 - geometry.offset) // geometry.scale)
    column = int((x + 0.5 - geometry.offset) // geometry.scale)
    if not (0 <= row < shape[0] and 0 <= column < shape[1]):
        return None
    value = float(values[row, column])
    return None if math.isnan(value) else value  # not computed yet


def _decimals(value: float | None, decimals: int) -> str:
    return _NONE if value is None else _minus(f"{value:.{decimals}f}")


def _minus(text: str) -> str:
    return text.replace("-", "−")
