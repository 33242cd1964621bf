"""A dozen pairs of 8 bits, of which libjxl's own programs have told their scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.ndimage import gaussian_filter
from skimage import data

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Image = NDArray[np.uint8]


def pairs() -> dict[str, tuple[Image, Image]]:
    """Return reference and distorted image by name, (H, W, 3) and some of (H, W)."""
    colour, grey = data.astronaut()[60:360, 80:420], data.camera()[90:331, 70:331]
    return {
        f"{kind}, {name}": (image, _rounded(distort(image.astype(np.float64))))
        for kind, image in (("colour", colour), ("grey", grey))
        for name, distort in _DISTORTIONS.items()
    }


def _rounded(image: Any) -> Image:
    rounded: Image = np.clip(np.rint(image), 0, 255).astype(np.uint8)
    return rounded


def _blurred(image: Any) -> Any:
    return gaussian_filter(image, (1.2, 1.2, *[0] * (image.ndim - 2)))


_DISTORTIONS: dict[str, Callable[[Any], Any]] = {
    "a little noise": lambda x: x + 3 * np.random.RandomState(1).randn(*x.shape),
    "much noise": lambda x: x + 20 * np.random.RandomState(2).randn(*x.shape),
    "blur": _blurred,
    "16 levels": lambda x: np.floor(x / 16) * 16 + 8,
    "less contrast": lambda x: 0.85 * x + 12,
    "blocks of 2": lambda x: (
        x[::2, ::2].repeat(2, axis=0).repeat(2, axis=1)[: x.shape[0], : x.shape[1]]
    ),
}
