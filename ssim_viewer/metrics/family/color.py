"""Planes of an image as nodes: colour spaces in which metrics of the literature compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.family.tape import Node, linear
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.metrics.family.tape import Array

YIQ = np.array([[0.299, 0.587, 0.114], [0.5959, -0.2746, -0.3213], [0.2115, -0.5227, 0.3112]])
"""NTSC's luma and chroma of red, green and blue."""


def mixed(image: Node, weights: Array) -> Node:
    """Return a weighted sum of the channels of (H, W, C) as a plane."""
    return linear(image, lambda a: a @ weights, lambda slope: slope[..., np.newaxis] * weights)


def yiq_planes(image: Node, *, chroma: bool) -> list[Node]:
    """Return a grey image as it is, and Y, or Y, I and Q of a colour one."""
    if image.value.ndim == 2:
        return [image]
    channels = image.value.shape[2]
    if channels == 1:
        return [linear(image, lambda a: a[..., 0], lambda slope: slope[..., np.newaxis])]
    if channels != 3:
        raise MetricError(
            tr(
                "YIQ is made of 3 channels, red, green and blue, and not {channels}.",
                channels=channels,
            )
        )
    return [mixed(image, row) for row in YIQ[: 3 if chroma else 1]]
