"""Who computes SSIM: compiled kernels once they are ready, array code until then.

Both give the same numbers up to rounding. Compiling takes seconds the first time and part of one
when the kernels are on disk already, so nobody waits for it but who calls `warm_up`. Who measures a
lot gets them made in the background, and a program asks for that behind its first window.
"""

from __future__ import annotations

import importlib
import logging
import threading
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics.kernel_tiles import KernelTiles
from ssim_viewer.metrics.similarity import Similarity
from ssim_viewer.metrics.windows import uniform_kernel

if TYPE_CHECKING:
    from types import ModuleType

logger = logging.getLogger(__name__)

WORTH_IT = 8_000_000
"""Samples measured by array code from which compiling is worth it."""

_lock = threading.RLock()
_measured = 0
_begun = False
_tried = False
_ready: ModuleType | None = None


def kernels(samples: int = 0) -> ModuleType | None:
    """Return the module of compiled kernels if they are ready; never waits.

    They are made in the background once array code has measured `WORTH_IT` samples.
    """
    global _measured  # noqa: PLW0603  what is compiled is compiled for the whole process
    if _ready is None and not _tried:
        _measured += samples
        if _measured > WORTH_IT:
            warm_up_in_background()
    return _ready


def warm_up_in_background() -> None:
    """Make the compiled kernels ready on a thread of their own, once; returns at once."""
    global _begun
    with _lock:
        begun, _begun = _begun, True
    if not begun:
        # A daemon: a program that ends meanwhile does not wait for the compiler.
        threading.Thread(target=warm_up, name="ssim-kernels", daemon=True).start()


def warm_up() -> bool:
    """Make the compiled kernels ready, and return whether they are.

    Blocks until they are compiled or read from disk. Calls from other threads go on with array code
    meanwhile. Where numba is missing or fails they go on with it for good.
    """
    global _tried, _ready  # noqa: PLW0603  what is compiled is compiled for the whole process
    with _lock:
        if not _tried:
            _tried = True
            try:
                _ready = _compile()
            except Exception as error:  # whatever it is, there is another engine
                logger.warning("SSIM is computed without compiled kernels: %s", error)
    return _ready is not None


def _compile() -> ModuleType:
    """Import the kernels and call each once for each floating type, which compiles it."""
    module = importlib.import_module("ssim_viewer.metrics.kernels")
    plain = Similarity(1.0, 1.0, 1.0, 1.0, 1.0, k=1.0, flat=0.0)
    for dtype in (np.float32, np.float64):
        tiles = KernelTiles.of(uniform_kernel(2), plain, shift=0.0, dtype=dtype)
        x = np.zeros((3, 3))
        here = (slice(0, 2), slice(0, 2))
        mu_x, s_xx = (np.zeros((2, 2), dtype) for _ in range(2))
        tiles.fill(module, x, here, mu_x, s_xx)
        tiles.compare(module, (x, x), (mu_x, s_xx), here, maps=4, backward=True)
    return module
