"""Pairs of which other programs' values are stored: grey and colour, of even and of odd sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from skimage import data

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Image = NDArray[np.float64]


def pairs() -> dict[str, tuple[Image, Image]]:
    """Return reference and distorted image by name, of 0 to 255, the latter not rounded."""
    camera, astronaut = data.camera(), data.astronaut()
    return {
        "even": _noisy(camera[::2, ::2], 1),
        "odd": _noisy(camera[100:289, 80:281], 2),
        "colour": _noisy(astronaut[100:284, 100:290], 3),
    }


def _noisy(image: NDArray[np.uint8], seed: int) -> tuple[Image, Image]:
    """Return an image and a noisy one of less contrast."""
    reference = image.astype(np.float64)
    noise = 12 * np.random.RandomState(seed).randn(*image.shape)
    return reference, np.clip(reference + noise, 0, 255) * 0.9 + 10


def direction(shape: tuple[int, ...]) -> Image:
    """Return a direction along which derivatives are compared."""
    return np.random.RandomState(9).randn(*shape)
