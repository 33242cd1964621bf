"""Generated faces: smooth random surfaces lit by one light, of which all is known exactly.

A face is an ellipsoid with smooth random hills, and a smooth random albedo; an identity decides
both. Its light comes from an azimuth and an elevation. Shading is Lambert's, with a little light
from everywhere:

    I = albedo (a + (1 - a) max(0, n · l)),   l = (cos e sin z, sin e, cos e cos z)

with azimuth z and elevation e. Georghiades, Belhumeur, Kriegman (IEEE TPAMI 23(6), 2001) took
photographs of such a set; these need no download.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

IDENTITIES = 38
"""As many people as Extended Yale B has."""
AMBIENT = 0.15
AZIMUTHS = (-90.0, 90.0)
ELEVATIONS = (-40.0, 70.0)


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """What is known of faces, one number each: the person, and the light in degrees."""

    identity: NDArray[np.int64]
    azimuth: NDArray[np.float64]
    elevation: NDArray[np.float64]

    def part(self, places: NDArray[np.int64]) -> Labels:
        """Return the labels of some of the faces."""
        return Labels(self.identity[places], self.azimuth[places], self.elevation[places])


def generate_faces(
    count: int, side: int, seed: int, lights: int = 2
) -> tuple[NDArray[np.float32], Labels]:
    """Return faces of (count, side, side) in [0, 1], and what is known of them.

    Every identity comes equally often; lights are drawn evenly from their ranges. The seed decides
    the people, seed and `lights` together the lights.
    """
    random = np.random.default_rng((seed, lights))
    identity = np.arange(count) % IDENTITIES
    azimuth = random.uniform(*AZIMUTHS, count)
    elevation = random.uniform(*ELEVATIONS, count)
    people = [_person(np.random.default_rng((seed, 3, each)), side) for each in range(IDENTITIES)]
    faces = [
        _lit(*people[who], np.radians(z), np.radians(e))
        for who, z, e in zip(identity, azimuth, elevation, strict=True)
    ]
    return np.stack(faces), Labels(identity, azimuth, elevation)


def _person(
    random: np.random.Generator, side: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the normals, (side, side, 3), and the albedo, (side, side)."""
    y, x = np.mgrid[1 : -1 : side * 1j, -1 : 1 : side * 1j]
    height = np.sqrt(np.maximum(1.6 - x**2 - 0.8 * y**2, 0.05))
    height += 0.25 * np.exp(-(x**2) / 0.02 - (y + 0.1 * random.random()) ** 2 / 0.1)  # a nose
    height += 0.12 * _smooth(random, side, 0.16) + 0.06 * _smooth(random, side, 0.07)
    down, across = np.gradient(height, 2 / (side - 1))
    normals = np.stack([-across, down, np.ones_like(height)], axis=2)
    normals /= np.linalg.norm(normals, axis=2, keepdims=True)
    albedo = 0.75 + 0.12 * _smooth(random, side, 0.1) + 0.08 * _smooth(random, side, 0.03)
    clipped: NDArray[np.float64] = np.clip(albedo, 0.2, 1.0)
    return normals, clipped


def _smooth(random: np.random.Generator, side: int, share: float) -> NDArray[np.float64]:
    """Return smooth noise of mean 0 and variance 1; its hills are as wide as a share of the side.

    It is drawn at one size, so that a person is the same at every size.
    """
    noise = cv2.GaussianBlur(random.standard_normal((96, 96)), (0, 0), 96 * share)
    noise = (noise - noise.mean()) / noise.std()
    sized: NDArray[np.float64] = cv2.resize(noise, (side, side), interpolation=cv2.INTER_AREA)
    return sized


def _lit(
    normals: NDArray[np.float64], albedo: NDArray[np.float64], azimuth: float, elevation: float
) -> NDArray[np.float32]:
    light = (
        np.cos(elevation) * np.sin(azimuth),
        np.sin(elevation),
        np.cos(elevation) * np.cos(azimuth),
    )
    shade = AMBIENT + (1 - AMBIENT) * np.maximum(normals @ np.array(light), 0.0)
    lit: NDArray[np.float64] = np.clip(albedo * shade, 0.0, 1.0)
    return lit.astype(np.float32)
