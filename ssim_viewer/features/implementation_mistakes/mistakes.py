"""Mistakes and conventions of implementations, each as the value that it gives for two images.

The right value is that of Wang et al., IEEE TIP 13(4), 2004: 11 × 11 Gaussian of σ 1.5, population
covariance, the mean over windows inside the image, C1 = (0.01 L)², C2 = (0.03 L)².
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from ssim_viewer.metrics import MetricError, MsSsim, Ssim
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Plane = NDArray[np.float64]

K1, K2 = 0.01, 0.03
TAPS, SIGMA = 11, 1.5
NEARLY_NOTHING = 1e-9
"""K1 and K2 in place of 0, which flat windows would have no value with."""


@dataclass(frozen=True, slots=True, eq=False)
class Mistake:
    """A mistake, or a convention that people mistake for another.

    Attributes
    ----------
    wrong, right
        The line as it is written, and as it should be.
    settings
        Turns the right settings into those that give the value, where settings can say it.
    value
        Computes the value otherwise, from two planes and L.
    of_channels
        Whether it is of R, G and B, and not of luma.
    """

    id: str
    title: str
    wrong: str
    right: str
    settings: Callable[[Ssim], Ssim] | None = None
    value: Callable[[Plane, Plane, float], float] | None = None
    of_channels: bool = False

    def measure(self, x: Plane, y: Plane, data_range: float) -> float:
        """Return the value for two planes, (H, W), or two images where it is of channels, and L."""
        if self.of_channels and x.ndim == 2:
            raise MetricError(tr("A grey image has no channels to make a difference."))
        if self.value is not None:
            return self.value(x, y, data_range)
        settings = Ssim(data_range=data_range)
        if self.settings is not None:
            settings = self.settings(settings)
        return float(settings.bind(x).value(y))


def ssim_map(
    x: Plane,
    y: Plane,
    mean: Callable[[Plane], Plane],
    data_range: float,
    wrap: bool = False,  # noqa: FBT001, FBT002
) -> Plane:
    """Return the map for a weighted mean; `wrap` squares in 8 bits, as uint8 arrays do."""

    def product(a: Plane, b: Plane) -> Plane:
        if not wrap:
            return a * b
        squares = np.rint(a).astype(np.uint8) * np.rint(b).astype(np.uint8)
        return np.asarray(squares, np.float64)

    C1, C2 = (K1 * data_range) ** 2, (K2 * data_range) ** 2
    mu_x, mu_y = mean(x), mean(y)
    s_x, s_y = mean(product(x, x)) - mu_x**2, mean(product(y, y)) - mu_y**2
    s_xy = mean(product(x, y)) - mu_x * mu_y
    numerator = (2 * mu_x * mu_y + C1) * (2 * s_xy + C2)
    return np.asarray(numerator / ((mu_x**2 + mu_y**2 + C1) * (s_x + s_y + C2)), np.float64)


def gaussian_mean(values: Plane, mode: Literal["reflect", "constant"] = "reflect") -> Plane:
    """Return the 11 × 11 Gaussian mean at every pixel."""
    places = np.arange(TAPS) - TAPS // 2
    taps = np.exp(-(places**2) / (2 * SIGMA**2))
    taps /= taps.sum()
    from scipy import ndimage  # noqa: PLC0415 - loading it takes longer than a start has

    rows = ndimage.correlate1d(values, taps, axis=0, mode=mode)
    return np.asarray(ndimage.correlate1d(rows, taps, axis=1, mode=mode), np.float64)


def _inside(values: Plane) -> Plane:
    if min(values.shape) < TAPS:
        raise MetricError(
            tr("The image is smaller than the window of {taps} × {taps} pixels.", taps=TAPS)
        )
    edge = TAPS // 2
    return values[edge:-edge, edge:-edge]


def _zero_padded(x: Plane, y: Plane, L: float) -> float:
    return float(ssim_map(x, y, lambda v: gaussian_mean(v, "constant"), L).mean())


def _global(x: Plane, y: Plane, L: float) -> float:
    return float(ssim_map(x, y, lambda v: np.full((1, 1), v.mean()), L).mean())


def _wrapping(x: Plane, y: Plane, L: float) -> float:
    return float(wrapped_map(x, y, L).mean())


def wrapped_map(x: Plane, y: Plane, L: float) -> Plane:
    """Return the map of squares that wrap at 256."""
    if L != 255:
        raise MetricError(tr("Only arithmetic in 8 bits wraps at 256."))
    return _inside(ssim_map(x, y, gaussian_mean, L, wrap=True))


def _clamped(x: Plane, y: Plane, L: float) -> float:
    return float(np.maximum(_inside(ssim_map(x, y, gaussian_mean, L)), 0).mean())


def _measured_range(x: Plane, y: Plane, _range: float) -> float:
    found = float(max(x.max(), y.max()) - min(x.min(), y.min()))
    if found == 0:
        raise MetricError(tr("Both images are one constant: max − min is 0."))
    return float(Ssim(data_range=found).bind(x).value(y))


def _linear_light(x: Plane, y: Plane, L: float) -> float:
    def linear(v: Plane) -> Plane:
        v = np.clip(v / L, 0, 1)
        return np.asarray(np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4) * L)

    return float(Ssim(data_range=L).bind(linear(x)).value(linear(y)))


def _ms_ssim(x: Plane, y: Plane, L: float) -> float:
    return MsSsim(data_range=L).bind(x).value(y)


def _ms_ssim_shifted(x: Plane, y: Plane, L: float) -> float:
    return MsSsim(data_range=L, negative="shifted").bind(x).value(y)


def _scikit_image(right: Ssim) -> Ssim:
    return replace(right, window="uniform", window_size=7, covariance="sample")


def _times(factor: float) -> Callable[[Ssim], Ssim]:
    return lambda right: replace(right, data_range=right.data_range * factor)


def _constants(power: Callable[[float, float], float]) -> Callable[[Ssim], Ssim]:
    """Return settings whose constants C are `power(K, L)`: C = (k L)²."""

    def changed(right: Ssim) -> Ssim:
        L = right.data_range
        k1, k2 = (math.sqrt(power(k, L)) / L for k in (K1, K2))
        return replace(right, k1=k1, k2=k2)

    return changed


MISTAKES = (
    Mistake(
        "none",
        tr("Wang et al. 2004"),
        "",
        tr("11 × 11 Gaussian, σ 1.5, population covariance, valid"),
    ),
    Mistake(
        "scikit_image",
        tr("scikit-image's default: 7 × 7 uniform, sample covariance"),
        tr("structural_similarity(x, y)"),
        tr(
            "structural_similarity(x, y, gaussian_weights=True, sigma=1.5, "
            "use_sample_covariance=False)"
        ),
        _scikit_image,
    ),
    Mistake(
        "sample_covariance",
        tr("Sample covariance only"),
        "σ² = n² / (n² − 1) · (E[x²] − μ²)",
        "σ² = E[x²] − μ²",
        lambda right: replace(right, covariance="sample"),
    ),
    Mistake(
        "thirteen_taps",
        tr("13 taps in place of 11"),
        tr("radius = int(4 σ + 0.5) = 6"),
        tr("radius = 5"),
        lambda right: replace(right, window_size=13),
    ),
    Mistake(
        "whole_map",
        tr("The mean over a map with a reflected border"),
        tr("map of every pixel, border reflected, then the mean"),
        tr("mean over windows that lie inside the image"),
        lambda right: replace(right, border="reflect"),
    ),
    Mistake(
        "zero_padding",
        tr("The mean over a zero-padded “same” map"),
        tr("conv2d(x, window, padding=5)"),
        tr("conv2d(x, window, padding=0)"),
        value=_zero_padded,
    ),
    Mistake(
        "range_2",
        tr("Data range 2 for images in [0, 1]"),
        tr("L = 2, guessed from the type float"),
        "L = 1",
        _times(2.0),
    ),
    Mistake("range_255", tr("L = 255 for images in [0, 1]"), "L = 255", "L = 1", _times(255.0)),
    Mistake("range_1", tr("L = 1 for images in [0, 255]"), "L = 1", "L = 255", _times(1 / 255)),
    Mistake(
        "range_uint16",
        tr("scikit-image with 8-bit values in uint16 arrays"),
        tr("L = 65535, guessed from the type uint16"),
        "data_range=255",
        lambda right: _scikit_image(_times(65535 / 255)(right)),
    ),
    Mistake(
        "not_squared",
        tr("C = K L, not squared"),
        "C = K L",
        "C = (K L)²",
        _constants(lambda k, L: k * L),
    ),
    Mistake("k_squared", "C = K² L", "C = K² L", "C = (K L)²", _constants(lambda k, L: k**2 * L)),
    Mistake("l_squared", "C = K L²", "C = K L²", "C = (K L)²", _constants(lambda k, L: k * L**2)),
    Mistake(
        "no_constants",
        tr("No constants: the universal quality index"),
        "C1 = C2 = 0",
        "C1 = (0.01 L)², C2 = (0.03 L)²",
        lambda right: replace(right, k1=NEARLY_NOTHING, k2=NEARLY_NOTHING),
    ),
    Mistake(
        "one_window",
        tr("One window for the whole image"),
        tr("μ = mean(x), σ² = var(x) of the image"),
        tr("μ and σ² in a window around each pixel, then the mean of the map"),
        value=_global,
    ),
    Mistake(
        "wrapping",
        tr("uint8 arithmetic that wraps"),
        tr("x * x of uint8 arrays: 16 · 16 = 0"),
        tr("x = x.astype(float) first"),
        value=_wrapping,
    ),
    Mistake(
        "downsampling",
        tr("MATLAB's automatic downsampling"),
        tr("f = max(1, round(min(H, W) / 256)), then SSIM of the smaller images"),
        tr("no downsampling, or the same on both sides of a comparison"),
        lambda right: replace(right, downsample="auto"),
    ),
    Mistake(
        "clamped",
        tr("Negatives clamped to 0"),
        tr("mean(max(map, 0))"),
        tr("mean(map), negative windows included"),
        value=_clamped,
    ),
    Mistake(
        "measured_range",
        tr("The measured range as L"),
        tr("L = max − min of the images"),
        tr("L = what white means, 255 of 8 bits"),
        value=_measured_range,
    ),
    Mistake(
        "linear_light",
        tr("Linear light in place of coded values"),
        tr("SSIM of values to the power 2.2"),
        tr("SSIM of the values as they are coded"),
        value=_linear_light,
    ),
    Mistake(
        "channel_mean",
        QT_TR_NOOP("The mean of R, G and B in place of luma"),
        QT_TR_NOOP("mean of SSIM(R), SSIM(G), SSIM(B)"),
        QT_TR_NOOP("SSIM of luma, or the same on both sides of a comparison"),
        lambda right: replace(right, color="mean"),
        of_channels=True,
    ),
    Mistake(
        "third_axis",
        QT_TR_NOOP("Colour as the third axis of one filter"),
        QT_TR_NOOP("filter over (H, W, C): the window reaches over the channels too"),
        QT_TR_NOOP("filter over (H, W) of luma, or of each channel"),
        lambda right: replace(right, color="mean", across_channels=True, border="reflect"),
        of_channels=True,
    ),
    Mistake(
        "ms_ssim",
        QT_TR_NOOP("MS-SSIM under the name of SSIM"),
        QT_TR_NOOP("product over five scales"),
        QT_TR_NOOP("SSIM at full size"),
        value=_ms_ssim,
    ),
    Mistake(
        "ms_ssim_shifted",
        QT_TR_NOOP("MS-SSIM of (x + 1) / 2"),
        QT_TR_NOOP("every factor (x + 1) / 2, so that none is negative"),
        QT_TR_NOOP("MS-SSIM as above: factors as they are, negative ones at 0"),
        value=_ms_ssim_shifted,
    ),
)
