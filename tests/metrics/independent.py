"""SSIM once more, written from the paper with SciPy and none of the room's own code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import ndimage

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def gaussian(size: int, sigma: float) -> Array:
    """Return a two-dimensional Gaussian, as MATLAB's `fspecial` makes it."""
    t = np.arange(size) - (size - 1) / 2
    w: Array = np.exp(-(t[:, None] ** 2 + t**2) / (2 * sigma**2))
    w /= w.sum()
    return w


def means(window: Array, border: str) -> Callable[[Array], Array]:
    """Return the local mean with a border, "valid" being what is left inside the image."""
    mode: Literal["nearest", "reflect"] = "nearest" if border == "replicate" else "reflect"
    n = len(window)

    def mean(plane: Array) -> Array:
        full = ndimage.correlate(plane, window, mode=mode)
        height, width = plane.shape
        inside = np.s_[n // 2 : n // 2 + height - n + 1, n // 2 : n // 2 + width - n + 1]
        return full[inside] if border == "valid" else full

    return mean


def parts(
    x: Array, y: Array, window: Array, border: str, *, L: float = 255, k: float = 1
) -> tuple[Array, Array, Array]:
    """Return the maps of luminance, contrast and structure, K = (0.01, 0.03)."""
    mean = means(window, border)
    mu_x, mu_y = mean(x), mean(y)
    var_x = np.maximum(k * (mean((x - 128) ** 2) - (mu_x - 128) ** 2), 0)
    var_y = np.maximum(k * (mean((y - 128) ** 2) - (mu_y - 128) ** 2), 0)
    cov = k * (mean((x - 128) * (y - 128)) - (mu_x - 128) * (mu_y - 128))
    C1, C2 = (0.01 * L) ** 2, (0.03 * L) ** 2
    s_x, s_y = np.sqrt(var_x), np.sqrt(var_y)
    return (
        (2 * mu_x * mu_y + C1) / (mu_x**2 + mu_y**2 + C1),
        (2 * s_x * s_y + C2) / (var_x + var_y + C2),
        (cov + C2 / 2) / (s_x * s_y + C2 / 2),
    )


def shrunk(plane: Array, factor: int) -> Array:
    """Return what `imfilter(img, ones(f)/f^2, 'symmetric')` and `img(1:f:end, 1:f:end)` give."""
    box = np.full((factor, factor), 1 / factor**2)
    # SciPy centres an even box on its sample f / 2, MATLAB on the one before.
    origin = -1 if factor % 2 == 0 else 0
    return ndimage.correlate(plane, box, mode="reflect", origin=origin)[::factor, ::factor]
