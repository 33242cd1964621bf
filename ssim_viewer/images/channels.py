"""One channel of a pair in place of all: red, green, blue, or a luma."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.images.luma import LUMAS, Channel
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.images.image import Image, Pair
    from ssim_viewer.images.types import Pixels

PRIMARIES: tuple[Channel, ...] = ("red", "green", "blue")


def channel_in_words(channel: Channel) -> str:
    """Return what is measured, in words."""
    if channel == "all":
        return tr("all channels")
    return (
        LUMAS[channel].words if channel in LUMAS else tr("the {channel} channel", channel=channel)
    )


def of_channel(pair: Pair, channel: Channel) -> Pair:
    """Return a pair of one channel, grey; a pair that is grey already stays as it is.

    Luma comes in floats, and keeps the data range and the samples that are not a number.
    """
    if channel == "all" or pair.reference.channels == 1:
        return pair
    reference = _plane(pair.reference, channel)
    same = pair.distorted is pair.reference
    distorted = reference if same else _plane(pair.distorted, channel)
    words = channel_in_words(channel)
    note = tr(
        "Every score is of {value}{words} alone.",
        value="" if channel in PRIMARIES else "the ",
        words=words,
    )
    notes = (*pair.notes, note)
    return replace(pair, reference=reference, distorted=distorted, notes=notes, channel=channel)


def _plane(image: Image, channel: Channel) -> Image:
    return replace(image, pixels=_pixels(image.pixels, image.data_range, channel), recipe=None)


def _pixels(pixels: Pixels, data_range: float, channel: Channel) -> Pixels:
    if channel in PRIMARIES:
        return np.ascontiguousarray(pixels[:, :, PRIMARIES.index(channel)])
    luma = LUMAS[channel]
    plane = np.zeros(pixels.shape[:2])
    for i, weight in enumerate(luma.weights):
        plane += weight * pixels[:, :, i]
    luma.finish(plane, data_range)
    return plane
