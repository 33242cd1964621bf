"""A mask restricts every score; NaN is left out and said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.metrics import Ssim

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


def test_a_metric_that_cannot_be_restricted_is_refused_and_others_are_not(
    program: Program, files: tuple[Path, Path, Path]
) -> None:
    x, y, mask = files
    outcome = program("score", x, y, "--mask", mask, "--metric", "gmsd")
    assert outcome.status == 2
    assert "gmsd" in outcome.complaint
    words = ("--metric", "ssim", "--metric", "mse", "--json")
    (row,) = json.loads(program("score", x, y, "--mask", mask, *words).output)
    (whole,) = json.loads(program("score", x, y, "--mask", mask, "--json").output)
    assert (row["ssim"], row["mse"]) == (whole["ssim"], whole["mse"])


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
