"""CW-SSIM, its settings: which level, orientations and windows; measuring is left to `oriented`.

Sampat, Wang, Gupta, Bovik, Markey: Complex wavelet structural similarity: a new image similarity
index. IEEE Transactions on Image Processing 18(11), 2009.
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ssim_viewer.metrics.cw_ssim.steerable_pyramid import oriented_bands, smallest_side
from ssim_viewer.metrics.cw_ssim.steerable_ssim import OrientedPlane
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.luma import Color, color_in_words
from ssim_viewer.metrics.per_plane import BoundPlanes
from ssim_viewer.metrics.planes import size_text
from ssim_viewer.metrics.ssim.metric import Ssim
from ssim_viewer.metrics.ssim.settings import LARGEST_WHOLE
from ssim_viewer.metrics.ssim.shared_settings import COLOR
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Pooling = Literal["height", "sides"]


@dataclass(frozen=True, slots=True)
class CwSsim:
    """Settings of complex-wavelet SSIM; the defaults are those of the published experiments.

    Parameters
    ----------
    data_range
        L, the distance between black and white: it only says what counts as rounding.
    levels
        The level of the pyramid that is compared, the coarsest one, from 1.
    orientations
        B, the number of oriented bands, at least 2.
    window
        The number of coefficients along each side of the uniform window, an odd number.
    k
        K, a constant of at least 0 that steadies windows with little in them.
    pooling
        The standard deviation of the Gaussian that weighs the map: "height", a quarter of the
        band's height along both axes as in the published code, or "sides", a quarter of each side
        along its own axis. Square images have the same value.
    color
        "mean" of the channels' CW-SSIM, or CW-SSIM of a luma, see `Ssim`.

    Raises
    ------
    MetricError
        A setting is out of its range.
    """

    higher_is_better: ClassVar[bool] = True

    data_range: float = 255.0
    levels: int = field(
        default=4,
        metadata={
            "title": tr("Level"),
            "meaning": tr("The level of the pyramid that is compared, from fine to coarse."),
            "low": 1,
            "high": 8,
            "step": 1,
        },
    )
    orientations: int = field(
        default=8,
        metadata={
            "title": tr("Orientations"),
            "meaning": tr("The number of oriented bands."),
            "low": 2,
            "high": 16,
            "step": 1,
        },
    )
    window: int = field(
        default=7,
        metadata={
            "title": tr("Window"),
            "meaning": tr("Coefficients along each side of the uniform window, an odd number."),
            "low": 1,
            "high": 31,
            "step": 2,
        },
    )
    k: float = field(
        default=0.0,
        metadata={
            "title": "K",
            "meaning": tr("A constant that steadies windows with little in them."),
            "low": 0.0,
        },
    )
    color: Color = field(default="mean", metadata=COLOR)
    pooling: Pooling = field(
        default="height",
        metadata={
            "title": tr("Pooling"),
            "meaning": tr(
                "The Gaussian that weighs the map has a σ of a quarter of the height, as in "
                "the published code, or of each side along its own axis."
            ),
            "choices": ((tr("Height / 4"), "height"), (tr("Each side / 4"), "sides")),
        },
    )

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        set_(self, "data_range", Ssim(data_range=self.data_range, color=self.color).data_range)
        for name, least in (("levels", 1), ("orientations", 2), ("window", 1)):
            set_(self, name, _whole(name, getattr(self, name), least))
        if self.window % 2 == 0:
            raise MetricError(tr("window is an odd number, not {window}.", window=self.window))
        set_(self, "k", _not_negative("k", self.k))
        if str(self.pooling) not in ("height", "sides"):
            raise MetricError(
                tr("pooling is one of height, sides, not {pooling!r}.", pooling=self.pooling)
            )

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundPlanes:
        """Return the metric with the bands of its reference, (H, W) or (H, W, C), computed.

        Raises
        ------
        MetricError
            The reference is no image of real finite numbers or too small for the pyramid.
        """
        return BoundPlanes(self, reference, channel_axis=channel_axis)

    def plane(self, x: NDArray[Any], /) -> OrientedPlane:
        """Return one plane of the reference."""
        height, width = x.shape
        if min(height, width) < self.smallest_side():
            raise MetricError(
                tr(
                    "The image, {size_text}, is too small for {levels} levels of the "
                    "pyramid; the smallest side is {smallest_side}.",
                    size_text=size_text(x.shape),
                    levels=self.levels,
                    smallest_side=self.smallest_side(),
                )
            )
        bands = oriented_bands((height, width), self.levels, self.orientations)
        return OrientedPlane(
            x, bands, self.window, self.k, self.data_range, by_height=self.pooling == "height"
        )

    def smallest_side(self) -> int:
        """Return the smallest side of an image that has room for the levels and the window."""
        of_window = (self.window - 1) * (1 << (self.levels - 1)) + 1
        return max(smallest_side(self.levels), of_window)

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        color = color_in_words(self.color)
        pooling = tr("height / 4") if self.pooling == "height" else tr("side / 4 along each axis")
        return tr(
            "level {levels}, {orientations} orientations, {window}×{window} "
            "uniform, K = {k:g}, {color}, pooled with σ = {pooling}",
            levels=self.levels,
            orientations=self.orientations,
            window=self.window,
            k=self.k,
            color=color,
            pooling=pooling,
        )


def _whole(name: str, value: Any, at_least: int) -> int:
    try:
        number = operator.index(value)
    except TypeError:
        number = at_least - 1
    if not at_least <= number <= LARGEST_WHOLE:
        raise MetricError(
            tr(
                "{name} is a whole number of at least {at_least}, not {value!r}.",
                name=name,
                at_least=at_least,
                value=value,
            )
        )
    return number


def _not_negative(name: str, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not (math.isfinite(number) and number >= 0):
        raise MetricError(
            tr("{name} is a number of at least 0, not {value!r}.", name=name, value=value)
        )
    return number
