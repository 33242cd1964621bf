"""Names of files that look like options, name a page, or are spelled in two ways of Unicode."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from ssim_viewer.cli.pairs import pairs_of_folders
from tests.cli.test_pairs import touch
from tests.cli.test_refusals import assert_refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program

GREY = np.arange(40 * 30, dtype=np.uint16).reshape(30, 40).astype(np.uint8)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ["score", "--json", "--", "-dash.png", "-dash.png"],
        ["score", "--json", "-dash.png", "-dash.png"],
        ["score", "-dash.png", "--json", "--", "-dash.png"],
        ["score", "--json", "--", "--k1", "-dash.png"],
    ],
)
def test_files_whose_names_begin_with_a_dash_are_scored(
    folder: Path, program: Program, words: list[str]
) -> None:
    for name in ("-dash.png", "--k1"):
        Pillow.fromarray(GREY).save(folder / name, "PNG")
    outcome = program(*words)
    assert outcome.status == 0, outcome.complaint
    row = json.loads(outcome.output)[0]
    assert row["distorted"] == "-dash.png"
    assert row["mse"] == 0


def test_a_word_that_is_neither_an_option_nor_a_file_is_still_refused(
    folder: Path, program: Program
) -> None:
    Pillow.fromarray(GREY).save(folder / "a.png")
    assert_refused(program("score", "-nope.png", "a.png", "a.png"), "-nope.png")


def test_a_page_is_chosen_by_its_number(folder: Path, program: Program) -> None:
    tifffile.imwrite(folder / "scan.tif", np.stack([GREY, 255 - GREY]), photometric="minisblack")
    Pillow.fromarray(255 - GREY).save(folder / "b.png")
    outcome = program("score", "--json", "b.png", "scan.tif#2")
    assert outcome.status == 0, outcome.complaint
    assert json.loads(outcome.output)[0]["mse"] == 0
    assert "Page 2 of 2." in outcome.complaint
    assert_refused(program("score", "b.png", "scan.tif#3"), "has no “3” among its 2 pages")


def test_a_file_with_a_number_sign_in_its_name_is_that_file(folder: Path, program: Program) -> None:
    Pillow.fromarray(GREY).save(folder / "a#2.png")
    outcome = program("score", "--json", "a#2.png", "a#2.png")
    assert json.loads(outcome.output)[0]["mse"] == 0


@pytest.mark.parametrize("forms", [("NFC", "NFD"), ("NFD", "NFC")])
@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_names_pair_whichever_way_unicode_composes_them(
    tmp_path: Path, forms: tuple[str, str], suffix: str
) -> None:
    reference, distorted = (unicodedata.normalize(form, "Bäume/é") for form in forms)  # type: ignore[arg-type]
    x = touch(tmp_path / "x", f"{reference}.png")
    y = touch(tmp_path / "y", f"{distorted}{suffix}")
    (pair,) = pairs_of_folders(x, [y], None).pairs
    assert pair.reference == x / f"{reference}.png"
    assert pair.distorted == y / f"{distorted}{suffix}"


def test_equal_numbers_in_two_colour_profiles_are_not_silently_equal(
    folder: Path, program: Program
) -> None:
    rgb = np.dstack([GREY, GREY.T.reshape(30, 40), 255 - GREY])
    adobe = bytes(imagecodecs.cms_profile("adobergb"))
    Pillow.fromarray(rgb).save("adobe.png", icc_profile=adobe)
    Pillow.fromarray(rgb).save("plain.png")
    kept = program("score", "--json", "plain.png", "adobe.png")
    assert json.loads(kept.output)[0]["mse"] == 0
    assert "colour profiles differ (sRGB and Adobe RGB" in kept.complaint
    converted = program("score", "--json", "--profile", "convert", "plain.png", "adobe.png")
    assert json.loads(converted.output)[0]["mse"] > 1
    assert "converted to sRGB" in converted.complaint
    both = program("score", "--json", "--profile", "convert", "adobe.png", "adobe.png")
    assert json.loads(both.output)[0]["mse"] == 0
