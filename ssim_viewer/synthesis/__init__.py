"""The synthesis room: the equal-MSE sphere, and ascent and descent on it as plain generators.

It takes any metric of the protocol in ``ssim_viewer.metrics`` and knows no particular one; showing
a walk, pausing it and keeping its history are left to the rooms above.
"""

from __future__ import annotations

from ssim_viewer.synthesis.climb import ascend, climb, descend
from ssim_viewer.synthesis.errors import SphereError
from ssim_viewer.synthesis.sphere import EqualMseSphere, largest_mse, white_noise
from ssim_viewer.synthesis.steps import Direction, Rule, Step

__all__ = [
    "Direction",
    "EqualMseSphere",
    "Rule",
    "SphereError",
    "Step",
    "ascend",
    "climb",
    "descend",
    "largest_mse",
    "white_noise",
]
