"""Maps seen coarsely, in a fraction of the time that whole ones take.

A metric that knows how offers it as `HasCoarseMaps`; SSIM measures every so many windows. Any other
metric measures the pair at a fraction of its size: where images differ is seen at once, though the
metric then looks at coarser structure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.protocol import HasCoarseMaps, Layer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ssim_viewer.metrics.protocol import Metric

WINDOWS, SIDE = 320, 640
"""Windows along the longer side of an image, and pixels along that of a shrunk one."""


class CoarseMaps(NamedTuple):
    """Maps by name, with their places on the whole image.

    Attributes
    ----------
    step
        Every how many windows, or pixels, one is seen.
    shrunk
        Whether the pair was shrunk by it; else the values are those of the whole maps there.
    """

    maps: Mapping[str, Layer]
    step: int
    shrunk: bool


def coarse_maps(
    metric: Metric, reference: NDArray[np.generic], distorted: NDArray[np.generic]
) -> CoarseMaps | None:
    """Return the maps of a metric coarsely, or None where that gains nothing.

    Raises
    ------
    MetricError
        The shrunk images are too small for the metric.
    """
    longer = max(reference.shape[:2])
    if isinstance(metric, HasCoarseMaps):
        step = max(2, round(longer / WINDOWS))
        maps = metric.coarse_maps(reference, distorted, step)
        return None if maps is None else CoarseMaps(maps, step, shrunk=False)
    step = max(2, round(longer / SIDE))
    bound = metric.bind(shrunk(reference, step))
    layers = bound.layers(shrunk(distorted, step)).items()
    return CoarseMaps({name: _on_whole(layer, step) for name, layer in layers}, step, shrunk=True)


def shrunk(image: NDArray[Any], step: int) -> NDArray[np.float32]:
    """Return an image (H, W) or (H, W, C) as the means of its squares of `step` pixels.

    What is left at its right and lower edge is left out.
    """
    height, width = (size // step for size in image.shape[:2])
    rows = image[: height * step].reshape(height, step, *image.shape[1:])
    narrow = rows.mean(axis=1, dtype=np.float32)[:, : width * step]
    columns = narrow.reshape(height, width, step, *image.shape[2:])
    small: NDArray[np.float32] = columns.mean(axis=2, dtype=np.float32)
    return small


def _on_whole(layer: Layer, step: int) -> Layer:
    place = layer.geometry
    geometry = MapGeometry(place.offset * step, place.scale * step)
    return Layer(layer.values, geometry, layer.similarity)
