"""``--record``: climbs and sweeps as moving pictures."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import pytest
from PIL import Image as PillowImage
from PIL import ImageSequence

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program


def pages(path: Path) -> int:
    with PillowImage.open(path) as opened:
        return len([*ImageSequence.Iterator(opened)])


@pytest.mark.parametrize("command", ["ascend", "descend"])
def test_a_climb_is_recorded_step_by_step(
    program: Program, grey: tuple[Path, Path], tmp_path: Path, command: str
) -> None:
    path = tmp_path / "climb.gif"
    outcome = program(command, *grey, "--steps", "5", "--record", path)
    assert outcome.status == 0
    assert "Saved “climb.gif”: 6 pages" in outcome.output
    assert pages(path) == 6


def test_a_climb_that_holds_another_metric_is_recorded_as_well(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    words = ("--hold", "ssim", "--metric", "mse", "--steps", "3")
    outcome = program("descend", *grey, *words, "--record", tmp_path / "climb.webp")
    assert outcome.status == 0
    assert pages(tmp_path / "climb.webp") == 4


def test_a_sweep_is_recorded_strength_by_strength(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "sweep.webp"
    words = ("--type", "gaussian_blur", "--points", "4", "--output", tmp_path / "sweep.csv")
    outcome = program("sweep", grey[0], *words, "--record", path)
    assert outcome.status == 0
    assert pages(path) == 4
    assert (tmp_path / "sweep.csv").read_text("utf-8").count("\n") == 5


def test_what_cannot_be_written_is_refused_before_the_work(
    program: Program, grey: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = program("ascend", *grey, "--record", tmp_path / "climb.avi")
    assert outcome.status == 2
    assert ".gif, .webp, .mp4" in outcome.complaint
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    outcome = program("ascend", *grey, "--record", tmp_path / "climb.mp4")
    assert outcome.status == 2
    assert "ssim-viewer[video]" in outcome.complaint
    (tmp_path / "climb.gif").write_bytes(b"kept")
    outcome = program("ascend", *grey, "--record", tmp_path / "climb.gif")
    assert outcome.status == 2
    assert (tmp_path / "climb.gif").read_bytes() == b"kept"
