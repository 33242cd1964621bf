"""libjxl's own programs have told the scores of a dozen pairs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ssim_viewer.metrics.adapters.butteraugli import Butteraugli
from ssim_viewer.metrics.family.ssimulacra2 import Ssimulacra2
from tests.metrics.adapters.pairs import pairs

STORED = json.loads(Path(__file__).with_name("libjxl.json").read_text(encoding="utf-8"))["values"]


def test_ssimulacra_2_is_libjxls_to_a_sixteenth_of_a_point() -> None:
    """Libjxl works in single precision, ours in double: of a scale to 100, that is the rest."""
    for name, (x, y) in pairs().items():
        ours = Ssimulacra2(data_range=255.0).bind(x).value(y)
        assert ours == pytest.approx(STORED[name]["ssimulacra2"], abs=0.0625), name


@pytest.mark.skipif(not shutil.which("butteraugli_main"), reason="libjxl is not installed")
def test_butteraugli_is_libjxls() -> None:
    name, (x, y) = next(iter(pairs().items()))
    ours = Butteraugli(data_range=255.0).bind(x).value(y)
    assert ours == pytest.approx(STORED[name]["butteraugli"], rel=0.01)
