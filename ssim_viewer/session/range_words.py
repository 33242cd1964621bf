"""The data range in words: what stands beside a score, and what a notice offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.images import channel_in_words
from ssim_viewer.metrics.luma import color_in_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.images import Channel, GivenRange, RangeSource, Registered
    from ssim_viewer.metrics import Ssim


def convention(
    metric: Ssim,
    shape: tuple[int, ...],
    source: RangeSource,
    mask: NDArray[np.bool_] | None = None,
    registered: Registered | None = None,
    *,
    channel: Channel = "all",
) -> str:
    """Return the convention of SSIM in words; what was guessed, left out or moved is said."""
    words = metric.describe(shape)
    if source == "guess":
        named = f"L = {metric.data_range:g}"
        words = words.replace(named, f"{named} (guessed from the values)", 1)
    if channel != "all":
        words = words.replace(color_in_words(metric.color), channel_in_words(channel), 1)
    said = [words]
    if mask is not None:
        said.append(f"{mask.mean():.2%} of the pixels")
    if registered is not None:
        said.append(registered.words())
    return ", ".join(said)


def range_in_words(given: GivenRange) -> str:
    """Return what a person would say of the range, in the few words of a button."""
    if given.reference_white is not None:
        return f"White is {given.reference_white:g} in the reference"
    if given.distorted_white is not None:
        return f"White is {given.distorted_white:g} in the distorted image"
    return f"Data range {given.data_range:g}"
