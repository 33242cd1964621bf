"""``ssim-viewer score``: the same numbers as the rooms below, as a table, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from ssim_viewer.images import read_image
from ssim_viewer.metrics import mae, mse, psnr, ssim

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, WriteImage

KEYS = ["reference", "distorted", "width", "height"]
KEYS += ["mse", "psnr", "mae", "ssim", "luminance", "contrast", "structure", "convention"]


def test_json_is_an_array_with_the_agreed_keys_at_full_precision(
    program: Program, grey: tuple[Path, Path]
) -> None:
    outcome = program("score", "--json", *grey)
    (row,) = json.loads(outcome.output)
    x, y = (read_image(path).pixels.astype(float) for path in grey)
    assert list(row) == KEYS
    assert (row["reference"], row["distorted"]) == tuple(map(str, grey))
    assert (row["width"], row["height"]) == (40, 32)
    assert row["mse"] == mse(x, y)
    assert row["mae"] == mae(x, y)
    assert row["psnr"] == psnr(x, y, 255)
    assert row["ssim"] == pytest.approx(ssim(x, y), abs=1e-12)
    assert row["convention"] == "11×11 Gaussian σ 1.5, valid, luma, L = 255"
    assert outcome.status == 0
    assert not outcome.complaint


def test_csv_has_the_same_keys_as_its_header_and_a_line_for_each_image(
    program: Program, grey: tuple[Path, Path]
) -> None:
    ref, dist = grey
    rows = list(csv.DictReader(io.StringIO(program("score", ref, dist, ref, "--csv").output)))
    whole = json.loads(program("score", ref, dist, ref, "--json").output)
    assert list(rows[0]) == KEYS
    assert [float(row["ssim"]) for row in rows] == [row["ssim"] for row in whole]
    assert rows[1]["psnr"] == "inf"


def test_the_infinite_psnr_of_identical_images_is_null_in_json(
    program: Program, grey: tuple[Path, Path]
) -> None:
    (row,) = json.loads(program("score", "--json", grey[0], grey[0]).output)
    assert row["psnr"] is None
    assert (row["mse"], row["ssim"]) == (0, 1)


def test_the_table_names_the_images_the_scores_and_the_convention(
    program: Program, grey: tuple[Path, Path]
) -> None:
    outcome = program("score", *grey, grey[0])
    for words in ("ref.png", "dist.png", "40×32", "MSSIM", "∞ dB", "1.0000"):
        assert words in outcome.output
    assert "11×11 Gaussian σ 1.5, valid, luma, L = 255" in outcome.output


def test_names_of_files_are_never_taken_as_markup_and_never_cut(
    program: Program, write: WriteImage, grey: tuple[Path, Path]
) -> None:
    odd = write("[bold]ünï cödé[red] " + "long " * 30 + ".png", read_image(grey[1]).pixels)
    assert odd.name in program("score", grey[0], odd).output
    (row,) = json.loads(program("score", "--json", grey[0], odd).output)
    assert row["distorted"] == str(odd)


@pytest.mark.parametrize(
    ("words", "settings"),
    [
        (["--window", "uniform", "--window-size", "7"], {"window": "uniform", "window_size": 7}),
        (["--sigma", "2.5"], {"sigma": 2.5}),
        (["--k1", ".02", "--k2", ".05"], {"k1": 0.02, "k2": 0.05}),
        (["--data-range", "100"], {"data_range": 100}),
        (["--border", "reflect"], {"border": "reflect"}),
        (["--exponents", "1", "0", "2"], {"exponents": (1, 0, 2)}),
        (["--downsample", "2"], {"downsample": 2}),
        (["--downsample", "auto"], {"downsample": "auto"}),
        (["--covariance", "sample"], {"covariance": "sample"}),
        (
            ["--preset", "scikit-image default"],
            {"window": "uniform", "window_size": 7, "covariance": "sample"},
        ),
        (["--preset", "matlab-ssim", "--sigma", "2"], {"border": "replicate", "sigma": 2}),
    ],
)
def test_every_setting_of_the_metric_is_an_option(
    program: Program, grey: tuple[Path, Path], words: list[str], settings: dict[str, Any]
) -> None:
    (row,) = json.loads(program("score", *grey, "--json", *words).output)
    x, y = (read_image(path).pixels for path in grey)
    assert row["ssim"] == pytest.approx(ssim(x, y, **settings), abs=1e-12)


def test_colour_is_scored_by_its_luma_unless_the_mean_of_channels_is_asked_for(
    program: Program, write: WriteImage
) -> None:
    rng = np.random.default_rng(5)
    x = rng.integers(0, 256, (30, 30, 3), dtype=np.uint8)
    y = np.clip(x + rng.normal(0, 40, x.shape), 0, 255).astype(np.uint8)
    files = write("x.png", x), write("y.png", y)
    for words, color in (([], "luma"), (["--color", "mean"], "mean")):
        (row,) = json.loads(program("score", *files, "--json", *words).output)
        expected = ssim(x[..., ::-1], y[..., ::-1], color=color)
        assert row["ssim"] == pytest.approx(expected, abs=1e-12)


def test_the_data_range_comes_from_the_type_of_the_reference(
    program: Program, write: WriteImage
) -> None:
    rng = np.random.default_rng(6)
    x = rng.integers(0, 65536, (24, 24), dtype=np.uint16)
    y = rng.integers(0, 65536, (24, 24), dtype=np.uint16)
    (row,) = json.loads(program("score", write("x.png", x), write("y.png", y), "--json").output)
    assert row["ssim"] == pytest.approx(ssim(x, y, data_range=65535), abs=1e-12)


def test_maps_are_float_tiffs_whose_means_are_the_scores(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "maps" / "of today"
    (row,) = json.loads(program("score", *grey, "--json", "--maps", folder).output)
    assert sorted(file.name for file in folder.iterdir()) == [
        "dist-contrast.tif",
        "dist-luminance.tif",
        "dist-ssim.tif",
        "dist-structure.tif",
    ]
    for key in ("ssim", "luminance", "contrast", "structure"):
        data = np.frombuffer((folder / f"dist-{key}.tif").read_bytes(), np.uint8)
        values = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
        assert values is not None
        assert values.shape == (22, 30)
        assert values.dtype == np.float32
        assert values.mean(dtype=np.float64) == pytest.approx(row[key], abs=1e-6)


def test_maps_of_images_with_equal_names_do_not_overwrite_one_another(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "dist.png").write_bytes(grey[0].read_bytes())
    program("score", *grey, other / "dist.png", "--maps", tmp_path / "maps")
    assert (tmp_path / "maps" / "dist-2-ssim.tif").exists()
    assert (tmp_path / "maps" / "dist-ssim.tif").exists()
    again = program("score", *grey, "--maps", tmp_path / "maps")
    assert again.status == 2
    assert "exists already; overwrite it with --force" in again.complaint
    assert program("score", *grey, "--maps", tmp_path / "maps", "--force").status == 0


@pytest.mark.parametrize(("how", "size"), [("crop", (30, 28)), ("pad", (40, 32))])
def test_different_sizes_are_aligned_as_asked(
    program: Program, write: WriteImage, grey: tuple[Path, Path], how: str, size: tuple[int, int]
) -> None:
    small = write("small.png", read_image(grey[1]).pixels[:28, :30])
    outcome = program("score", grey[0], small, "--json", "--align", how)
    (row,) = json.loads(outcome.output)
    assert (row["width"], row["height"]) == size
    assert outcome.complaint.startswith("ssim-viewer: small.png: Both were")


def test_what_reading_did_to_an_image_is_said_beside_the_scores(
    program: Program, write: WriteImage, grey: tuple[Path, Path]
) -> None:
    pixels = read_image(grey[1]).pixels
    rgba = np.dstack([pixels, pixels, pixels, np.full_like(pixels, 128)])
    outcome = program("score", grey[0], write("alpha.png", rgba))
    assert outcome.status == 0
    assert "alpha.png: " in outcome.complaint
    assert "ransparen" in outcome.complaint


def test_an_image_too_small_for_ssim_has_the_scores_that_need_no_window(
    program: Program, write: WriteImage
) -> None:
    rng = np.random.default_rng(9)
    x, y = rng.integers(0, 256, (2, 5, 5), dtype=np.uint8)
    files = write("x.png", x), write("y.png", y)
    outcome = program("score", *files, "--json")
    (row,) = json.loads(outcome.output)
    error = y.astype(float) - x
    assert row["mse"] == pytest.approx(np.mean(error**2))
    assert row["mae"] == pytest.approx(np.mean(abs(error)))
    assert row["psnr"] == pytest.approx(10 * np.log10(255**2 / np.mean(error**2)))
    assert row["ssim"] is row["structure"] is None
    assert (outcome.status, outcome.complaint.count("\n")) == (0, 1)
    assert "5×5, is smaller than the window, 11×11" in outcome.complaint
    assert "–" in program("score", *files).output
    maps = program("score", *files, "--maps", files[0].parent / "maps")
    assert maps.status == 2
