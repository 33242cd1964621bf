"""A fresh process measures at once; compiling starts after its first measurements."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import sys, threading
import numpy as np
from ssim_viewer.metrics import Ssim
from ssim_viewer.metrics import backend as engine
from ssim_viewer.metrics.ssim.compiled import kernels

rng = np.random.default_rng(0)
x = rng.integers(0, 256, (512, 512)).astype(np.uint8)
y = rng.integers(0, 256, (512, 512)).astype(np.uint8)
bound = Ssim().bind(x)
assert "numba" not in sys.modules
first = bound.value(y)
for _ in range({more}):
    bound.value(y)
names = [thread.name for thread in threading.enumerate()]
if {more} > 5:
    assert "ssim-kernels" in names or kernels() is not None, names
    assert engine.warm_up()
assert abs(bound.value(y) - first) < 1e-12
"""


@pytest.mark.parametrize("more", [0, 1, 30])
def test_kernels_start_after_the_first_measurements_and_the_process_ends_cleanly(
    more: int,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(more=more)], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
