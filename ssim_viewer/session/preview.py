"""A first look at maps that are being measured: every so many windows of a large pair."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.metrics.maps.builtin_maps import BUILT_IN_MAPS, SIMILARITY_MAPS
from ssim_viewer.session.kept import of_document
from ssim_viewer.session.pyramid import Pyramid
from ssim_viewer.session.state import is_large

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Quantity, Ssim
    from ssim_viewer.metrics.sparse import SparseMaps
    from ssim_viewer.session.state import Session

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


def previewed_metric(session: Session) -> Ssim | None:
    """Return the metric that a preview would be of, or None where none is worth while.

    It is for a change of the metric: of a new pair the first rows are seen instead, and while a
    climb plays the next step comes at once.
    """
    document, before = session.document, session.measured
    if document.pair is None or document.shown is None or before is None or session.playing:
        return None
    large = is_large(document.pair.reference.pixels)
    metric = replace(document.metric, precision="double")
    shrinks = metric.factor(document.shown.shape) != 1 or not metric.every_window
    there = of_document(before, document)
    maps = any(quantity in _NAMES for quantity in session.look.visible)
    return metric if large and maps and not shrinks and not there else None


def preview_in_sight(session: Session) -> Preview | None:
    """Return the preview of what is on screen, while it is not measured."""
    preview, document = session.preview, session.document
    if preview is None or document.pair is None or previewed_metric(session) != preview.metric:
        return None
    if preview.reference is not document.pair.reference.pixels:
        return None
    return preview if preview.distorted is document.shown else None
