"""Applying a type of the catalogue to an image in its own units.

Results are float64 of the shape of the image, within [0, data range], and NaN in pixels that are
NaN (see `missing`). The same name, image, strength, seed and parameters always give the same
result.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.distortions.errors import DistortionError
from ssim_viewer.distortions.missing import around_missing
from ssim_viewer.distortions.protocol import as_image
from ssim_viewer.distortions.registry import get_distortion
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.distortions.spec import DistortionType, Pixels


def data_range_of(image: ArrayLike, data_range: float | None = None) -> float:
    """Return the data range: the one given, that of the integer type, or 255 for floats."""
    if data_range is not None:
        if not math.isfinite(data_range) or data_range <= 0:
            raise DistortionError(
                tr("A data range is a number above 0, not {data_range!r}.", data_range=data_range)
            )
        return float(data_range)
    dtype = np.asarray(image).dtype
    return float(np.iinfo(dtype).max) if np.issubdtype(dtype, np.integer) else 255.0


def apply(
    name: str,
    image: ArrayLike,
    strength: float,
    seed: int = 0,
    *,
    data_range: float | None = None,
    opacity: NDArray[np.floating] | None = None,
    parameters: Mapping[str, float] | None = None,
) -> NDArray[np.float64]:
    """Return a distorted image.

    Parameters
    ----------
    name
        A name of `catalogue()`, such as ``"gaussian_blur"``.
    image
        (H, W) or (H, W, 3), in [0, data range].
    strength
        In the unit of the type; 0 leaves the image as it is.
    seed
        Of a random type; the same seed gives the same pattern.
    data_range
        The value of white; by default that of the integer type, or 255 for floats.
    opacity
        (H, W) in [0, 1]: where the distortion shows, such as a region or a brush; None is
        everywhere.
    parameters
        The other numbers of the type by name; each has a default.

    Raises
    ------
    DistortionError
        The name, a number or the shape cannot be, or a grey image has no colour to change.
    """
    kind = get_distortion(name)
    pixels = as_image(image)
    white = data_range_of(image, data_range)
    parameters = parameters or {}
    _check(kind, pixels, strength, seed, parameters)
    if strength == 0:
        return pixels.copy()
    if kind.whole:
        strength = round(strength)
    random = np.random.default_rng(seed)

    def distort(whole: Pixels) -> Pixels:
        found = kind.distort(whole / white, float(strength), random, **parameters) * white
        return np.asarray(np.clip(found, 0.0, white), np.float64)

    distorted = around_missing(pixels, distort)
    return distorted if opacity is None else under(pixels, distorted, opacity)


def under(pixels: Pixels, distorted: Pixels, opacity: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the distorted pixels where the opacity of (H, W) is 1, the others where it is 0."""
    if opacity.shape != pixels.shape[:2]:
        raise DistortionError(
            tr(
                "The mask of a distortion has the shape of the image {shape}, not {shape_2}.",
                shape=pixels.shape[:2],
                shape_2=opacity.shape,
            )
        )
    mask = opacity[..., None] if pixels.ndim == 3 else opacity
    return np.asarray(pixels + mask * (distorted - pixels), dtype=np.float64)


def _check(
    kind: DistortionType,
    pixels: Pixels,
    strength: float,
    seed: int,
    parameters: Mapping[str, float],
) -> None:
    if pixels.ndim == 3 and pixels.shape[2] != 3:
        raise DistortionError(
            tr(
                "A colour image has 3 channels, not {shape}; compose transparency first.",
                shape=pixels.shape[2],
            )
        )
    if kind.needs_color and pixels.ndim == 2:
        raise DistortionError(
            tr("“{title}” changes colour, and this image is grey.", title=kind.title)
        )
    if not math.isfinite(strength) or strength < 0 or strength > kind.largest:
        last = f"{kind.largest:g} {kind.unit}".rstrip()
        raise DistortionError(
            tr(
                "The strength of “{title}” lies between 0 and {last}, not at {strength!r}.",
                title=kind.title,
                last=last,
                strength=strength,
            )
        )
    if seed < 0:
        raise DistortionError(
            tr("A seed is a whole number of at least 0, not {seed!r}.", seed=seed)
        )
    known = {parameter.name: parameter for parameter in kind.parameters}
    for name, value in parameters.items():
        if name not in known:
            raise DistortionError(
                tr(
                    "“{title}” has no parameter “{name}”; it has {known}.",
                    title=kind.title,
                    name=name,
                    known=", ".join(known) or tr("none"),
                )
            )
        low, high = known[name].smallest, known[name].largest
        if not low <= value <= high:
            raise DistortionError(
                tr(
                    "“{name}” lies between {low:g} and {high:g}, not at {value!r}.",
                    name=name,
                    low=low,
                    high=high,
                    value=value,
                )
            )
