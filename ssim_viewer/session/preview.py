"""A first look at maps that are being measured, coarsely, by each metric whose settings change."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.metrics.maps.builtin_maps import BUILT_IN_MAPS, SIMILARITY_MAPS
from ssim_viewer.session.map_key import SSIM, MetricLayer
from ssim_viewer.session.pyramid import Pyramid

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Layer, Metric
    from ssim_viewer.metrics.coarse import CoarseMaps
    from ssim_viewer.session.measurement import MapKey

_QUANTITIES = {BUILT_IN_MAPS[quantity].output: quantity for quantity in SIMILARITY_MAPS}


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """Coarse maps, with the very arrays and the metrics they are of.

    Attributes
    ----------
    metrics
        Those that were looked at, by name, with their settings.
    found
        The maps of each; one that has none, or failed, is left out.
    """

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    metrics: Mapping[str, Metric]
    found: Mapping[str, CoarseMaps]
    layers: Mapping[MapKey, Layer] = field(init=False)
    pyramids: Mapping[MapKey, Pyramid] = field(init=False)

    def __post_init__(self) -> None:
        layers: dict[MapKey, Layer] = {
            _key(metric, name): layer
            for metric, coarse in self.found.items()
            for name, layer in coarse.maps.items()
        }
        pyramids = {key: Pyramid.of(layer.values) for key, layer in layers.items()}
        object.__setattr__(self, "layers", MappingProxyType(layers))
        object.__setattr__(self, "pyramids", MappingProxyType(pyramids))


def _key(metric: str, name: str) -> MapKey:
    return _QUANTITIES[name] if metric == SSIM else MetricLayer(metric, name)
