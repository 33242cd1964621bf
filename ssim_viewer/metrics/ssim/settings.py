"""The settings of SSIM: which window, border, constants and conventions."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal, TypeVar, get_args

import numpy as np

from ssim_viewer.metrics.borders import BORDER_WORDS
from ssim_viewer.metrics.data_range import ASSUMED, AssumedRange
from ssim_viewer.metrics.downsampling import automatic_factor, first_pixel
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.luma import Color, color_in_words
from ssim_viewer.metrics.ssim.similarity import Similarity
from ssim_viewer.metrics.ssim.unstabilised import Unstabilised
from ssim_viewer.metrics.ssim.window import Window, gaussian_kernel, uniform_kernel
from ssim_viewer.text import joined, tr

WindowShape = Literal["gaussian", "uniform"]
Border = Literal["valid", "reflect", "reflect-101", "replicate", "zero"]
Covariance = Literal["population", "sample"]
Precision = Literal["double", "single"]

Settings = TypeVar("Settings", bound="SsimSettings")


@dataclass(frozen=True, slots=True)
class SsimSettings:
    """Settings of the structural similarity index; the defaults are those of Wang et al. (2004).

    Parameters
    ----------
    data_range
        L, the distance between black and white: 255 for 8 bits. Unless it is given, a pair of
        float images within [0, 1] is refused.
    k1, k2
        K1 and K2 of the constants C1 = (K1 L)², C2 = (K2 L)². With 0 for both it is the universal
        quality index; what would be 0 / 0 counts as 1 there, with no gradient.
    window
        "gaussian" or "uniform" weights.
    window_size
        The number of taps along each side, at least 2.
    sigma
        The standard deviation of the Gaussian in pixels.
    border
        "valid": windows inside the image only. Otherwise one window per pixel, the image extended
        by its mirror image, "reflect"; by that without the outermost pixels, "reflect-101"; by its
        outermost pixels, "replicate"; or by zeros, "zero".
    exponents
        alpha, beta, gamma of luminance, contrast and structure, none below 0.
    downsample
        A whole factor by which images are shrunk first, or "auto": max(1, round(min(H, W) / 256)),
        as in Wang's `ssim.m`; "auto-pool" is the same as piq does it: halves round to even, boxes
        begin at the first pixel, and pixels that fill no whole box are left out.
    covariance
        "population", or "sample": variances and covariance times n² / (n² - 1).
    color
        "mean" of the channels' SSIM, or SSIM of a luma: "luma" (BT.601), "luma-rounded" (MATLAB's
        `rgb2gray` of 8 bits), "luma-studio" (BT.601 from 16 to 235), "luma-709" (BT.709).
    precision
        "double", or "single": float32 arithmetic on centred images, faster and in half the memory.
        It moves the value by less than 1e-7 and the gradient by 5e-6 of its length (1e-4 where
        both images are smooth and the gradient is next to nothing); samples further than 16 data
        ranges from 0 are measured in double, with a note. Only compiled
        kernels are that fast: see `warm_up`; other exponents than 1 are always double.
    crop
        How many pixels are cut off all four sides first.
    taps
        Weights of your own along each side, in place of `window`, `window_size` and `sigma`: none
        below 0, and the same from both ends; they are divided by their sum.
    stride
        Only every so manieth window counts, along rows and columns, from the first one.
    across_channels
        Whether the window of colour images reaches over the channels too, as a third side of as
        many taps: MathWorks' `ssim` of RGB. It needs a border; a luma has nothing to reach over.

    Raises
    ------
    MetricError
        A setting is out of its range.
    """

    higher_is_better: ClassVar[bool] = True

    data_range: float = ASSUMED
    k1: float = 0.01
    k2: float = 0.03
    window: WindowShape = "gaussian"
    window_size: int = 11
    sigma: float = 1.5
    border: Border = "valid"
    exponents: tuple[float, float, float] = (1.0, 1.0, 1.0)
    downsample: int | Literal["auto", "auto-pool"] = 1
    covariance: Covariance = "population"
    color: Color = "mean"
    precision: Precision = "double"
    crop: int = 0
    taps: tuple[float, ...] = ()
    stride: int = 1
    across_channels: bool = False

    def __post_init__(self) -> None:
        for name in ("data_range", "sigma"):
            self._set(name, positive(name, getattr(self, name)))
        for name in ("k1", "k2"):
            self._set(name, positive(name, getattr(self, name), or_zero=True))
        self._set("taps", _taps(self.taps))
        if self.taps:
            self._set("window_size", len(self.taps))
        self._set("window_size", _whole("window_size", self.window_size, at_least=2))
        self._set("crop", _whole("crop", self.crop, at_least=0))
        self._set("stride", _whole("stride", self.stride, at_least=1))
        if not isinstance(self.across_channels, bool):
            raise MetricError(
                tr(
                    "across_channels is True or False, not {across_channels!r}.",
                    across_channels=self.across_channels,
                )
            )
        if not (isinstance(self.downsample, str) and self.downsample in ("auto", "auto-pool")):
            self._set("downsample", _whole("downsample", self.downsample, at_least=1))
        self._set("exponents", _exponents(self.exponents))
        for name, choices in _CHOICES.items():
            _one_of(name, getattr(self, name), get_args(choices))
        if self.across_channels and self.border == "valid":
            raise MetricError(tr("A window across channels needs a border, such as replicate."))
        if not all(1e-150 < k * self.data_range < 1e75 for k in (self.k1 or 1, self.k2 or 1)):
            raise MetricError(
                tr(
                    "data_range is too large or too small to compute with: {data_range:g}.",
                    data_range=self.data_range,
                )
            )

    def in_precision(self: Settings, precision: Precision) -> Settings:
        """Return the same settings in a precision; these very ones where they are in it."""
        return self if self.precision == precision else replace(self, precision=precision)

    def factor(self, shape: tuple[int, ...]) -> int:
        """Return by how much an image of this shape is shrunk first."""
        if isinstance(self.downsample, str):
            return automatic_factor(*self.cropped(shape), half_up=self.downsample == "auto")
        return self.downsample

    @property
    def pools(self) -> bool:
        """Whether images are shrunk in whole boxes from the first pixel, without a border."""
        return self.downsample == "auto-pool"

    @property
    def every_window(self) -> bool:
        """Whether the map holds every window of each plane, by constants above 0."""
        return self.stride == 1 and not self.across_channels and self.k1 > 0 < self.k2

    def cropped(self, shape: tuple[int, ...]) -> tuple[int, int]:
        """Return the height and width that are left of an image of this shape."""
        return max(shape[0] - 2 * self.crop, 0), max(shape[1] - 2 * self.crop, 0)

    def geometry(self, shape: tuple[int, ...]) -> MapGeometry:
        """Return where the samples of the map of an image of this shape stand."""
        factor = self.factor(shape)
        margin = self.kernel().margins[0]
        first = 0 if self.pools else first_pixel(factor)
        # Half a window to the middle of the first one, and half a square of the map back.
        offset = first + factor * (self.window_size / 2 - margin - self.stride / 2)
        return MapGeometry(self.crop + offset, factor * self.stride)

    def kernel(self) -> Window:
        """Return the window with its border."""
        if self.taps:
            return Window(np.array(self.taps) / math.fsum(self.taps), self.border)
        if self.window == "gaussian":
            return Window(gaussian_kernel(self.window_size, self.sigma), self.border)
        return Window(uniform_kernel(self.window_size), self.border)

    def similarity(self) -> Similarity:
        """Return the constants and exponents of the similarity of local statistics."""
        C1, C2 = ((k * self.data_range) ** 2 for k in (self.k1, self.k2))
        samples = self.window_size**2
        k = samples / (samples - 1) if self.covariance == "sample" else 1.0
        kind = Similarity if self.k1 > 0 < self.k2 else Unstabilised
        return kind(C1, C2, *self.exponents, k=k, flat=1e-14 * self.data_range**2)

    def describe(self, shape: tuple[int, ...] | None = None, *, guessed: bool = False) -> str:
        """Return the convention in words, as it stands beside a score.

        What departs from population covariance, exponents 1, K = 0.01, 0.03 and full size is added.
        With the shape of an image, the factor of automatic downsampling is named; a data range
        that was guessed is said.
        """
        white = f"L = {self.data_range:g}"
        guess = tr("{range} (guessed from the values)", range=white)
        color = color_in_words(self.color)
        words = [
            self._window_in_words(),
            BORDER_WORDS[self.border],
            color,
            guess if guessed else white,
        ]
        if (self.k1, self.k2) != (0.01, 0.03):
            words.append(f"K = {self.k1:g}, {self.k2:g}")
        if self.covariance == "sample":
            words.append(tr("sample covariance"))
        if self.exponents != (1, 1, 1):
            words.append("α, β, γ = {:g}, {:g}, {:g}".format(*self.exponents))
        if self.crop:
            words.append(tr("border of {crop} px left out", crop=self.crop))
        if self.stride > 1:
            every = tr("every {stride}th window", stride=self.stride)
            words.append(_STEPS.get(self.stride, every))
        if self.across_channels:
            words.append(tr("window across channels"))
        if self.precision == "single":
            words.append(tr("single precision"))
        if isinstance(self.downsample, str):
            words.append(self._downsampling_in_words(shape))
        elif self.downsample > 1:
            words.append(tr("downsampled ×{downsample}", downsample=self.downsample))
        return joined(", ", words)

    def _downsampling_in_words(self, shape: tuple[int, ...] | None) -> str:
        pooled = self.downsample != "auto"
        if not shape:
            simply = tr("downsampled automatically")
            return tr("downsampled automatically, pooled") if pooled else simply
        factor = self.factor(shape)
        if pooled:
            return tr("downsampled ×{factor} (automatic, pooled)", factor=factor)
        return tr("downsampled ×{factor} (automatic)", factor=factor)

    def _window_in_words(self) -> str:
        side = f"{self.window_size}×{self.window_size}"
        if self.taps:
            return tr("{side} weights of its own", side=side)
        return (
            tr("{side} Gaussian σ {sigma:g}", side=side, sigma=self.sigma)
            if self.window == "gaussian"
            else tr("{side} uniform", side=side)
        )

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)


_STEPS = {2: tr("every second window"), 3: tr("every third window")}

LARGEST_WHOLE = 1 << 20  # what counts pixels, taps or levels

_CHOICES = {
    "window": WindowShape,
    "border": Border,
    "covariance": Covariance,
    "color": Color,
    "precision": Precision,
}


def _taps(values: Any) -> tuple[float, ...]:
    try:
        taps = tuple(float(value) for value in values)
    except (TypeError, ValueError, OverflowError):
        taps = (math.nan,)
    if taps and not (
        len(taps) > 1
        and all(math.isfinite(tap) and tap >= 0 for tap in taps)
        and 0 < sum(taps) < math.inf
        and taps == taps[::-1]
    ):
        raise MetricError(
            tr(
                "taps are two weights or more, none below 0, that read the same from both ends, "
                "not {values!r}.",
                values=values,
            )
        )
    return taps


def stabilised(ssim: Settings) -> Settings:
    """Return the same settings with constants above 0: Wang's in the place of 0."""
    if ssim.k1 > 0 < ssim.k2:
        return ssim
    return replace(ssim, k1=ssim.k1 or 0.01, k2=ssim.k2 or 0.03)


def check_stable(ssim: SsimSettings, metric: str) -> None:
    """Raise MetricError for a metric that has no value with constants of 0."""
    if ssim.k1 == 0 or ssim.k2 == 0:
        raise MetricError(tr("{metric} needs constants k1 and k2 above 0.", metric=metric))


def positive(name: str, value: Any, *, or_zero: bool = False) -> float:
    """Return a finite number above 0, or of at least 0, or raise a MetricError that names it."""
    if isinstance(value, AssumedRange):
        return value
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not (math.isfinite(number) and (number > 0 or (or_zero and number == 0))):
        least = tr("of at least 0") if or_zero else tr("above 0")
        raise MetricError(
            tr("{name} is a number {least}, not {value!r}.", name=name, least=least, value=value)
        )
    return number


def _whole(name: str, value: Any, *, at_least: int) -> int:
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


def _exponents(values: Any) -> tuple[float, float, float]:
    try:
        alpha, beta, gamma = (float(value) for value in values)
    except (TypeError, ValueError, OverflowError):
        alpha = beta = gamma = math.nan
    if not all(math.isfinite(v) and v >= 0 for v in (alpha, beta, gamma)):
        raise MetricError(
            tr("exponents are three numbers of at least 0, not {values!r}.", values=values)
        )
    return alpha, beta, gamma


def _one_of(name: str, value: object, choices: tuple[str, ...]) -> None:
    if not (isinstance(value, str) and value in choices):
        raise MetricError(
            tr(
                "{name} is one of {names}, not {value!r}.",
                name=name,
                names=", ".join(choices),
                value=value,
            )
        )
