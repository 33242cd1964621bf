"""Geometry: the picture stays, its place changes. Beyond its edges the image is mirrored."""

from __future__ import annotations

import math

import numpy as np
from scipy import ndimage

from ssim_viewer.distortions.spec import Parameter, Pixels, described
from ssim_viewer.distortions.warps import Translation
from ssim_viewer.text import tr

FAMILY = tr("Geometry")


def moved(pixels: Pixels, right: float, down: float) -> Pixels:
    """Return the picture moved by fractions of a pixel, by a Lanczos kernel."""
    return Translation(right, down).apply(pixels, 1.0)


def _about_the_middle(pixels: Pixels, onto: Pixels) -> Pixels:
    """Return the picture whose place (y, x) from the middle was at `onto` times (y, x).

    Cubic splines at exact places: OpenCV rounds places to 1/32 of a pixel, so that its MSE goes in
    steps.
    """
    middle = (np.array(pixels.shape[:2]) - 1) / 2
    offset = middle - onto @ middle
    planes = pixels[..., None] if pixels.ndim == 2 else pixels
    warped = [
        ndimage.affine_transform(planes[..., c], onto, offset, order=3, mode="mirror")
        for c in range(planes.shape[2])
    ]
    return np.stack(warped, axis=-1).reshape(pixels.shape)


@described(
    title=tr("Translation"),
    meaning=tr("Move the picture, also by a part of a pixel: to the right for a direction of 0°."),
    family=FAMILY,
    measure=tr("shift"),
    unit=tr("pixels"),
    largest=32.0,
    typical=1.0,
    parameters=(Parameter("angle", tr("Direction"), 0.0, -180.0, 180.0, "°"),),
)
def translation(
    pixels: Pixels, strength: float, _random: np.random.Generator, /, *, angle: float = 0.0
) -> Pixels:
    """Move the picture, also by a part of a pixel: to the right for a direction of 0°."""
    turn = math.radians(angle)
    right, down = round(math.cos(turn), 12), round(-math.sin(turn), 12)
    return moved(pixels, strength * right, strength * down)


@described(
    title=tr("Rotation"),
    meaning=tr("Turn the picture about its middle, counter-clockwise."),
    family=FAMILY,
    measure=tr("angle"),
    unit="°",
    largest=45.0,
    typical=1.0,
)
def rotation(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Turn the picture about its middle, counter-clockwise."""
    turn = math.radians(strength)
    cosine, sine = math.cos(turn), math.sin(turn)
    return _about_the_middle(pixels, np.array([[cosine, sine], [-sine, cosine]]))


@described(
    title=tr("Scaling"),
    meaning=tr("Zoom into the middle of the picture."),
    family=FAMILY,
    measure=tr("growth"),
    unit="%",
    largest=50.0,
    typical=2.0,
)
def scaling(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Zoom into the middle of the picture."""
    return _about_the_middle(pixels, np.eye(2) / (1 + strength / 100))


@described(
    title=tr("Elastic warp"),
    meaning=tr("Move every part of the picture its own way, smoothly, as through old glass."),
    family=FAMILY,
    measure=tr("typical shift"),
    unit=tr("pixels"),
    largest=32.0,
    typical=2.0,
    random=True,
    parameters=(Parameter("smoothness", tr("Smoothness"), 8.0, 2.0, 64.0, tr("pixels")),),
    known_as=(tr("KADID-10k: jitter"),),
)
def elastic_warp(
    pixels: Pixels, strength: float, random: np.random.Generator, /, *, smoothness: float = 8.0
) -> Pixels:
    """Move every part of the picture its own way, smoothly, as through old glass."""
    height, width = pixels.shape[:2]
    field = random.standard_normal((2, height, width))
    field = ndimage.gaussian_filter(field, (0.0, smoothness, smoothness), mode="mirror")
    field *= strength / max(float(np.sqrt((field**2).mean())), 1e-12)
    y, x = np.mgrid[:height, :width].astype(np.float64)
    places = np.stack((y + field[1], x + field[0]))
    planes = pixels[..., None] if pixels.ndim == 2 else pixels
    warped = [
        ndimage.map_coordinates(planes[..., c], places, order=3, mode="mirror")
        for c in range(planes.shape[2])
    ]
    return np.stack(warped, axis=-1).reshape(pixels.shape)


TYPES = (translation, rotation, scaling, elastic_warp)
