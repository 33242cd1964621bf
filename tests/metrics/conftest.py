"""Both engines: what holds for one holds for the other."""

from __future__ import annotations

import pytest

from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.metrics import backend as engine
from ssim_viewer.metrics import kernels_on_use, warm_up
from ssim_viewer.metrics.kernels_on_use import warm_up_every


@pytest.fixture(params=["arrays", "kernels"])
def either_engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Compute with array code, then with compiled kernels."""
    if request.param == "arrays":
        monkeypatch.setattr(engine, "made", Kernels("none", "", {}))
        monkeypatch.setattr(kernels_on_use, "made", {})
    else:
        assert warm_up()
        assert warm_up_every()
    return str(request.param)
