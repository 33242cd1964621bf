"""The pairs of images that stored values belong to, made of scikit-image's photographs (CC0)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from skimage import data

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]


def _noisy(x: Image) -> Image:
    noise = np.random.RandomState(5).randn(*x.shape)
    return np.clip(x + 20 * noise, 0, 255).astype(np.uint8)


def pairs() -> dict[str, tuple[Image, Image]]:
    """Return reference and distorted image by name, in 8 bits.

    "large" has sides that no factor of downsampling divides, and a factor of 3.
    """
    camera, astronaut = data.camera(), data.astronaut()
    large = np.pad(camera, ((0, 189), (0, 143)), "symmetric")
    smooth = astronaut[40:240, 120:310].copy()
    blocks = smooth // 24 * 24 + 12
    return {
        "grey": (camera, _noisy(camera)),
        "colour": (astronaut, _noisy(astronaut)),
        "large": (large, _noisy(large)),
        "levels": (smooth, np.clip(blocks, 0, 255).astype(np.uint8)),
    }
