"""How many files somebody reads who follows SSIM from `bind` to its formula."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

import pytest

from ssim_viewer.compute import tiles
from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.metrics import Ssim, backend, warm_up
from tests.metrics.scenes import noisy_pair

MOST = 8


@pytest.mark.parametrize(("compiled", "formula"), [(True, "kernels.py"), (False, "similarity.py")])
def test_value_and_gradient_pass_eight_files_of_ssim_and_the_formula_is_in_one_of_them(
    monkeypatch: pytest.MonkeyPatch, compiled: bool, formula: str
) -> None:
    assert warm_up()
    monkeypatch.setattr(tiles, "THREADS", 1)
    if not compiled:
        monkeypatch.setattr(backend, "made", Kernels("none", ""))
    pair, files = noisy_pair(64, 64), set[Path]()

    def note(frame: FrameType, _event: str, _argument: object) -> None:
        files.add(Path(frame.f_code.co_filename))

    sys.setprofile(note)
    try:
        Ssim().bind(pair[0]).value_and_gradient(pair[1])
    finally:
        sys.setprofile(None)
    names = {file.name for file in files if file.parts[-3:-1] == ("metrics", "ssim")}
    assert formula in names
    assert len(names) <= MOST, sorted(names)
