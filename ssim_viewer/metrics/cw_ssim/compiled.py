"""The compiled kernels of oriented bands, and the calls that compile them."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics.backend import compiled_by
from ssim_viewer.metrics.cw_ssim.band_similarity import BandSimilarity
from ssim_viewer.metrics.cw_ssim.steerable_pyramid import OrientedBands

if TYPE_CHECKING:
    from types import ModuleType


def _compile() -> ModuleType:
    """Import the kernels of oriented bands and call each once, which compiles it."""
    module = importlib.import_module("ssim_viewer.metrics.cw_ssim.band_kernels")
    bands = OrientedBands((8, 8), 1, 2)
    c = bands.analyse(np.zeros((8, 8)))
    BandSimilarity(c, 1, 0.0, 0.0).compare(module, c.copy(), slice(None), backward=True)
    bands.adjoint_bands(c, slice(None), c[0].copy(), module)
    bands.adjoint_spectrum(c[0], np.zeros((8, 8)), module)
    return module


kernels = compiled_by("bands", _compile)
"""Returns the module of compiled kernels if it is ready, else None; never waits."""
