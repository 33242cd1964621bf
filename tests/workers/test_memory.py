"""Images that do not fit are refused before anything is tried."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import psutil
import pytest

from ssim_viewer.images import ImageError, align_pair, image_from_array
from ssim_viewer.workers.memory import require_memory


@pytest.fixture
def free_memory(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    free = SimpleNamespace(available=0)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: free)
    return free


def test_a_pair_that_does_not_fit_is_refused_with_what_would(free_memory: SimpleNamespace) -> None:
    image = image_from_array(np.zeros((1000, 2000), np.uint8), "large")
    free_memory.available = 40_000_000
    with pytest.raises(ImageError, match=r"2000×1000 pixels needs about 0.1 GB.* 50%") as refused:
        require_memory(align_pair(image, image))
    assert "\n" not in str(refused.value)


def test_a_pair_that_fits_is_let_through(free_memory: SimpleNamespace) -> None:
    image = image_from_array(np.zeros((1000, 2000), np.uint8), "large")
    free_memory.available = 400_000_000
    require_memory(align_pair(image, image))
