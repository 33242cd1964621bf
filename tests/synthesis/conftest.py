"""Images that the tests of this room share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.images import read_sample
from ssim_viewer.synthesis import white_noise

if TYPE_CHECKING:
    from numpy.typing import NDArray


@pytest.fixture(scope="session")
def table_reference() -> NDArray[np.float64]:
    """Return the crop that the published table of levels was measured on."""
    return read_sample("camera").pixels[150:250, 200:300].astype(np.float64)


@pytest.fixture(scope="session")
def table_start(table_reference: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the start of that table: white noise at MSE 2500, MSSIM 0.2261."""
    return white_noise(table_reference, 2500, seed=0)


@pytest.fixture
def rng() -> np.random.Generator:
    """Return numbers that are the same every time."""
    return np.random.default_rng(7)
