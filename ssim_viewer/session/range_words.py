"""The data range in words: what stands beside a score, and what a notice offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssim_viewer.images import GivenRange, RangeSource
    from ssim_viewer.metrics import Ssim


def convention(metric: Ssim, shape: tuple[int, ...], source: RangeSource) -> str:
    """Return the convention of SSIM in words; a data range that was guessed says so."""
    words = metric.describe(shape)
    if source != "guess":
        return words
    named = f"L = {metric.data_range:g}"
    return words.replace(named, f"{named} (guessed from the values)", 1)


def range_in_words(given: GivenRange) -> str:
    """Return what a person would say of the range, in the few words of a button."""
    if given.reference_white is not None:
        return f"White is {given.reference_white:g} in the reference"
    if given.distorted_white is not None:
        return f"White is {given.distorted_white:g} in the distorted image"
    return f"Data range {given.data_range:g}"
