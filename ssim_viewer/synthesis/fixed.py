"""The paper's rule: ``Y <- project(Y + lambda * tangent)`` with one constant for the whole walk.

Wang, Bovik, Sheikh and Simoncelli, IEEE Transactions on Image Processing 13(4), 2004, section on
images of equal MSE.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.synthesis.ground import Movement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssim_viewer.synthesis.terrain import Place, Terrain

DEFAULT_SHARE = 0.05
"""Length of the first step as a share of the noise level sqrt(MSE)."""


def fixed_walk(terrain: Terrain, start: Place, step_size: float) -> Iterator[Place]:
    """Yield the places after the start, for ever or until the ground is level.

    The constant is not given in the metric's own units, in which it is of the order 1e6, but by
    the root mean square length of the first step, in pixel units.
    """
    place = start
    if terrain.is_level(place):
        return
    constant = step_size * math.sqrt(place.footing.image.size) / place.tangent_norm
    unused = np.zeros_like(place.tangent)
    del start  # images are large: no more are held than are needed
    while not terrain.is_level(place):
        seen = terrain.moved(
            place, Movement(place.tangent, constant, constant * place.tangent_norm, keeps=False)
        )
        place, _ = terrain.arrive(seen, place.tangent, unused)
        yield place
