"""Images that the tests of the metrics room share, and numeric derivatives of scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from skimage import data

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Image = NDArray[np.float64]


def camera_pair() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the pair that the reference values were computed from."""
    x: NDArray[np.uint8] = data.camera()
    noise = np.random.RandomState(5).randn(*x.shape)
    return x, np.clip(x + 20 * noise, 0, 255).astype(np.uint8)


def noisy_pair(*shape: int, seed: int = 0, noise: float = 30) -> tuple[Image, Image]:
    """Return a smooth random image and a noisy version of it, with values about 0 to 255."""
    rng = np.random.default_rng(seed)
    steps = rng.normal(size=shape).cumsum(0).cumsum(1)
    x = 255 * (steps - steps.min()) / np.ptp(steps)
    return x, x + noise * rng.normal(size=shape)


def numeric_gradient(value: Callable[[Image], float], at: Image, step: float = 1e-3) -> Image:
    """Return the derivative of a score at every sample by central differences."""
    gradient = np.empty_like(at)
    for place in np.ndindex(*at.shape):
        ahead, back = at.copy(), at.copy()
        ahead[place] += step
        back[place] -= step
        gradient[place] = (value(ahead) - value(back)) / (2 * step)
    return gradient
