"""The distortions by kind, each with one strength that is 0 where nothing changes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from ssim_viewer.distortions.degradations import Blur, Noise
from ssim_viewer.distortions.warps import Rotation, Scaling, Translation

if TYPE_CHECKING:
    from ssim_viewer.distortions.protocol import Distortion

LEVELS = 255.0
"""Noise is told in grey levels of 8 bits, whatever the images hold."""


class Kind(StrEnum):
    """What can be done to an image."""

    TRANSLATION = "translation"
    ROTATION = "rotation"
    SCALING = "scaling"
    BLUR = "blur"
    NOISE = "noise"


def distortion(
    kind: Kind, strength: float, *, seed: int = 0, data_range: float = LEVELS
) -> Distortion:
    """Return the distortion of a kind.

    Parameters
    ----------
    strength
        Pixels to the right, degrees, per cent of growth, or a standard deviation: in pixels for
        the blur, in grey levels of 255 for the noise.
    seed
        Of the noise.
    data_range
        Of the image, which the noise is scaled to.

    Raises
    ------
    DistortionError
        There is no such strength.
    """
    match kind:
        case Kind.TRANSLATION:
            return Translation(strength)
        case Kind.ROTATION:
            return Rotation(strength)
        case Kind.SCALING:
            return Scaling(1 + strength / 100)
        case Kind.BLUR:
            return Blur(strength)
        case Kind.NOISE:
            return Noise(strength * data_range / LEVELS, seed)
