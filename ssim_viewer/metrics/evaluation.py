"""All that is shown of a pair: its scores, and maps ready for display."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.pictures import difference, displayed
from ssim_viewer.metrics.pixel_errors import mae, mse, psnr_of
from ssim_viewer.metrics.planes import as_image
from ssim_viewer.metrics.reference import PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.bound import BoundSsim, Measurement
    from ssim_viewer.metrics.geometry import MapGeometry
    from ssim_viewer.metrics.ssim import Ssim


class Quantity(StrEnum):
    """What a pane can show, in the order of the keys 1 to 9."""

    REFERENCE = "reference"
    DISTORTED = "distorted"
    SIGNED_DIFFERENCE = "signed difference"
    ABSOLUTE_DIFFERENCE = "absolute difference"
    SSIM = "SSIM"
    LUMINANCE = "luminance"
    CONTRAST = "contrast"
    STRUCTURE = "structure"
    GRADIENT = "gradient of MSSIM"


SIMILARITY_MAPS = (Quantity.SSIM, Quantity.LUMINANCE, Quantity.CONTRAST, Quantity.STRUCTURE)
"""The quantities that stand on the grid of the map; all others stand on the image's."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The numbers of a pair; luminance, contrast and structure are means of their maps.

    MSE, PSNR and MAE are over all samples of all channels, whatever SSIM makes of colour.
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
    """

    scores: Scores
    maps: Mapping[Quantity, NDArray[Any]]
    geometry: MapGeometry
    metric: Ssim
    notes: tuple[str, ...] = ()


def evaluate(
    bound: BoundSsim,
    distorted: ArrayLike,
    quantities: Collection[Quantity] = (),
    report: Callable[[float], None] | None = None,
) -> Evaluation:
    """Return the scores of a distorted image, and the maps of the quantities asked for.

    Differences are distorted minus reference, of luma when the metric takes luma, else the mean
    over channels. The gradient is summed over channels: the effect of a change in grey.

    Parameters
    ----------
    report
        Called with the fraction done, as by `BoundSsim.measure`; what it raises ends the work.

    Raises
    ------
    MetricError
        As `BoundSsim.measure` does.
    """
    wanted = {Quantity(quantity) for quantity in quantities}
    image = as_image(distorted)
    found = bound.measure(
        image,
        maps=[quantity.lower() for quantity in SIMILARITY_MAPS if quantity in wanted],
        parts=True,
        gradient=Quantity.GRADIENT in wanted,
        dtype=np.float32,
        report=report,
    )
    maps = {q: _read_only(_picture(q, bound, image, found)) for q in Quantity if q in wanted}
    return Evaluation(
        scores=_scores(bound, image, found),
        maps=MappingProxyType(maps),
        geometry=bound.metric.geometry(image.shape),
        metric=bound.metric,
        notes=_notes(found),
    )


def _scores(bound: BoundSsim, image: NDArray[Any], found: Measurement) -> Scores:
    error = mse(bound.reference, image)
    return Scores(
        mse=error,
        psnr=psnr_of(error, bound.metric.data_range),
        mae=mae(bound.reference, image),
        ssim=found.means["ssim"],
        **{part: found.means[part] for part in PARTS},
    )


def _picture(
    quantity: Quantity, bound: BoundSsim, image: NDArray[Any], found: Measurement
) -> NDArray[Any]:
    match quantity:
        case Quantity.REFERENCE:
            return displayed(bound.reference, bound.metric.data_range)
        case Quantity.DISTORTED:
            return displayed(image, bound.metric.data_range)
        case Quantity.SIGNED_DIFFERENCE:
            return difference(bound.reference, image, bound.weights)
        case Quantity.ABSOLUTE_DIFFERENCE:
            signed = difference(bound.reference, image, bound.weights)
            return np.abs(signed, out=signed)
        case Quantity.GRADIENT:
            assert found.gradient is not None  # noqa: S101  it was asked for
            gradient = found.gradient
            summed = gradient if gradient.ndim == 2 else gradient.sum(axis=2)
            return summed.astype(np.float32, copy=False)
        case _:
            return found.maps[quantity.lower()]


def _notes(found: Measurement) -> tuple[str, ...]:
    if not found.clamped:
        return ()
    return (
        f"Luminance or structure is negative in {found.clamped} windows; a negative number has no "
        "real power with a fractional exponent, so it counts as 0 there.",
    )


def _read_only(array: NDArray[Any]) -> NDArray[Any]:
    view = array.view()
    view.setflags(write=False)
    return view
