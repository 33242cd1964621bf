"""A first look at maps that are being measured: every so many windows of a large pair."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.metrics.maps.builtin_maps import BUILT_IN_MAPS, SIMILARITY_MAPS
from ssim_viewer.session.pyramid import Pyramid

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Quantity, Ssim
    from ssim_viewer.metrics.sparse import SparseMaps

SAMPLES = 320
"""How many samples stand along the longer side."""

_NAMES = {quantity: BUILT_IN_MAPS[quantity].output for quantity in SIMILARITY_MAPS}


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """Sparse maps, with the very arrays and the metric they are of."""

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    metric: Ssim
    sparse: SparseMaps
    pyramids: Mapping[Quantity, Pyramid] = field(init=False)

    def __post_init__(self) -> None:
        maps = {key: Pyramid.of(self.sparse.maps[name]) for key, name in _NAMES.items()}
        object.__setattr__(self, "pyramids", MappingProxyType(maps))


def stride_of(shape: tuple[int, ...]) -> int:
    """Return how many windows a preview passes over."""
    return max(2, round(max(shape[:2]) / SAMPLES))
