"""A pair has one range and one unit: what files of every number type score, against NumPy."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter
from skimage.metrics import structural_similarity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.cli.conftest import Program, WriteImage

SHAPE = (48, 56)
RNG = np.random.default_rng(10)
SCENE = gaussian_filter(RNG.uniform(0, 1, SHAPE), 1.5)
SCENE = (SCENE - SCENE.min()) / np.ptp(SCENE)
BLURRED = gaussian_filter(SCENE, 1.0)


def independent(x: NDArray[Any], y: NDArray[Any], data_range: float) -> dict[str, float]:
    """Return MSE, PSNR and SSIM as NumPy and scikit-image have them."""
    x, y = x.astype(np.float64), y.astype(np.float64)
    mse = float(np.mean((x - y) ** 2))
    _, ssim = structural_similarity(
        x,
        y,
        data_range=data_range,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        full=True,
    )
    return {
        "mse": mse,
        "psnr": 10 * np.log10(data_range**2 / mse),
        "ssim": float(ssim[5:-5, 5:-5].mean()),
    }


FLOATS = {
    "a peak of 4.5 beside one of 3.9": (SCENE * 4.5, BLURRED * (3.9 / BLURRED.max()), 1),
    "0 to 255 beside nearly black": (SCENE * 255, BLURRED * 0.6, 255),
    "nearly black beside 0 to 255": (SCENE * 0.6, BLURRED * 255, 255),
    "counts of 4000 beside 900": (SCENE * 4000, BLURRED * 900, 65535),
    "0 to 1": (SCENE, BLURRED, 1),
}


@pytest.mark.parametrize("name", FLOATS)
@pytest.mark.parametrize("given", [None, 300.0])
def test_floats_are_never_rescaled_and_have_one_range(
    program: Program, write: WriteImage, name: str, given: float | None
) -> None:
    x, y, guessed = FLOATS[name]
    x, y = x.astype(np.float32), y.astype(np.float32)
    words = [] if given is None else ["--data-range", f"{given:g}"]
    outcome = program("score", write("x.tif", x), write("y.tif", y), "--json", *words)
    (row,) = json.loads(outcome.output)
    expected = independent(x, y, given or guessed)
    assert {key: row[key] for key in expected} == pytest.approx(expected, rel=1e-6, abs=1e-7)
    assert row["data_range"] == (given or guessed)
    assert row["data_range_from"] == ("guess" if given is None else "given")
    assert "rescaled from" not in outcome.complaint
    if given is not None:
        assert not outcome.complaint


def test_the_guess_stands_in_the_table_in_csv_and_on_standard_error(
    program: Program, write: WriteImage
) -> None:
    x, y, _ = FLOATS["0 to 255 beside nearly black"]
    files = write("x.tif", x.astype(np.float32)), write("y.tif", y.astype(np.float32))
    outcome = program("score", *files)
    assert "L = 255 (guessed" in " ".join(outcome.output.split())
    assert "is taken to be 255; nothing was rescaled" in outcome.complaint
    (row,) = csv.DictReader(io.StringIO(program("score", *files, "--csv").output))
    assert (row["data_range"], row["data_range_from"]) == ("255.0", "guess")


def test_8_bits_beside_16_are_brought_to_one_unit_since_both_types_are_known(
    program: Program, write: WriteImage
) -> None:
    x = np.rint(SCENE * 255).astype(np.uint8)
    y = np.rint(BLURRED * 65535).astype(np.uint16)
    outcome = program("score", write("x.png", x), write("y.png", y), "--json")
    (row,) = json.loads(outcome.output)
    expected = independent(x, y / 257, 255)
    assert {key: row[key] for key in expected} == pytest.approx(expected, rel=1e-9)
    assert "rescaled from the data range 65535 to 255" in outcome.complaint


def test_a_given_range_rescales_nothing_whatever_the_types(
    program: Program, write: WriteImage
) -> None:
    x = np.rint(SCENE * 255).astype(np.uint8)
    y = np.rint(BLURRED * 255).astype(np.uint16)
    files = write("x.png", x), write("y.png", y)
    outcome = program("score", *files, "--json", "--data-range", "255")
    (row,) = json.loads(outcome.output)
    expected = independent(x, y, 255)
    assert {key: row[key] for key in expected} == pytest.approx(expected, rel=1e-9)
    assert not outcome.complaint


def test_12_bits_in_16_are_noticed_and_offered(program: Program, write: WriteImage) -> None:
    x, y = (np.rint(each * 4095).astype(np.uint16) for each in (SCENE, BLURRED))
    files = write("x.png", x), write("y.png", y)
    outcome = program("score", *files, "--json")
    (row,) = json.loads(outcome.output)
    assert row["ssim"] == pytest.approx(independent(x, y, 65535)["ssim"], abs=1e-9)
    assert "fit into 12 bits" in outcome.complaint
    (row,) = json.loads(program("score", *files, "--json", "--data-range", "4095").output)
    assert row["ssim"] == pytest.approx(independent(x, y, 4095)["ssim"], abs=1e-9)


def test_floats_beside_integers_are_rescaled_only_when_their_white_is_told(
    program: Program, write: WriteImage
) -> None:
    x = np.rint(SCENE * 255).astype(np.uint8)
    y = BLURRED.astype(np.float32)
    files = write("x.png", x), write("y.tif", y)
    outcome = program("score", *files, "--json")
    assert json.loads(outcome.output)[0]["mse"] == pytest.approx(
        np.mean((x - y.astype(float)) ** 2)
    )
    assert "nothing was rescaled" in outcome.complaint
    outcome = program("score", *files, "--json", "--distorted-white", "1")
    (row,) = json.loads(outcome.output)
    expected = independent(x, y * 255.0, 255)
    assert {key: row[key] for key in expected} == pytest.approx(expected, rel=1e-6)


def test_a_walk_takes_the_range_that_is_given_without_a_guess(
    program: Program, write: WriteImage
) -> None:
    x = write("x.tif", (SCENE * 4000).astype(np.float32))
    words = ("ascend", x, "--noise-mse", "90000", "--steps", "1")
    assert "65535" in program(*words).complaint
    assert not program(*words, "--data-range", "4095").complaint
