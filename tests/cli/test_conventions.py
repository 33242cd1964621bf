"""`score --conventions` prints one pair under every convention."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from ssim_viewer.__main__ import main
from ssim_viewer.images import read_image, write_image
from ssim_viewer.metrics import CONVENTIONS, Ssim


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    random = np.random.default_rng(2)
    x = random.integers(0, 256, (60, 50, 3)).astype(np.uint8)
    y = np.clip(x + random.normal(0, 30, x.shape), 0, 255).astype(np.uint8)
    paths = tmp_path / "x.png", tmp_path / "y.png"
    for path, pixels in zip(paths, (x, y), strict=True):
        write_image(path, pixels, 255, depth="uint8")
    return str(paths[0]), str(paths[1])


def test_the_table_names_every_convention(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", *files, "--conventions"]) == 0
    printed = capsys.readouterr().out
    for each in CONVENTIONS:
        assert each.name in printed


def test_csv_and_json_have_full_precision_and_the_settings(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    x, y = (read_image(Path(path)).pixels for path in files)
    expected = Ssim(255.0, border="replicate", across_channels=True).bind(x).value(y)
    assert main(["score", *files, "--conventions", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == len(CONVENTIONS)
    found = {row["convention"]: row for row in rows}
    assert float(found["MathWorks ssim, RGB"]["value"]) == expected
    assert main(["score", *files, "--conventions", "--json"]) == 0
    objects = json.loads(capsys.readouterr().out)
    assert [each["convention"] for each in objects] == [each.name for each in CONVENTIONS]
    assert "window across channels" in objects[3]["settings"]


def test_a_number_finds_its_conventions(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    x, y = (read_image(Path(path)).pixels for path in files)
    value = Ssim(255.0, border="reflect-101").bind(x).value(y)
    assert main(["score", *files, "--conventions", "--csv", "--matching", f"{value:.6f}"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["convention"] for row in rows} == {"torchmetrics", "kornia, same", "OpenCV quality"}
    assert main(["score", *files, "--conventions", "--matching", "0.123456789"]) == 0
    assert "No convention agrees" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--matching", "0.5"], "--matching chooses among --conventions; give both."),
        (["--conventions", "--metric", "mse"], "--conventions is not allowed with --metric."),
        (["--conventions", "--maps", "m"], "--conventions is not allowed with --maps."),
    ],
)
def test_options_that_do_not_go_together_are_told(
    files: tuple[str, str],
    words: list[str],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["score", *files, *words]) == 2
    assert sentence in capsys.readouterr().err
