"""Both engines: what holds for one holds for the other."""

from __future__ import annotations

import pytest

from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.metrics import backend as engine
from ssim_viewer.metrics import warm_up


@pytest.fixture(params=["arrays", "kernels"])
def either_engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Compute with array code, then with compiled kernels."""
    if request.param == "arrays":
        monkeypatch.setattr(engine, "made", Kernels("none", "", {}))
    else:
        assert warm_up()
    return str(request.param)
