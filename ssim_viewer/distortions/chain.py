"""A stack of distortions, applied one after another. Each can be switched off or moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.distortions.applying import apply, data_range_of, under
from ssim_viewer.distortions.protocol import as_image

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Link:
    """One distortion of a chain: the recipe, not the pixels."""

    name: str
    strength: float
    seed: int = 0
    parameters: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    on: bool = True


def apply_chain(
    links: Iterable[Link],
    image: ArrayLike,
    *,
    data_range: float | None = None,
    opacity: NDArray[np.floating] | None = None,
) -> NDArray[np.float64]:
    """Return the image after every link that is on, float64 within [0, data range].

    Where `opacity` is below 1, the whole chain shows through the image as it was.
    """
    pixels = as_image(image)
    white = data_range_of(image, data_range)
    distorted = pixels
    for link in links:
        if link.on:
            distorted = apply(
                link.name,
                distorted,
                link.strength,
                link.seed,
                data_range=white,
                parameters=link.parameters,
            )
    return distorted if opacity is None else under(pixels, distorted, opacity)
