"""Colour profiles on the command line: kept or converted as chosen, and said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageCms

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

RGB = np.random.default_rng(8).integers(0, 256, (40, 48, 3), dtype=np.uint8)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two files of equal numbers, one of them with a profile of another space."""
    plain, tagged = tmp_path / "plain.png", tmp_path / "tagged.tif"
    Image.fromarray(RGB).save(plain)
    Image.fromarray(RGB).save(tagged, icc_profile=linear_profile())
    return plain, tagged


def linear_profile() -> bytes:
    """Return the profile of sRGB with its curves replaced by straight lines."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(data[128:132], "big")
    for entry in range(132, 132 + 12 * count, 12):
        if bytes(data[entry : entry + 4]) in {b"rTRC", b"gTRC", b"bTRC"}:
            place = int.from_bytes(data[entry + 4 : entry + 8], "big")
            data[place : place + 12] = b"curv" + bytes(8)  # no points: the identity
    return bytes(data)


def test_equal_numbers_with_other_profiles_are_not_silently_equal(
    program: Program, pair: tuple[Path, Path]
) -> None:
    outcome = program("score", *pair, "--json")
    (row,) = json.loads(outcome.output)
    assert row["mse"] == 0
    assert "tagged.tif: Its colour profile" in outcome.complaint
    assert "was kept" in outcome.complaint


def test_converted_colours_are_those_of_the_formula(
    program: Program, pair: tuple[Path, Path]
) -> None:
    outcome = program("score", *pair, "--json", "--profile", "convert")
    (row,) = json.loads(outcome.output)
    light = RGB / 255.0
    curve = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    assert row["mse"] == pytest.approx(np.mean((255 * curve - RGB) ** 2), rel=0.01)
    assert "were converted to sRGB" in outcome.complaint
