"""All that is shown of a pair: its scores, and maps ready for display."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ssim_viewer.compute.read_only import read_only
from ssim_viewer.metrics.maps.builtin_maps import (
    BUILT_IN_MAPS,
    PIXEL_MAPS,
    SIMILARITY_MAPS,
    Quantity,
)
from ssim_viewer.metrics.maps.spec import MapInputs
from ssim_viewer.metrics.measuring import grey_gradient
from ssim_viewer.metrics.pixel_errors import errors, psnr_of
from ssim_viewer.metrics.planes import as_image, check_same_shape
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.reduced_map import SIDE, ReducedMap

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.geometry import MapGeometry
    from ssim_viewer.metrics.ssim.bound import BoundSsim
    from ssim_viewer.metrics.ssim.metric import Ssim


@dataclass(frozen=True, slots=True)
class Scores:
    """The numbers of a pair; luminance, contrast and structure are means of their maps.

    MSE, PSNR and MAE are over all samples of all channels, whatever SSIM makes of colour; a border
    that it crops is left out of them, too.
    """

    mse: float
    psnr: float
    mae: float
    ssim: float
    luminance: float
    contrast: float
    structure: float

    def as_dict(self) -> dict[str, float]:
        """Return the scores by name."""
        return asdict(self)


_UNKNOWN = Scores(*[math.nan] * len(fields(Scores)))


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """The scores of a pair and the maps that were asked for.

    Attributes
    ----------
    scores
        The numbers.
    maps
        Read-only arrays. The images are uint8 of (H, W) or (H, W, 3); differences and the gradient
        float32 of (H, W); similarities float32 of the map's shape.
    geometry
        Where the samples of the similarity maps stand on the image.
    metric
        The settings in use.
    notes
        Sentences that a person should read beside the numbers.
    missing
        How many rows are still missing at the end of the similarity maps; 0 of a whole evaluation.
        While some are missing, the scores are not numbers.
    reduced
        The similarity maps that were asked for coarse and are whole; they are not among `maps`.
        While they grow, their means over squares are, with the geometry of these.
    """

    scores: Scores
    maps: Mapping[Quantity, NDArray[Any]]
    geometry: MapGeometry
    metric: Ssim
    notes: tuple[str, ...] = ()
    missing: int = 0
    reduced: Mapping[Quantity, ReducedMap] = field(default_factory=dict)


def evaluate(
    bound: BoundSsim,
    distorted: ArrayLike,
    quantities: Collection[Quantity] = (),
    report: Callable[[float], None] | None = None,
    grown: Callable[[Evaluation], None] | None = None,
    *,
    coarse: bool = False,
) -> Evaluation:
    """Return the scores of a distorted image, and the maps of the quantities asked for.

    Differences are distorted minus reference, of luma when the metric takes luma, else the mean
    over channels. The gradient is summed over channels: the effect of a change in grey.

    Parameters
    ----------
    report
        Called with the fraction done, as by `BoundSsim.measure`; what it raises ends the work.
    grown
        Called with what is there already: first with the pictures, which need no window, and no
        row of the similarity maps; then as `report` is, with the rows that are done.
    coarse
        Whether the similarity maps are reduced while they are made, as far as they can be.

    Raises
    ------
    MetricError
        As `BoundSsim.measure` does.
    """
    wanted = {Quantity(quantity) for quantity in quantities}
    image = as_image(distorted, bound.channel_axis)
    check_same_shape(bound.reference, image)
    seen = bound.cropped(bound.reference), bound.cropped(image)
    squared, absolute = errors(*seen, channel_axis=-1 if image.ndim == 3 else None)
    place = bound.metric.geometry(image.shape)
    metric = cast("Ssim", bound.metric)  # nothing else binds
    whole = partial(Evaluation, geometry=place, metric=metric)
    inputs = MapInputs(bound.reference, image, metric)
    pictures: dict[Quantity, NDArray[Any]] = {
        q: BUILT_IN_MAPS[q].layer(inputs).values for q in PIXEL_MAPS if q in wanted
    }
    names = [quantity.value for quantity in SIMILARITY_MAPS if quantity in wanted]
    coarse = coarse and bound.reduces
    step = SIDE if coarse else 1
    height, width = (side // step for side in bound.map_shape)
    growing = place.coarser(step)

    def tell(similar: Mapping[str, Layer]) -> None:
        missing = min((layer.missing for layer in similar.values()), default=height)
        if grown is not None and missing:
            maps = _ordered(pictures, similar)
            grown(whole(scores=_UNKNOWN, maps=maps, geometry=growing, missing=missing))

    tell(dict.fromkeys(names, Layer(np.empty((0, width)), growing, missing=height)))
    found = bound.one_pass(
        distorted,
        maps=names,
        gradient=Quantity.GRADIENT in wanted,
        report=report,
        grown=tell if grown is not None else None,
        coarse=coarse,
    )
    if found.gradient is not None:
        slope = as_image(found.gradient, bound.channel_axis)
        pictures[Quantity.GRADIENT] = grey_gradient(slope)
    scores = Scores(
        mse=squared,
        psnr=psnr_of(squared, bound.metric.data_range),
        mae=absolute,
        ssim=found.value,
        **found.parts,
    )
    reduced = {Quantity(name): each for name, each in found.reduced.items()}
    maps = _ordered(pictures, found.maps)
    return whole(scores=scores, maps=maps, notes=found.notes, reduced=MappingProxyType(reduced))


def _ordered(
    pictures: Mapping[Quantity, NDArray[Any]], similar: Mapping[str, Layer]
) -> Mapping[Quantity, NDArray[Any]]:
    """Return all maps read-only, in the order of the quantities."""
    every = {**pictures, **{Quantity(name): layer.values for name, layer in similar.items()}}
    return MappingProxyType({q: read_only(every[q]) for q in Quantity if q in every})
