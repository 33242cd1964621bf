"""`distort`, `gallery` and `sweep`: what is written is what was asked for."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as PillowImage

from ssim_viewer.distortions import apply, catalogue, mse_between
from ssim_viewer.images import read_image
from ssim_viewer.metrics import ssim

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, WriteImage


@pytest.fixture
def reference(write: WriteImage) -> Path:
    random = np.random.default_rng(0)
    y, x = np.mgrid[:96, :112]
    scene = 128 + 60 * np.sin(x / 6) * np.cos(y / 9) + random.normal(0, 6, (96, 112))
    return write("scene.png", np.clip(scene, 0, 255).astype(np.uint8))


def test_a_strength_is_applied(program: Program, reference: Path, tmp_path: Path) -> None:
    target = tmp_path / "blurred.tif"
    words = ("distort", reference, "--type", "gaussian_blur", "--strength", "1.5")
    assert program(*words, "--output", target).status == 0
    expected = apply("gaussian_blur", read_image(reference).pixels, 1.5)
    np.testing.assert_allclose(read_image(target).pixels, expected, atol=1e-3)


def test_a_wanted_mse_is_that_of_the_file(
    program: Program, reference: Path, tmp_path: Path
) -> None:
    target = tmp_path / "shifted.png"
    outcome = program(
        "distort", reference, "--type", "mean_shift", "--mse", "150", "--output", target
    )
    assert outcome.status == 0
    error = mse_between(read_image(target).pixels, read_image(reference).pixels)
    assert error == pytest.approx(150, rel=0.01)
    assert "MSE 150" in outcome.output


def test_a_wanted_mssim_is_that_of_the_file(
    program: Program, reference: Path, tmp_path: Path
) -> None:
    target = tmp_path / "noisy.tif"
    words = ("distort", reference, "--type", "gaussian_noise", "--ssim", "0.7", "--seed", "4")
    assert program(*words, "--output", target).status == 0
    value = ssim(
        read_image(reference).pixels.astype(float), read_image(target).pixels, data_range=255
    )
    assert value == pytest.approx(0.7, rel=1e-3)


def test_every_type_is_listed(program: Program) -> None:
    listed = program("distort", "--list").output
    assert all(f"\n{name} " in f"\n{listed}" for name in catalogue())


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--type", "gaussian_blur"), "needs --output"),
        (("--output", "x.png"), "needs --type"),
        (("--type", "blurr", "--output", "x.png"), "no distortion “blurr”"),
        (("--type", "channel_swap", "--output", "x.png"), "this image is grey"),
        (("--type", "jpeg", "--mse", "1e5", "--output", "x.png"), "reaches an MSE of"),
        (("--type", "motion_blur", "--set", "angle", "--output", "x.png"), "NAME=VALUE"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    program: Program,
    reference: Path,
    words: tuple[str, ...],
    part: str,
    tmp_path: Path,
) -> None:
    words = tuple(str(tmp_path / word) if word == "x.png" else word for word in words)
    outcome = program("distort", reference, *words)
    assert outcome.status == 2
    assert part in outcome.complaint
    assert outcome.complaint.count("\n") == 1
    assert not (tmp_path / "x.png").exists()


def test_a_gallery_is_a_sheet_and_a_table_from_best_to_worst(
    program: Program, reference: Path, tmp_path: Path
) -> None:
    sheet, table = tmp_path / "sheet.png", tmp_path / "sheet.csv"
    types = "gaussian_blur,mean_shift,gaussian_noise"
    words = ("gallery", reference, "--mse", "100", "--types", types)
    assert program(*words, "--output", sheet, "--table", table).status == 0
    with PillowImage.open(sheet) as picture:
        assert picture.width > 4 * 112
        assert picture.height > 2 * 96
    rows = [*csv.DictReader(table.read_text(encoding="utf-8").splitlines())]
    assert rows[0]["distortion"] == "reference"
    assert {row["distortion"] for row in rows[1:]} == set(types.split(","))
    values = [float(row["ssim"]) for row in rows]
    assert values == sorted(values, reverse=True)
    assert all(float(row["mse"]) == pytest.approx(100, rel=1e-3) for row in rows[1:])


def test_a_type_that_does_not_go_so_far_is_named_in_the_gallery(
    program: Program, reference: Path, tmp_path: Path
) -> None:
    words = ("gallery", reference, "--mse", "2400", "--types", "median_filter,mean_shift")
    outcome = program(*words, "--output", tmp_path / "sheet.png")
    assert outcome.status == 0
    assert "“Median filter” reaches an MSE of" in outcome.complaint


def test_a_sweep_has_a_row_for_each_strength(
    program: Program, reference: Path, tmp_path: Path
) -> None:
    table = tmp_path / "sweep.csv"
    words = ("sweep", reference, "--type", "gaussian_blur", "--points", "5", "--largest", "4")
    assert program(*words, "--output", table).status == 0
    head, *rows = csv.reader(table.read_text(encoding="utf-8").splitlines())
    assert head == ["standard deviation / pixels", "mse", "psnr", "ssim"]
    assert [float(row[0]) for row in rows] == [0, 1, 2, 3, 4]
    pixels = read_image(reference).pixels
    assert float(rows[2][1]) == pytest.approx(
        mse_between(apply("gaussian_blur", pixels, 2.0), pixels)
    )
