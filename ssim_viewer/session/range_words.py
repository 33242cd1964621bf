"""The data range in words: what stands beside a score, and what a notice offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.images import channel_in_words
from ssim_viewer.metrics.luma import color_in_words
from ssim_viewer.text import joined, tr

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
    words = metric.describe(shape, guessed=source == "guess")
    if channel != "all":
        words = words.replace(color_in_words(metric.color), channel_in_words(channel), 1)
    said = [words]
    if mask is not None:
        said.append(tr("{mean:.2%} of the pixels", mean=mask.mean()))
    if registered is not None:
        said.append(registered.words())
    return joined(", ", said)


def part_in_words(mask: NDArray[np.bool_] | None) -> str:
    """Return that only a part of the pair is measured, in one sentence; "" where all of it is."""
    if mask is None:
        return ""
    return tr("Only what counts is measured, {mean:.2%} of the pixels.", mean=mask.mean())


def range_in_words(given: GivenRange) -> str:
    """Return what a person would say of the range, in the few words of a button."""
    if given.reference_white is not None:
        return tr("White is {white:g} in the reference", white=given.reference_white)
    if given.distorted_white is not None:
        return tr(
            "White is {white:g} in the distorted image",
            white=given.distorted_white,
        )
    return tr("Data range {data_range:g}", data_range=given.data_range)
