"""`train` and `evaluate`: without a window, resumed, and refused in a sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.training import errors
from ssim_viewer.training.run_file import read_run

pytest.importorskip("jax")

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, WriteImage

QUICK = ("--data", "faces", "--side", "16", "--batch", "2", "--code", "8")


def test_a_run_is_trained_resumed_and_evaluated(
    program: Program, write: WriteImage, tmp_path: Path
) -> None:
    path, pictures = tmp_path / "a.run", tmp_path / "pictures"
    words = ("train", "--loss", "ssim", *QUICK, "--output", path)
    done = program(*words, "--steps", "2")
    assert done.status == 0, done.complaint
    assert "this run, step 2" in done.output
    assert program(*words, "--steps", "2").status == 2  # it exists
    assert program(*words, "--steps", "3", "--resume").status == 0
    assert read_run(path).step == 3
    refused = program(*words, "--seed", "5", "--resume")
    assert "begun with other settings" in refused.complaint
    pictures.mkdir()
    random = np.random.default_rng(0)
    for place in range(2):
        write(f"pictures/{place}.png", random.integers(0, 255, (40, 40, 3), np.uint8))
    found = json.loads(program("evaluate", path, pictures, "--json").output)
    assert found["images"] == 2
    assert {"psnr", "ssim", "ms_ssim", "mse", "mae"} <= found.keys()
    assert found["psnr"] == pytest.approx(10 * np.log10(255**2 / found["mse"]), abs=0.3)
    table = program("evaluate", path, pictures)
    assert table.status == 0
    assert "SSIM" in table.output
    assert program("evaluate", path, tmp_path / "none").status == 2
    assert "has no loss mae" in program("evaluate", path, pictures, "--loss", "mae").complaint


def test_what_cannot_be_trained_is_told_in_a_sentence(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "a.run"
    assert "needs --output" in program("train").complaint
    assert "no metric 'wrong'" in program("train", "--loss", "wrong", "--output", path).complaint
    words = ("train", "--data", tmp_path, "--output", path)
    assert "at least two" in program(*words).complaint
    assert not path.exists()


def test_without_the_extra_the_sentence_says_how_to_get_it(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "EXTRA", ("a_package_that_nobody_has",))
    for words in (("train", "--output", tmp_path / "a.run"), ("evaluate", tmp_path, tmp_path)):
        refused = program(*words)
        assert refused.status == 2
        assert "pip install 'ssim-viewer[training]'" in refused.complaint
