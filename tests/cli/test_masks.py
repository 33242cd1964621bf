"""A mask restricts every score; NaN is left out and said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.distortions import apply
from ssim_viewer.images import read_image
from ssim_viewer.metrics import Gmsd, MsSsim, Ssim, WeightedSsim, masked_metric

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, WriteImage

RNG = np.random.default_rng(13)
X = RNG.integers(0, 256, (40, 48), dtype=np.uint8)
Y = np.clip(X + RNG.normal(0, 30, X.shape), 0, 255).astype(np.uint8)
MASK = np.zeros(X.shape, np.uint8)
MASK[8:30, 12:40] = 255


@pytest.fixture
def files(write: WriteImage) -> tuple[Path, Path, Path]:
    return write("x.png", X), write("y.png", Y), write("mask.png", MASK)


def test_only_what_the_mask_names_counts(program: Program, files: tuple[Path, Path, Path]) -> None:
    x, y, mask = files
    outcome = program("score", x, y, "--mask", mask, "--json")
    (row,) = json.loads(outcome.output)
    error = (Y.astype(float) - X)[MASK > 0]
    assert row["mse"] == pytest.approx(np.mean(error**2))
    assert row["mae"] == pytest.approx(np.mean(abs(error)))
    values = Ssim().bind(X).map(Y)
    assert row["ssim"] == pytest.approx(values[8 - 5 : 30 - 5, 12 - 5 : 40 - 5].mean(), abs=1e-9)
    assert "Only the 32.08% of pixels count that the mask “mask.png” names" in outcome.complaint


def test_every_metric_is_restricted_by_name(
    program: Program, files: tuple[Path, Path, Path]
) -> None:
    x, y, mask = files
    words = ("--metric", "gmsd", "--metric", "ms-ssim", "--metric", "w-ssim", "--json")
    outcome = program("score", x, y, "--mask", mask, *words)
    (row,) = json.loads(outcome.output)
    ssim = Ssim(color="luma")
    for metric in (Gmsd(255, color="luma"), MsSsim.of(ssim), WeightedSsim.of(ssim)):
        name = {Gmsd: "gmsd", MsSsim: "ms-ssim", WeightedSsim: "w-ssim"}[type(metric)]
        expected = masked_metric(metric, MASK > 0).bind(X).value(Y)
        assert row[name] == pytest.approx(expected, abs=1e-9)
    chosen = ("--metric", "ssim", "--metric", "mse", "--json")
    (row,) = json.loads(program("score", x, y, "--mask", mask, *chosen).output)
    (whole,) = json.loads(program("score", x, y, "--mask", mask, "--json").output)
    assert row["ssim"] == pytest.approx(whole["ssim"], abs=1e-12)
    assert row["mse"] == pytest.approx(whole["mse"], abs=1e-9)


def test_a_climb_changes_the_pixels_that_count_and_holds_their_mse(
    program: Program, files: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    x, y, mask = files
    target = tmp_path / "worst.tif"
    words = ("--mask", mask, "--steps", "5", "--output", target)
    outcome = program("descend", x, y, *words)
    assert outcome.status == 0
    assert "held as they are" in outcome.complaint
    made = read_image(target).pixels
    counts = MASK > 0
    np.testing.assert_array_equal(made[~counts], Y[~counts])
    before, after = (np.mean((image.astype(float) - X)[counts] ** 2) for image in (Y, made))
    assert after == pytest.approx(before, rel=1e-5)
    score = masked_metric(Ssim(color="luma"), counts).bind(X).value
    assert score(made) < score(Y) - 0.05


def test_a_climb_holds_samples_that_are_no_numbers(
    program: Program, write: WriteImage, tmp_path: Path
) -> None:
    x, y = X / 255.0, Y / 255.0
    x[20, 20] = y[5, 40] = np.nan
    paths = [write(f"{name}.tif", each.astype(np.float32)) for name, each in (("x", x), ("y", y))]
    target = tmp_path / "best.tif"
    assert program("ascend", *paths, "--steps", "3", "--output", target).status == 0
    made = read_image(target).pixels
    assert np.isnan(made[5, 40])
    assert made[20, 20] == pytest.approx(y[20, 20])
    assert np.count_nonzero(np.isnan(made)) == 1


def test_one_channel_is_measured_in_every_score(program: Program, write: WriteImage) -> None:
    rng = np.random.default_rng(3)
    x = rng.integers(0, 256, (30, 32, 3), dtype=np.uint8)
    y = x.copy()
    y[..., 2] = np.clip(y[..., 2] + rng.normal(0, 20, y.shape[:2]), 0, 255)
    paths = write("x.png", x[..., ::-1]), write("y.png", y[..., ::-1])  # as OpenCV has them
    (red,) = json.loads(program("score", *paths, "--channel", "red", "--json").output)
    assert (red["mse"], red["ssim"]) == (0, 1)
    (blue,) = json.loads(program("score", *paths, "--channel", "blue", "--json").output)
    assert blue["mse"] == pytest.approx(np.mean((y[..., 2].astype(float) - x[..., 2]) ** 2))
    assert blue["ssim"] == pytest.approx(Ssim().bind(x[..., 2]).value(y[..., 2]))
    outcome = program("score", *paths, "--channel", "luma-studio", "--json")
    error = 24.966 / 255 * (y[..., 2].astype(float) - x[..., 2])
    assert json.loads(outcome.output)[0]["mse"] == pytest.approx(np.mean(error**2))
    assert "Every score is of the BT.601 studio-range luma alone." in outcome.complaint
    assert json.loads(outcome.output)[0]["convention"].count("BT.601 studio-range luma") == 1
    rows = json.loads(program("score", *paths, "--channel", "each", "--json").output)
    assert [row["mse"] for row in rows] == [0, 0, blue["mse"]]
    assert [row["distorted"].rsplit(" ")[-1] for row in rows] == ["(red)", "(green)", "(blue)"]


def test_a_mask_of_another_size_is_refused_with_both(
    program: Program, files: tuple[Path, Path, Path], write: WriteImage
) -> None:
    outcome = program("score", *files[:2], "--mask", write("small.png", MASK[:20]))
    assert outcome.status == 2
    assert "48×20" in outcome.complaint
    assert "48×40" in outcome.complaint


def test_samples_that_are_no_numbers_are_left_out_and_said(
    program: Program, write: WriteImage
) -> None:
    x, y = X / 255.0, Y / 255.0
    x[20, 20] = y[5, 40] = np.nan
    paths = (write(f"{name}.tif", each.astype(np.float32)) for name, each in (("x", x), ("y", y)))
    outcome = program("score", *paths, "--json")
    (row,) = json.loads(outcome.output)
    assert row["mse"] == pytest.approx(np.nanmean((y - x) ** 2), rel=1e-5)
    assert 0 < row["ssim"] < 1
    assert "2 pixels are not a number (NaN)" in outcome.complaint


def test_a_border_is_left_out_of_every_score(
    program: Program, files: tuple[Path, Path, Path]
) -> None:
    x, y, _ = files
    words = ("--crop", "5", "--metric", "mse", "--metric", "gmsd", "--metric", "ssim", "--json")
    (row,) = json.loads(program("score", x, y, *words).output)
    inner = np.s_[5:-5, 5:-5]
    assert row["mse"] == pytest.approx(np.mean((Y.astype(float) - X)[inner] ** 2))
    assert row["ssim"] == pytest.approx(Ssim().bind(X[inner]).value(Y[inner]))
    assert row["gmsd"] == pytest.approx(Gmsd(255).bind(X[inner]).value(Y[inner]))


def test_every_convention_is_of_what_counts(
    program: Program, files: tuple[Path, Path, Path]
) -> None:
    x, y, mask = files
    rows = json.loads(program("score", x, y, "--mask", mask, "--conventions", "--json").output)
    values = {row["convention"]: row["value"] for row in rows}
    (whole,) = json.loads(program("score", x, y, "--mask", mask, "--json").output)
    assert any(
        value == pytest.approx(whole["ssim"], abs=1e-9) for value in values.values() if value
    )


def test_what_is_made_of_one_image_is_measured_where_pixels_count(
    program: Program, write: WriteImage, tmp_path: Path
) -> None:
    x = (X / 255.0).astype(np.float32)
    x[20, 20] = np.nan
    path, mask = write("x.tif", x), write("mask.png", MASK)
    counts = (MASK > 0) & np.isfinite(x)
    target = tmp_path / "made.tif"
    words = ("--type", "gaussian_blur", "--mse", "0.02", "--mask", mask)
    outcome = program("distort", path, *words, "--output", target)
    assert "MSE 0.02" in outcome.output
    made = read_image(target).pixels.astype(float)
    assert np.mean((made - x)[counts] ** 2) == pytest.approx(0.02, rel=2e-3)
    np.testing.assert_array_equal(made[MASK == 0], x[MASK == 0])
    refused = program("distort", path, *words, "--output", tmp_path / "made.png")
    assert "1 pixels are not a number (NaN)" in refused.complaint
    sweep = ("--type", "gaussian_noise", "--points", "2", "--largest", "0.1", "--mask", mask)
    outcome = program("sweep", path, *sweep)
    mse = float(outcome.output.splitlines()[-1].split(",")[1])
    noisy = apply("gaussian_noise", x, 0.1, data_range=1)
    assert mse == pytest.approx(np.mean((noisy - x)[counts] ** 2), rel=1e-6)
    table = tmp_path / "sheet.csv"
    sheet = ("--mse", "0.01", "--types", "gaussian_blur", "--mask", mask, "--table", table)
    outcome = program("gallery", path, *sheet, "--output", tmp_path / "sheet.png")
    assert outcome.status == 0
    row = dict(zip(*(line.split(",") for line in table.read_text().splitlines()[::2]), strict=True))
    assert float(row["mse"]) == pytest.approx(0.01, rel=2e-3)


def test_noise_of_a_climb_has_its_mse_where_pixels_count(
    program: Program, files: tuple[Path, Path, Path]
) -> None:
    x, _, mask = files
    outcome = program("descend", x, "--noise-mse", "400", "--steps", "2", "--mask", mask)
    assert "at MSE 400, held" in outcome.output


def test_eight_bits_are_refused_before_a_climb_of_samples_that_are_no_numbers(
    program: Program, write: WriteImage, tmp_path: Path
) -> None:
    y = (Y / 255.0).astype(np.float32)
    y[5, 40] = np.nan
    x, start = write("x.tif", (X / 255.0).astype(np.float32)), write("y.tif", y)
    for words in (("descend", x, start), ("reconstruct", x, "--start", start)):
        outcome = program(*words, "--steps", "1", "--output", tmp_path / "made.png")
        assert outcome.status == 2
        assert "1 pixels of the start are not a number (NaN)" in outcome.complaint
    mad = ("mad", x, "--hold", "mse", "--vary", "ssim", "--start", start, "--steps", "1")
    outcome = program(*mad, "--output", tmp_path / "plate")
    assert "give --float" in outcome.complaint
    outcome = program(*mad, "--output", tmp_path / "plate", "--float")
    assert outcome.status == 0
    assert np.isnan(read_image(tmp_path / "plate" / "best-ssim-at-mse.tif").pixels[5, 40])
