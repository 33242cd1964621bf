"""Gradient descent of MSSIM at constant MSE as it is often copied, with four faults to switch on.

X is the reference, Y the distorted image, N the number of pixels, E = (Y - X) / |Y - X| over all
pixels. Right is: T = G - <G, E> E with the gradient G of the score that is shown, Y ← Y - λ T, then
Y ← X + σ √N (Y - X) / |Y - X|, so that the MSE stays σ². Source: Wang et al., IEEE TIP 13(4), 2004,
section IV.A.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.distortions import mse_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ssim_viewer.metrics.protocol import BoundMetric

    Plane = NDArray[np.float64]

STEPS = 40
SHARE = 0.08
"""The length of the first right step, as a share of the radius of the sphere."""


@dataclass(frozen=True, slots=True)
class Faults:
    """Which faults are switched on.

    Attributes
    ----------
    matrix_product
        E and its transpose are multiplied as image matrices: (I - E Eᵀ) G.
    ascent_sign
        The step goes along the gradient: Y + λ T.
    unit_radius
        Y = X + σ E with E of unit norm: the MSE becomes σ² / N.
    foreign_gradient
        The gradient is that of scikit-image with its defaults, of another score.
    """

    matrix_product: bool = False
    ascent_sign: bool = False
    unit_radius: bool = False
    foreign_gradient: bool = False


ALL = Faults(matrix_product=True, ascent_sign=True, unit_radius=True, foreign_gradient=True)


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What a run has come to: a row a step, from the start on, and its latest image."""

    mse: tuple[float, ...]
    mssim: tuple[float, ...]
    image: Plane


def run(bound: BoundMetric, x: Plane, y: Plane, data_range: float, faults: Faults) -> Iterator[Run]:
    """Yield the run after each of `STEPS` steps, the start first.

    Parameters
    ----------
    bound
        The score with the reference bound.
    x, y
        (H, W), not equal.
    """
    sigma = float(np.sqrt(mse_between(x, y)))
    rate = _rate(bound, x, y, sigma)
    mse, mssim = [sigma**2], [float(bound.value(y))]
    yield Run((*mse,), (*mssim,), y)
    for _ in range(STEPS):
        gradient = _gradient(bound, x, y, data_range, faults)
        step = rate * _tangent(gradient, _unit(y - x), faults)
        moved = y + step if faults.ascent_sign else y - step
        radius = sigma if faults.unit_radius else sigma * np.sqrt(x.size)
        y = x + radius * _unit(moved - x)
        mse.append(mse_between(x, y))
        mssim.append(float(bound.value(y)))
        yield Run((*mse,), (*mssim,), y)


def scikit_image_gradient(x: Plane, y: Plane, data_range: float) -> Plane:
    """Return what `structural_similarity(x, y, gradient=True)` of scikit-image returns, by y.

    A 7 × 7 uniform window over a reflected border, sample covariance in the map and not in the
    derivative; it is of the mean over the whole map, and the score is the mean over a cropped one.
    """
    size = 7

    def mean(values: Plane) -> Plane:
        from scipy import ndimage  # noqa: PLC0415 - loading it takes longer than a start has

        return np.asarray(ndimage.uniform_filter(values, size), np.float64)

    C1, C2 = (0.01 * data_range) ** 2, (0.03 * data_range) ** 2
    sample = size**2 / (size**2 - 1)
    mu_x, mu_y = mean(x), mean(y)
    s_x, s_y = (sample * (mean(v * v) - m * m) for v, m in ((x, mu_x), (y, mu_y)))
    s_xy = sample * (mean(x * y) - mu_x * mu_y)
    A1, A2 = 2 * mu_x * mu_y + C1, 2 * s_xy + C2
    B1, B2 = mu_x**2 + mu_y**2 + C1, s_x + s_y + C2
    D = B1 * B2
    S = A1 * A2 / D
    gradient = mean(A1 / D) * x + mean(-S / B2) * y
    gradient += mean((mu_x * (A2 - A1) - mu_y * (B2 - B1) * S) / D)
    return np.asarray(gradient * (2 / x.size), np.float64)


def _gradient(bound: BoundMetric, x: Plane, y: Plane, data_range: float, faults: Faults) -> Plane:
    if faults.foreign_gradient:
        return scikit_image_gradient(x, y, data_range)
    return bound.value_and_gradient(y)[1]


def _tangent(gradient: Plane, e: Plane, faults: Faults) -> Plane:
    if faults.matrix_product:
        return np.asarray((np.eye(len(e)) - e @ e.T) @ gradient, np.float64)
    return np.asarray(gradient - np.vdot(gradient, e) * e, np.float64)


def _rate(bound: BoundMetric, x: Plane, y: Plane, sigma: float) -> float:
    """Return λ: the first right step is a share of the radius long."""
    tangent = _tangent(bound.value_and_gradient(y)[1], _unit(y - x), Faults())
    length = float(np.linalg.norm(tangent))
    return SHARE * sigma * float(np.sqrt(x.size)) / max(length, 1e-300)


def _unit(difference: Plane) -> Plane:
    """Return E; zeros where a step has led to X itself, from where no direction leads."""
    largest = float(np.abs(difference).max())
    if largest == 0.0:
        return np.zeros_like(difference)
    scaled = difference / largest  # the square of a very long step would be infinite
    return np.asarray(scaled / np.linalg.norm(scaled), np.float64)
