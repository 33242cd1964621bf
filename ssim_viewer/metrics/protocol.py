"""What ascent, the views and the command line ask of any quality metric; SSIM is the first one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.geometry import MapGeometry
    from ssim_viewer.metrics.reduced_map import ReducedMap


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One map of a metric, with its place on the image.

    Attributes
    ----------
    values
        The map, two-dimensional; its shape is its true size.
    geometry
        Which square of the image each sample covers.
    similarity
        Whether larger values are more alike, where the map does not go the way of the score: the
        squared error under a PSNR, the gradient similarity under a GMSD.
    missing
        How many rows are still missing at its end, while it is seen growing.
    """

    values: NDArray[np.float64]
    geometry: MapGeometry
    similarity: bool | None = None
    missing: int = 0


class BoundMetric(Protocol):
    """A metric that holds its reference: it measures distorted images of the same shape."""

    def value(self, distorted: ArrayLike, /) -> float:
        """Return the score of the distorted image."""
        ...

    def map(self, distorted: ArrayLike, /) -> NDArray[np.float64]:
        """Return the local scores, two-dimensional: the values of the first layer."""
        ...

    def value_and_gradient(self, distorted: ArrayLike, /) -> tuple[float, NDArray[np.float64]]:
        """Return the score and its exact derivative, shaped like the distorted image."""
        ...

    def layers(self, distorted: ArrayLike, /) -> Mapping[str, Layer]:
        """Return every map that the metric has by name, the one to show unasked first."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class PassResult:
    """What a measurement of one distorted image gives.

    Attributes
    ----------
    value
        The score.
    maps
        The maps that were asked for, by their names.
    parts
        Other numbers of the metric by name, such as the means of the factors of SSIM.
    gradient
        The derivative of the score, shaped like the image, where that was asked for.
    notes
        Sentences that a person should read beside the score.
    reduced
        The maps that were asked for coarse, in place of `maps`.
    """

    value: float
    maps: Mapping[str, Layer]
    parts: Mapping[str, float] = field(default_factory=dict)
    gradient: NDArray[np.floating[Any]] | None = None
    notes: tuple[str, ...] = ()
    reduced: Mapping[str, ReducedMap] = field(default_factory=dict)


@runtime_checkable
class MeasuresInOnePass(Protocol):
    """A bound metric that makes score, maps and gradient in one pass, and tells how far it is.

    Maps of large images are then seen while they grow.
    """

    def one_pass(
        self,
        distorted: ArrayLike,
        /,
        *,
        maps: Collection[str] | None = None,
        gradient: bool = False,
        report: Callable[[float], None] | None = None,
        grown: Callable[[Mapping[str, Layer]], None] | None = None,
    ) -> PassResult:
        """Return what is asked for; maps and gradient in float32.

        Parameters
        ----------
        maps
            The names of the maps; None for all.
        report
            Called every few milliseconds of work with the fraction done. What it raises ends it.
        grown
            Called as `report` is, with the first rows of the maps, as far as they are done, each
            of which says how many are `missing`.
        """
        ...


@runtime_checkable
class HasObjective(Protocol):
    """A bound metric with a rule of its own for climbs: its value alone is not what they follow."""

    def objective_and_gradient(
        self, distorted: ArrayLike, /
    ) -> tuple[float, float, NDArray[np.float64]]:
        """Return the score, what a climb follows instead of it, and the gradient of the latter."""
        ...


@runtime_checkable
class HasPrecision(Protocol):
    """A metric, a frozen dataclass, that can also work in single precision: faster, and in less.

    Attributes
    ----------
    precision
        "double" or "single".
    """

    @property
    def precision(self) -> str:
        """How precisely it works."""
        ...


@runtime_checkable
class HasCoarseMaps(Protocol):
    """A metric that can measure its maps coarsely by a way of its own.

    The maps of one without this are seen coarsely by measuring the pair at a fraction of its size.
    """

    def coarse_maps(
        self, reference: ArrayLike, distorted: ArrayLike, step: int, /
    ) -> Mapping[str, Layer] | None:
        """Return the maps at every `step`-th sample each way, or None where that gains nothing."""
        ...


@runtime_checkable
class Restrictable(Protocol):
    """A bound metric that knows what its score of a part of the image is.

    One without this is shown the reference in place of the distorted image outside the part.
    """

    def restricted(
        self, counts: NDArray[np.bool_], bad: NDArray[np.bool_], /
    ) -> BoundMetric | None:
        """Return the metric of a part, with the same reference; None where there is none after all.

        Parameters
        ----------
        counts
            (H, W): the pixels that count.
        bad
            (H, W): pixels without a number. Both images hold the same there; windows that touch
            one are left out.
        """
        ...


class Metric(Protocol):
    """Settings of a quality metric; `bind` computes all that depends on the reference alone."""

    @property
    def higher_is_better(self) -> bool:
        """Whether quality goes up with the value, or down as with an error."""
        ...

    def bind(self, reference: ArrayLike, /) -> BoundMetric:
        """Return the metric with its reference bound, an image of (H, W) or (H, W, C)."""
        ...
