"""The compiled kernels between the scales of MS-SSIM, and the calls that compile them."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics.backend import compiled_by
from ssim_viewer.metrics.ms_ssim.dyadic_downsampling import add_adjoint_halved, halve

if TYPE_CHECKING:
    from types import ModuleType


def _compile() -> ModuleType:
    """Import the kernels between scales and call each once for each pair of types."""
    module = importlib.import_module("ssim_viewer.metrics.ms_ssim.kernels")
    for dtype in (np.float32, np.float64):
        small = np.zeros((1, 1), dtype)
        plane = np.zeros((2, 2), dtype)
        for seen in (plane, plane.astype(np.float64)):
            halve(seen, small, module)
        add_adjoint_halved(small, 1.0, plane, plane, module)
    add_adjoint_halved(small.astype(np.float32), 1.0, plane.astype(np.float32), plane, module)
    return module


kernels = compiled_by("scales", _compile)
"""Returns the module of compiled kernels if it is ready, else None; never waits."""
