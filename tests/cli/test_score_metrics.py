"""``ssim-viewer score --metric``: the chosen metrics in the place of the usual scores."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from ssim_viewer.images import read_image
from ssim_viewer.metrics import MsSsim, Ssim, catalogue, mse
from tests.cli.test_refusals import assert_refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, WriteImage


@pytest.fixture
def large(write: WriteImage) -> tuple[Path, Path]:
    """Return a pair that every metric has room for."""
    rng = np.random.default_rng(3)
    x = cv2.GaussianBlur(rng.uniform(0, 255, (192, 200)), (0, 0), 2) * 5 % 255
    y = np.clip(x + rng.normal(0, 20, x.shape), 0, 255)
    return write("x.png", x.astype(np.uint8)), write("y.png", y.astype(np.uint8))


def test_chosen_metrics_are_the_columns_in_their_order(
    program: Program, large: tuple[Path, Path]
) -> None:
    outcome = program("score", *large, "--csv", "--metric", "MS_SSIM", "--metric", "mse")
    assert outcome.status == 0
    (row,) = csv.DictReader(io.StringIO(outcome.output))
    assert [*row] == ["reference", "distorted", "width", "height", "ms-ssim", "mse", "convention"]
    x, y = (read_image(path).pixels for path in large)
    expected = MsSsim.of(Ssim(color="luma")).bind(x).value(y)
    assert float(row["ms-ssim"]) == pytest.approx(expected, rel=1e-12)
    assert float(row["mse"]) == pytest.approx(mse(x, y), rel=1e-12)


def test_all_is_every_metric_there_is(program: Program, large: tuple[Path, Path]) -> None:
    outcome = program("score", *large, "--json", "--metric", "all")
    assert outcome.status == 0
    (row,) = json.loads(outcome.output)
    assert [*row][4:] == [*catalogue(), "convention"]
    assert all(isinstance(row[name], float) for name in catalogue())


def test_the_table_has_their_symbols(program: Program, large: tuple[Path, Path]) -> None:
    outcome = program("score", *large, "--metric", "ms-ssim", "--metric", "psnr")
    heading = next(line for line in outcome.output.splitlines() if "size" in line)
    assert "MS-SSIM" in heading
    assert "PSNR" in heading
    assert "MSSIM" not in heading.replace("MS-SSIM", "")


def test_the_settings_of_ssim_hold_for_its_relatives(
    program: Program, large: tuple[Path, Path]
) -> None:
    words = ["--json", "--metric", "ssim", "--metric", "ms-ssim"]
    plain, other = (
        json.loads(program("score", *large, *words, *more).output)[0]
        for more in ([], ["--sigma", "2"])
    )
    assert plain["ssim"] != other["ssim"]
    assert plain["ms-ssim"] != other["ms-ssim"]


def test_maps_are_still_those_of_ssim(
    program: Program, large: tuple[Path, Path], tmp_path: Path
) -> None:
    words = ["--metric", "mae", "--csv", "--maps"]
    outcome = program("score", *large, *words, tmp_path / "maps")
    assert outcome.status == 0
    assert outcome.output.splitlines()[0] == "reference,distorted,width,height,mae,convention"
    assert (tmp_path / "maps" / "y-ssim.tif").exists()


def test_a_file_of_chosen_scores_is_gone_on_with_only_by_the_same_choice(
    program: Program, large: tuple[Path, Path], tmp_path: Path
) -> None:
    words: list[str | Path] = ["score", *large, "--output", tmp_path / "s.csv"]
    assert program(*words, "--metric", "mae").status == 0
    assert program(*words, "--metric", "mae", "--resume").status == 0
    lines = (tmp_path / "s.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert_refused(program(*words, "--resume"), "columns")


def test_too_small_an_image_is_refused_by_name_and_left_out_of_all(
    program: Program, write: WriteImage
) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (9, 9), dtype=np.uint8)
    small = write("small.png", noise)
    assert_refused(program("score", small, small, "--metric", "ssim"), "MSSIM: ", "11×11")
    outcome = program("score", small, small, "--metric", "all", "--json")
    assert outcome.status == 0
    (row,) = json.loads(outcome.output)
    assert row["mse"] == 0
    assert row["ssim"] is None
    assert "MSSIM: " in outcome.complaint


def test_an_unknown_metric_is_refused_with_those_there_are(
    program: Program, grey: tuple[Path, Path]
) -> None:
    assert_refused(program("score", *grey, "--metric", "vmaf"), "no metric 'vmaf'", "ms-ssim")


def test_settings_may_follow_the_name_of_a_metric(
    program: Program, large: tuple[Path, Path]
) -> None:
    name = "MS-SSIM:negative=shifted:weights=(1,2)"
    outcome = program("score", *large, "--json", "--metric", name, "--metric", "ms-ssim")
    (row,) = json.loads(outcome.output)
    x, y = (read_image(path).pixels for path in large)
    metric = MsSsim(color="luma", negative="shifted", weights=(1, 2))
    assert row["ms-ssim:negative=shifted:weights=(1,2)"] == pytest.approx(
        metric.bind(x).value(y), rel=1e-12
    )
    assert row["ms-ssim"] != row["ms-ssim:negative=shifted:weights=(1,2)"]
    table = program("score", *large, "--metric", "ms-ssim:negative=signed").output
    assert "MS-SSIM:negative=signed" in table


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ms-ssim:scales=5", "ms-ssim has no setting 'scales'; its settings are data_range,"),
        ("ms-ssim:negative=complex", "negative is one of clamp, shifted, signed, not 'complex'."),
        ("ms-ssim:negative", "A setting of a metric is NAME=VALUE, not 'negative'."),
        ("mse:color=luma", "mse has no setting 'color'; it has none."),
    ],
)
def test_a_setting_that_is_wrong_is_named(
    program: Program, large: tuple[Path, Path], name: str, words: str
) -> None:
    assert_refused(program("score", *large, "--metric", name), words)
