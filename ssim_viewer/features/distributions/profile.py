"""The values of all maps along a line."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.features.distributions.sources import CONTENTS, MapSource
from ssim_viewer.metrics import Layer
from ssim_viewer.metrics.maps.builtin_maps import DIFFERENCES, SIMILARITY_MAPS
from ssim_viewer.session.map_key import MetricLayer
from ssim_viewer.session.report import table_as_csv

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ssim_viewer.images.shapes import Point
    from ssim_viewer.metrics import MapGeometry
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.state import Session

Ends = tuple["Point", "Point"]
Layers = Mapping[MetricLayer, Layer]

NO_LAYERS: Layers = MappingProxyType({})


def layers_of(session: Session) -> Layers:
    """Return the maps of other metrics, and of plug-ins, of the image on screen."""
    measured, found = session.measured, session.measurements.others.values()
    if measured is None:
        return NO_LAYERS
    return {
        key: layer
        for each in found
        if each.is_of(measured.reference, measured.distorted)
        for key, layer in each.maps.items()
        if isinstance(key, MetricLayer)
    }


def same_layers(first: Layers, second: Layers) -> bool:
    """Whether two sets of maps hold the very same arrays."""
    return first.keys() == second.keys() and all(first[key] is second[key] for key in first)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Values along a line, one a pixel of its length.

    Attributes
    ----------
    distance
        From the first end, in pixels.
    x, y
        The pixels that the samples stand on.
    values
        By the name of the image or the map; NaN where a map has no value. Images are means over
        channels.
    layers
        The maps of other metrics that there were; their values follow those of SSIM.
    """

    measured: SsimMeasurement
    layers: Layers
    ends: Ends
    distance: NDArray[np.float64]
    x: NDArray[np.intp]
    y: NDArray[np.intp]
    values: Mapping[str, NDArray[np.float64]]


def profile_of(measured: SsimMeasurement, ends: Ends, layers: Layers = NO_LAYERS) -> Profile:
    """Return the values of both images and of all maps along a line, where it is on the image."""
    (x0, y0), (x1, y1) = ends
    length = math.hypot(x1 - x0, y1 - y0)
    t = np.linspace(0, 1, max(2, math.ceil(length) + 1))
    px, py = x0 + t * (x1 - x0), y0 + t * (y1 - y0)
    height, width = measured.reference.shape[:2]
    inside = (px >= 0) & (px < width) & (py >= 0) & (py < height)
    px, py, t = px[inside], py[inside], t[inside]
    x, y = np.floor(px).astype(np.intp), np.floor(py).astype(np.intp)
    values: dict[str, NDArray[np.float64]] = {}
    for name, image in (("reference", measured.reference), ("distorted", measured.distorted)):
        samples = image[y, x].astype(np.float64)
        values[name] = samples if samples.ndim == 1 else samples.mean(axis=1)
    maps = measured.maps
    for content in CONTENTS:
        computed = measured.computed.get(content)
        if computed is not None:
            place = computed.shape(), computed.geometry
            values[str(content)] = _at_samples(computed.along, *place, px, py)
        elif content in maps or content in (*SIMILARITY_MAPS, *DIFFERENCES):
            source = MapSource(measured, content)
            values[str(content)] = _sampled(source.values(), source.geometry, px, py)
    for key, layer in layers.items():
        values[str(key)] = _sampled(layer.values, layer.geometry, px, py)
    return Profile(measured, layers, ends, t * length, x, y, values)


def profile_as_csv(profile: Profile) -> str:
    """Return the values as CSV, a line a pixel."""
    header = ("distance", "x", "y", *profile.values)
    columns = (profile.distance, profile.x, profile.y, *profile.values.values())
    return table_as_csv(header, *zip(*(column.tolist() for column in columns), strict=True))


def _sampled(
    values: NDArray[Any],
    geometry: MapGeometry,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> NDArray[np.float64]:
    def found(rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[Any]:
        return values[rows, columns]

    return _at_samples(found, (values.shape[0], values.shape[1]), geometry, x, y)


def _at_samples(
    values_at: Callable[[NDArray[np.intp], NDArray[np.intp]], NDArray[Any]],
    shape: tuple[int, int],
    geometry: MapGeometry,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return what stands at places of the image, NaN where the map has nothing there."""
    rows, columns = (
        np.floor((place - geometry.offset) / geometry.scale).astype(np.intp) for place in (y, x)
    )
    there = (rows >= 0) & (rows < shape[0]) & (columns >= 0) & (columns < shape[1])
    found = np.full(len(x), np.nan)
    found[there] = values_at(rows[there], columns[there])
    return found
