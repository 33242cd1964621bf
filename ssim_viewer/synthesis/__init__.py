"""The synthesis room: images made by pushing metrics, as plain generators.

Ascent and descent on the equal-MSE sphere, maximum differentiation of two metrics, reconstruction
without a constraint. It takes any metric of the protocol in ``ssim_viewer.metrics`` and knows only
`Mse` by name, whose level sets are spheres; showing a climb, pausing it and keeping its history are
left to the rooms above.
"""

from __future__ import annotations

from ssim_viewer.synthesis.backend import warm_up, warm_up_in_background
from ssim_viewer.synthesis.climb import ascend, climb, descend
from ssim_viewer.synthesis.errors import BrokenMetricError, SphereError
from ssim_viewer.synthesis.initial_images import Beginning, beginning
from ssim_viewer.synthesis.mad import differentiate
from ssim_viewer.synthesis.mad_sheet import MAD_RUNS, MadRun, PlateRun, plate
from ssim_viewer.synthesis.manifolds.mse_sphere import EqualMseSphere, largest_mse, white_noise
from ssim_viewer.synthesis.reconstruction import reconstruct
from ssim_viewer.synthesis.scenes import Scene, wang_simoncelli_2008
from ssim_viewer.synthesis.steps import Direction, HeldStep, Optimizer, Rule, Step

__all__ = [
    "MAD_RUNS",
    "Beginning",
    "BrokenMetricError",
    "Direction",
    "EqualMseSphere",
    "HeldStep",
    "MadRun",
    "Optimizer",
    "PlateRun",
    "Rule",
    "Scene",
    "SphereError",
    "Step",
    "ascend",
    "beginning",
    "climb",
    "descend",
    "differentiate",
    "largest_mse",
    "plate",
    "reconstruct",
    "wang_simoncelli_2008",
    "warm_up",
    "warm_up_in_background",
    "white_noise",
]
