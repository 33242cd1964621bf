"""The built-in maps in the order of the keys 1 to 9: the one place where each is described."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.display_images import difference, displayed
from ssim_viewer.metrics.maps.spec import MapInputs, MapKind, MapSpec, Unit
from ssim_viewer.metrics.planes import channel_weights
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Quantity(StrEnum):
    """What a pane can show, in the order of the keys 1 to 9."""

    REFERENCE = tr("reference")
    DISTORTED = tr("distorted")
    SIGNED_DIFFERENCE = tr("signed difference")
    ABSOLUTE_DIFFERENCE = tr("absolute difference")
    SSIM = "SSIM"
    LUMINANCE = tr("luminance")
    CONTRAST = tr("contrast")
    STRUCTURE = tr("structure")
    GRADIENT = tr("gradient of MSSIM")


def _reference(inputs: MapInputs) -> NDArray[np.uint8]:
    return displayed(inputs.reference, inputs.metric.data_range)


def _distorted(inputs: MapInputs) -> NDArray[np.uint8]:
    return displayed(inputs.distorted, inputs.metric.data_range)


def _signed(inputs: MapInputs) -> NDArray[np.float32]:
    weights = channel_weights(inputs.reference.shape, inputs.metric.color)
    return difference(inputs.reference, inputs.distorted, weights)


def _absolute(inputs: MapInputs) -> NDArray[Any]:
    signed = _signed(inputs)
    return np.abs(signed, out=signed)


_ROWS = (
    MapSpec(
        Quantity.REFERENCE,
        tr("Reference"),
        tr("The image x that the other one is compared with."),
        _reference,
        MapKind.IMAGE,
        Unit.PIXELS,
        symbol=tr("reference"),
    ),
    MapSpec(
        Quantity.DISTORTED,
        tr("Distorted"),
        tr("The image y whose quality is measured."),
        _distorted,
        MapKind.IMAGE,
        Unit.PIXELS,
        symbol=tr("distorted"),
    ),
    MapSpec(
        Quantity.SIGNED_DIFFERENCE,
        tr("Signed difference"),
        tr("Distorted minus reference, y − x. Blue is darker, red brighter."),
        _signed,
        MapKind.SIGNED,
        Unit.PIXELS,
        symbol=tr("signed difference"),
    ),
    MapSpec(
        Quantity.ABSOLUTE_DIFFERENCE,
        tr("Absolute difference"),
        tr("The size of the difference, |y − x|."),
        _absolute,
        MapKind.ERROR,
        Unit.PIXELS,
        symbol=tr("absolute difference"),
        score="mae",
    ),
    MapSpec(
        Quantity.SSIM,
        "SSIM",
        tr(
            "Structural similarity in the window around each pixel, l · c · s. "
            "1 means identical, negative values an inverted structure."
        ),
        kind=MapKind.SIMILARITY,
        symbol="SSIM",
        score="ssim",
        output="ssim",
    ),
    MapSpec(
        Quantity.LUMINANCE,
        tr("Luminance"),
        tr("Similarity of the local means, l = (2 μx μy + C₁) / (μx² + μy² + C₁). 1 means equal."),
        kind=MapKind.SIMILARITY,
        symbol="l",
        lowest=0.0,
        score="luminance",
        output="luminance",
    ),
    MapSpec(
        Quantity.CONTRAST,
        tr("Contrast"),
        tr(
            "Similarity of the local deviations, c = (2 σx σy + C₂) / (σx² + σy² + C₂). 1"
            " means equal."
        ),
        kind=MapKind.SIMILARITY,
        symbol="c",
        lowest=0.0,
        score="contrast",
        output="contrast",
    ),
    MapSpec(
        Quantity.STRUCTURE,
        tr("Structure"),
        tr(
            "Correlation of the local patterns, s = (σxy + C₃) / (σx σy + C₃). "
            "It is negative where the structure is inverted."
        ),
        kind=MapKind.SIMILARITY,
        symbol="s",
        score="structure",
        output="structure",
    ),
    MapSpec(
        Quantity.GRADIENT,
        tr("Gradient of MSSIM"),
        tr(
            "∂MSSIM / ∂y: how much the score rises when a pixel of the distorted image gets"
            " brighter."
        ),
        kind=MapKind.SIGNED,
        unit=Unit.PER_LEVEL,
        decimals=None,
        symbol=tr("gradient of MSSIM"),
        output="gradient",
    ),
)

BUILT_IN_MAPS = MappingProxyType({Quantity(row.id): row for row in _ROWS})
"""The rows by their quantities."""

IMAGES = tuple(key for key, row in BUILT_IN_MAPS.items() if row.kind is MapKind.IMAGE)
"""The two images, which have colours of their own."""

DIFFERENCES = tuple(
    key
    for key, row in BUILT_IN_MAPS.items()
    if row.unit == Unit.PIXELS and row.kind is not MapKind.IMAGE
)
"""What is subtracted where it is looked at, and not measured."""

PIXEL_MAPS = tuple(key for key, row in BUILT_IN_MAPS.items() if not row.output)
"""What no window is needed for: the images and their differences."""

SIMILARITY_MAPS = tuple(key for key, row in BUILT_IN_MAPS.items() if row.kind is MapKind.SIMILARITY)
"""What stands on the grid of the windows; all others stand on the image's."""
