"""Every convention by the name of the program that has it: one pair, its many scores.

Each entry makes a metric that reproduces its origin to the origin's own precision; the tests hold
it against values stored from the programs themselves (`tests/metrics/conventions`).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.gmsd import Gmsd
from ssim_viewer.metrics.masked_metric import masked_metric
from ssim_viewer.metrics.ms_ssim.metric import MsSsim
from ssim_viewer.metrics.ssim.metric import Ssim
from ssim_viewer.metrics.ssim.presets import PRESETS
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Convention = Ssim | MsSsim | Gmsd


@dataclass(frozen=True, slots=True)
class NamedConvention:
    """A convention and where it is from.

    Attributes
    ----------
    name
        The program and its function.
    metric
        Its settings, but for the data range.
    difference
        What differs from Wang's `ssim_index.m`, in a sentence.
    origin
        The call, and the version whose values are stored.
    """

    name: str
    metric: Convention
    difference: str
    origin: str

    def made(self, data_range: float) -> Convention:
        """Return the metric for images of a data range."""
        return replace(self.metric, data_range=data_range)


@dataclass(frozen=True, slots=True)
class ConventionScore:
    """The score of a pair under a convention; NaN with the reason where it has none."""

    convention: NamedConvention
    value: float
    problem: str = ""


_LUMA_MS = MsSsim(color="luma")

CONVENTIONS: tuple[NamedConvention, ...] = (
    NamedConvention(
        "Wang ssim_index.m",
        PRESETS["Wang 2004"],
        tr("The original: 11×11 Gaussian windows inside the image, population moments, of grey."),
        "ssim_index(x, y), 2003",
    ),
    NamedConvention(
        "Wang ssim.m",
        PRESETS["Wang downsampled"],
        tr(
            "Both images are first shrunk by round(min(H, W) / 256), by a box with symmetric"
            " border."
        ),
        "ssim(x, y), 2009",
    ),
    NamedConvention(
        "MathWorks ssim, grey",
        PRESETS["MATLAB ssim"],
        tr(
            "A window for every pixel, the border replicated; colour goes through rgb2gray,"
            " rounded."
        ),
        "ssim(rgb2gray(y), rgb2gray(x)), Image Processing Toolbox",
    ),
    NamedConvention(
        "MathWorks ssim, RGB",
        PRESETS["MATLAB ssim of RGB"],
        tr("RGB is a volume: the Gaussian reaches over the three channels as well, replicated."),
        "ssim(y, x) of M×N×3, Image Processing Toolbox",
    ),
    NamedConvention(
        "MathWorks ssim, per channel",
        Ssim(border="replicate"),
        tr("A window for every pixel, the border replicated, and the mean of the channels."),
        'ssim(y, x, DataFormat="SSC"), Image Processing Toolbox',
    ),
    NamedConvention(
        "scikit-image",
        PRESETS["scikit-image default"],
        tr("7×7 uniform windows and sample covariance, n / (n − 1); the mean of the channels."),
        "structural_similarity(x, y, channel_axis=-1), 0.26.0",
    ),
    NamedConvention(
        "scikit-image, gaussian",
        PRESETS["scikit-image gaussian"],
        tr(
            "Gaussian windows, but still sample covariance, times 121 / 120, unless it is"
            " turned off."
        ),
        "structural_similarity(x, y, gaussian_weights=True), 0.26.0",
    ),
    NamedConvention(
        "scikit-image, as Wang",
        Ssim(),
        tr("With sample covariance turned off it is Wang's, the mean of the channels."),
        "structural_similarity(…, gaussian_weights=True, use_sample_covariance=False), 0.26.0",
    ),
    NamedConvention(
        "TensorFlow",
        Ssim(),
        tr("Wang's in single precision, the mean of the channels."),
        "tf.image.ssim(x, y, 255), 2.21.0",
    ),
    NamedConvention(
        "pytorch-msssim",
        Ssim(),
        tr(
            "Wang's with weights in single precision, which moves the sixth digit; mean of"
            " channels."
        ),
        "pytorch_msssim.ssim(x, y), 1.0.0",
    ),
    NamedConvention(
        "piq",
        PRESETS["piq"],
        tr("Shrunk first by average pooling: whole boxes from the first pixel, the rest left out."),
        "piq.ssim(x, y), 0.8.0",
    ),
    NamedConvention(
        "torchmetrics",
        PRESETS["Same, reflect-101"],
        tr("A window for every pixel, the image mirrored without its outermost pixels."),
        "structural_similarity_index_measure(x, y), 1.9.0",
    ),
    NamedConvention(
        "kornia, same",
        PRESETS["Same, reflect-101"],
        tr("A window for every pixel, the image mirrored without its outermost pixels."),
        'kornia.metrics.ssim(x, y, 11, padding="same").mean(), 0.9.0',
    ),
    NamedConvention(
        "kornia, valid",
        Ssim(),
        tr("Windows inside the image only, the mean of the channels."),
        'kornia.metrics.ssim(x, y, 11, padding="valid").mean(), 0.9.0',
    ),
    NamedConvention(
        "OpenCV quality",
        PRESETS["Same, reflect-101"],
        tr("A window for every pixel, mirrored without its outermost pixels, in single precision."),
        "cv2.quality.QualitySSIM_compute(x, y), 5.0.0",
    ),
    NamedConvention(
        "ffmpeg",
        PRESETS["ffmpeg"],
        tr("8×8 uniform windows at every fourth pixel, and C₁ 64 times smaller than Wang's."),
        "filter ssim, All over planes of RGB, 5.1.9; YUV weighs its planes by their size",
    ),
    NamedConvention(
        "ImageMagick",
        Ssim(border="replicate"),
        tr("A window for every pixel, the border replicated; new versions print (1 − SSIM) / 2."),
        "compare -metric SSIM, 7.1.2-30",
    ),
    NamedConvention(
        "Universal quality index",
        PRESETS["Universal quality index"],
        tr("No constants, K = 0: 8×8 uniform windows, so that dark and flat windows count fully."),
        "img_qi(x, y), 2001",
    ),
    NamedConvention(
        "torchmetrics, universal quality",
        Ssim(k1=0.0, k2=0.0),
        tr("No constants, but the Gaussian window of SSIM; the mean of the channels."),
        "universal_image_quality_index(x, y), 1.9.0",
    ),
    NamedConvention(
        "MS-SSIM, product",
        _LUMA_MS,
        tr(
            "Five scales: the product of the means of c s, and of SSIM at the last, to their"
            " weights."
        ),
        'msssim(x, y, …, "product"), 2003',
    ),
    NamedConvention(
        "MS-SSIM, weighted sum",
        replace(_LUMA_MS, pooling="sum"),
        tr("Five scales: the same means, added with their weights instead of multiplied."),
        'msssim(x, y, …, "wtd_sum"), 2003',
    ),
    NamedConvention(
        "MS-SSIM, TensorFlow",
        MsSsim(),
        tr(
            "The product, as the mean of the channels; pytorch-msssim agrees where 16 divides both "
            "sides, else it pads with zeros."
        ),
        "tf.image.ssim_multiscale(x, y, 255), 2.21.0",
    ),
    NamedConvention(
        "GMSD",
        Gmsd(color="luma"),
        tr(
            "Another metric, 0 is best: the deviation of gradient similarity, N − 1 under the root."
        ),
        "GMSD(x, y), 2014",
    ),
    NamedConvention(
        "GMSD, piq",
        Gmsd(color="luma", deviation="population"),
        tr("The same with N under the root."),
        "piq.gmsd(x, y), 0.8.0",
    ),
)


def convention_scores(
    reference: ArrayLike,
    distorted: ArrayLike,
    data_range: float,
    mask: NDArray[np.bool_] | None = None,
) -> Iterator[ConventionScore]:
    """Yield the score of a pair under every convention, in order; equal settings are shared.

    With a mask, (H, W), only the pixels count that it names.

    A convention for which the images are too small has no value, and says why.
    """
    known: dict[Convention, ConventionScore] = {}
    for each in CONVENTIONS:
        metric = each.made(data_range)
        if metric not in known:
            try:
                of = metric if mask is None else masked_metric(metric, mask)
                value = float(of.bind(reference).value(distorted))
                known[metric] = ConventionScore(each, value)
            except MetricError as error:
                known[metric] = ConventionScore(each, math.nan, str(error))
        yield replace(known[metric], convention=each)


@dataclass(frozen=True, slots=True)
class TypedScore:
    """A number as somebody has typed it: it is known to half a unit of its last digit."""

    value: float
    half_unit: float

    def reading(self, score: float) -> str | None:
        """Return as what a score agrees with this number, "" as itself, or None if it does not.

        Programs also print 1 − SSIM, (1 − SSIM) / 2, or percent.
        """
        for words, seen in (
            ("", score),
            (tr("1 − value"), 1 - score),
            (tr("(1 − value) / 2"), (1 - score) / 2),
            (tr("in percent"), 100 * score),
        ):
            if abs(seen - self.value) <= self.half_unit * (1 + 1e-9):
                return words
        return None


_NUMBER = re.compile(r"[+\-−]?(\d+[.,]?\d*|[.,]\d+)(?:e([+\-]?\d{1,3}))?", re.IGNORECASE)


def typed_score(text: str) -> TypedScore | None:
    """Return the number that was typed, with point or comma, or None for anything else."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    plain = match.group().replace(",", ".").replace("−", "-")
    digits = re.split("[eE]", plain)[0]
    places = len(digits.partition(".")[2])
    exponent = int(match.group(2) or 0)
    return TypedScore(float(plain), 0.5 * 10.0 ** (exponent - places))


def matching(scores: Sequence[ConventionScore], typed: TypedScore) -> dict[str, str]:
    """Return the names of the conventions that agree with a typed number, and as what."""
    found = ((each.convention.name, typed.reading(each.value)) for each in scores)
    return {name: words for name, words in found if words is not None}
