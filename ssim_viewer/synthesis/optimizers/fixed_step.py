"""The paper's rule: ``Y <- project(Y + lambda * tangent)`` with one constant for the whole climb.

Wang, Bovik, Sheikh and Simoncelli, IEEE Transactions on Image Processing 13(4), 2004, section on
images of equal MSE.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.synthesis.manifolds.protocol import TangentStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssim_viewer.synthesis.riemannian import Iterate, RiemannianObjective

DEFAULT_SHARE = 0.05
"""Length of the first step as a share of the noise level sqrt(MSE)."""


def fixed_step_iterates(
    objective: RiemannianObjective, start: Iterate, step_size: float
) -> Iterator[Iterate]:
    """Yield the iterates after the start, for ever or until one is stationary.

    The constant is not given in the metric's own units, in which it is of the order 1e6, but by
    the root mean square length of the first step, in pixel units.
    """
    iterate = start
    if objective.is_stationary(iterate):
        return
    constant = step_size * math.sqrt(iterate.point.image.size) / iterate.tangent_norm
    unused = np.zeros_like(iterate.tangent)
    del start  # images are large: no more are held than are needed
    while not objective.is_stationary(iterate):
        seen = objective.moved(
            iterate,
            TangentStep(iterate.tangent, constant, constant * iterate.tangent_norm, keeps=False),
        )
        iterate, *_ = objective.arrive(seen, iterate.tangent, unused, iterate.k, lambda _: 0.0)
        yield iterate
