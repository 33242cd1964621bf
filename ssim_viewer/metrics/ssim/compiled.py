"""The compiled kernels of SSIM: which they are, and the calls that compile them."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics.backend import compiled_by
from ssim_viewer.metrics.ssim.kernel_tiles import KernelTiles
from ssim_viewer.metrics.ssim.pass_outputs import Filling, Wanted
from ssim_viewer.metrics.ssim.similarity import Similarity
from ssim_viewer.metrics.ssim.window import uniform_kernel

if TYPE_CHECKING:
    from types import ModuleType


def _compile() -> ModuleType:
    """Import the kernels and call each once for each floating type, which compiles it."""
    module = importlib.import_module("ssim_viewer.metrics.ssim.kernels")
    plain = Similarity(1.0, 1.0, 1.0, 1.0, 1.0, k=1.0, flat=0.0)
    for dtype in (np.float32, np.float64):
        tiles = KernelTiles.of(uniform_kernel(2), plain, shift=0.0, dtype=dtype)
        x, slope, (mu_x, s_xx, map_) = (
            np.zeros((3, 3)),
            np.zeros((3, 3)),
            np.zeros((3, 2, 2), dtype),
        )
        here = (slice(0, 2), slice(0, 2))
        wanted = Wanted({"ssim": map_}, False, True, slope, 1.0, Filling({}))
        tiles.fill(module, x, (mu_x, s_xx), here)
        tiles.measure(module, (x, x), (mu_x, s_xx), wanted, here)
    return module


kernels = compiled_by("ssim", _compile, first=True)
"""Returns the module of compiled kernels if it is ready, else None; never waits."""
