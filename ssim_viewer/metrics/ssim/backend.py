"""Who computes metrics: compiled kernels once they are ready, array code until then.

Both give the same numbers up to rounding. Who measures a lot gets the kernels made in the
background, and a program asks for that behind its first window.
"""

from __future__ import annotations

import importlib
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.metrics.cw_ssim.band_similarity import BandSimilarity
from ssim_viewer.metrics.cw_ssim.steerable_pyramid import OrientedBands
from ssim_viewer.metrics.ms_ssim.dyadic_downsampling import add_spread_halved, halve
from ssim_viewer.metrics.ssim.kernel_tiles import KernelTiles
from ssim_viewer.metrics.ssim.partial_maps import Filling
from ssim_viewer.metrics.ssim.pass_outputs import Wanted
from ssim_viewer.metrics.ssim.similarity import Similarity
from ssim_viewer.metrics.ssim.window import uniform_kernel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

START_AFTER = 0.01
"""Seconds of array code after which kernels are compiled: about one measurement of 512 × 512."""

_spent = 0.0


def kernels(of: str = "ssim") -> ModuleType | None:
    """Return a module of compiled kernels if it is ready; never waits."""
    return made.ready(of)


@contextmanager
def computing(ready: ModuleType | None) -> Iterator[None]:
    """Count the time of a measurement without kernels, and have them compiled once it is enough.

    They are compiled on a thread of their own that starts at the end of a measurement, so that the
    first one does not wait for the import of a compiler.
    """
    global _spent  # noqa: PLW0603  what is compiled is compiled for the whole process
    begun = time.perf_counter()
    yield
    if ready is None:
        _spent += time.perf_counter() - begun
        if _spent > START_AFTER:
            warm_up_in_background()


def warm_up_in_background() -> None:
    """Make the compiled kernels ready on a thread of their own, once; returns at once."""
    made.warm_up_in_background()


def warm_up() -> bool:
    """Make the compiled kernels ready, and return whether they are.

    Blocks until they are compiled or read from disk. Calls from other threads go on with array code
    meanwhile. Where numba is missing or fails they go on with it for good.
    """
    return made.warm_up()


def _compile_ssim() -> ModuleType:
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


def _compile_bands() -> ModuleType:
    """Import the kernels of oriented bands and call each once, which compiles it."""
    module = importlib.import_module("ssim_viewer.metrics.cw_ssim.band_kernels")
    bands = OrientedBands((8, 8), 1, 2)
    c = bands.analyse(np.zeros((8, 8)))
    BandSimilarity(c, 1, 0.0, 0.0).compare(module, c.copy(), slice(None), backward=True)
    bands.spread_bands(c, slice(None), c[0].copy(), module)
    bands.spread_spectrum(c[0], np.zeros((8, 8)), module)
    return module


def _compile_scales() -> ModuleType:
    """Import the kernels between scales and call each once for each pair of types."""
    module = importlib.import_module("ssim_viewer.metrics.ms_ssim.kernels")
    for dtype in (np.float32, np.float64):
        small = np.zeros((1, 1), dtype)
        plane = np.zeros((2, 2), dtype)
        for seen in (plane, plane.astype(np.float64)):
            halve(seen, small, module)
        add_spread_halved(small, 1.0, plane, plane, module)
    add_spread_halved(small.astype(np.float32), 1.0, plane.astype(np.float32), plane, module)
    return module


made = Kernels(
    "ssim-kernels",
    "Metrics are computed",
    {"ssim": _compile_ssim, "scales": _compile_scales, "bands": _compile_bands},
)
