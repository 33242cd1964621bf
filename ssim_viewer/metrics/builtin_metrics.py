"""The built-in metrics as entries of the catalogue: name, formula, source and how each is made."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ssim_viewer.metrics.cw_ssim.metric import CwSsim
from ssim_viewer.metrics.gmsd import Gmsd
from ssim_viewer.metrics.ms_ssim.metric import MsSsim
from ssim_viewer.metrics.pixel_metrics import Mae, Mse, Psnr
from ssim_viewer.metrics.ssim.metric import Ssim
from ssim_viewer.metrics.weighted import WeightedSsim
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.metrics.luma import Color
    from ssim_viewer.metrics.protocol import Metric


@dataclass(frozen=True, slots=True)
class MetricContext:
    """What a metric is made for: the images, and the convention of SSIM that a person has chosen.

    Attributes
    ----------
    data_range
        L of the images.
    color
        "mean" of the channels' scores, or the score of a luma, see `Ssim`.
    ssim
        The window, constants and border in use; metrics akin to SSIM take them too.
    """

    data_range: float = 255.0
    color: Color = "mean"
    ssim: Ssim = field(default_factory=Ssim)


@dataclass(frozen=True, slots=True)
class MetricEntry:
    """A metric as the catalogue lists it.

    Attributes
    ----------
    name
        As it is typed, "ms-ssim".
    title
        As it is read, "Multi-scale SSIM".
    symbol
        As it stands beside a number, "MS-SSIM".
    make
        Returns the metric for images and a convention.
    summary
        A paragraph that says what it measures, with the formula.
    source
        Where it was published.
    higher_is_better
        Whether quality goes up with the value.
    best
        The value of identical images, None when there is no such value.
    aliases
        Other names that people use.
    has_gradient
        Whether its value has a derivative that climbs can follow.
    """

    name: str
    title: str
    symbol: str
    make: Callable[[MetricContext], Metric]
    summary: str
    source: str
    higher_is_better: bool
    best: float | None = None
    aliases: tuple[str, ...] = ()
    has_gradient: bool = True


def _ssim(context: MetricContext) -> Ssim:
    return replace(context.ssim, data_range=context.data_range, color=context.color)


BUILT_IN: tuple[MetricEntry, ...] = (
    MetricEntry(
        name="mse",
        title=tr("Mean squared error"),
        symbol="MSE",
        make=lambda _: Mse(),
        summary=(
            tr(
                "The mean of the squared differences over all samples of all channels, MSE = Σ (y "
                "− x)² / N. All distortions of one size count alike, seen or not: images of equal "
                "MSE lie on a sphere about the reference."
            )
        ),
        source="Gauss, 1809; Wang, Bovik, IEEE Signal Processing Magazine 26(1), 2009",
        higher_is_better=False,
        best=0.0,
    ),
    MetricEntry(
        name="mae",
        title=tr("Mean absolute error"),
        symbol="MAE",
        make=lambda _: Mae(),
        summary=(
            tr(
                "The mean of the absolute differences over all samples of all channels, "
                "MAE = Σ |y − x| / N. A few large errors count less than in the MSE."
            )
        ),
        source="Laplace, 1774; Willmott, Matsuura, Climate Research 30, 2005",
        higher_is_better=False,
        best=0.0,
        aliases=("l1",),
    ),
    MetricEntry(
        name="psnr",
        title=tr("Peak signal-to-noise ratio"),
        symbol="PSNR",
        make=lambda context: Psnr(context.data_range),
        summary=(
            tr(
                "The MSE in decibels below the data range L, PSNR = 10 log₁₀(L² / MSE): it ranks "
                "images as the MSE does, the other way round. Identical images have an"
                " infinite one."
            )
        ),
        source="ITU-T J.340, 2010",
        higher_is_better=True,
        best=math.inf,
    ),
    MetricEntry(
        name="ssim",
        title=tr("Structural similarity"),
        symbol="MSSIM",
        make=_ssim,
        summary=(
            tr(
                "Luminance, contrast and structure of small windows are compared, SSIM = (2 μx μy "
                "+ C₁)(2 σxy + C₂) / ((μx² + μy² + C₁)(σx² + σy² + C₂)), and averaged over all "
                "windows. It lies between −1 and 1."
            )
        ),
        source="Wang, Bovik, Sheikh, Simoncelli, IEEE Transactions on Image Processing 13(4), 2004",
        higher_is_better=True,
        best=1.0,
        aliases=("mssim",),
    ),
    MetricEntry(
        name="ms-ssim",
        title=tr("Multi-scale SSIM"),
        symbol="MS-SSIM",
        make=lambda context: MsSsim.of(_ssim(context)),
        summary=(
            tr(
                "Contrast and structure are compared at five scales, each half as large as the "
                "one before, and luminance at the last: MS-SSIM = Π mean(c s)ⱼ^wⱼ · "
                "mean(SSIM)₅^w₅, with weights 0.0448, 0.2856, 0.3001, 0.2363, 0.1333 from fine to "
                "coarse. A negative mean counts as 0; a climb follows the factors ((1 + v) / "
                "2)^w, which grow with every mean. Smaller images have fewer scales."
            )
        ),
        source="Wang, Simoncelli, Bovik, 37th Asilomar Conference on Signals, 2003",
        higher_is_better=True,
        best=1.0,
    ),
    MetricEntry(
        name="cw-ssim",
        title=tr("Complex-wavelet SSIM"),
        symbol="CW-SSIM",
        make=lambda context: CwSsim(data_range=context.data_range, color=context.color),
        summary=(
            tr(
                "Coefficients of a complex steerable pyramid are compared, at its fourth level in "
                "eight orientations: CW-SSIM = mean of 2 |Σ cx cy*| / (Σ |cx|² + Σ |cy|²) over "
                "windows of 7 × 7, the middle of the image counting most. A small shift or turn "
                "moves the phases of a window alike, which it does not see."
            )
        ),
        source=(
            "Sampat, Wang, Gupta, Bovik, Markey, IEEE Transactions on Image Processing 18(11), 2009"
        ),
        higher_is_better=True,
        best=1.0,
    ),
    MetricEntry(
        name="w-ssim",
        title=tr("Variance-weighted SSIM"),
        symbol="W-SSIM",
        make=lambda context: WeightedSsim.of(_ssim(context)),
        summary=(
            tr(
                "The mean of the SSIM map in which windows count by what is in them, "
                "W-SSIM = Σ w SSIM / Σ w with w = log((1 + σx² / C₂)(1 + σy² / C₂)): flat windows, "
                "which plain SSIM counts like all others, hardly count."
            )
        ),
        source="Wang, Simoncelli, Journal of Vision 8(12):8, 2008 (its code)",
        higher_is_better=True,
        best=1.0,
        aliases=("weighted-ssim",),
    ),
    MetricEntry(
        name="gmsd",
        title=tr("Gradient magnitude similarity deviation"),
        symbol="GMSD",
        make=lambda context: Gmsd(data_range=context.data_range, color=context.color),
        summary=(
            tr(
                "Edges are compared at half size by the magnitudes m of Prewitt's gradients, (2 "
                "mx my + c) / (mx² + my² + c), and the standard deviation of that map is the "
                "score: an error that is the same everywhere is none."
            )
        ),
        source="Xue, Zhang, Mou, Bovik, IEEE Transactions on Image Processing 23(2), 2014",
        higher_is_better=False,
        best=0.0,
    ),
)
