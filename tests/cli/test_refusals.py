"""Whatever is wrong, the exit status is 2 and standard error holds one line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandResult, Program, WriteImage


def assert_refused(outcome: CommandResult, *words: str) -> None:
    assert outcome.status == 2
    assert not outcome.output
    assert outcome.complaint.startswith("ssim-viewer: ")
    assert outcome.complaint.count("\n") == 1
    assert outcome.complaint.endswith("\n")
    for word in words:
        assert word in outcome.complaint


def encoded(suffix: str, pixels: np.ndarray) -> bytes:
    done, data = cv2.imencode(suffix, pixels)
    assert done
    return data.tobytes()


NOISE = np.random.default_rng(1).integers(0, 256, (32, 40), dtype=np.uint8)
ABSURD_PNG = encoded(".png", NOISE)[:16] + b"\x7f\xff\xff\xff" * 2 + encoded(".png", NOISE)[24:]
BAD_FILES = {
    "empty.png": b"",
    "text.png": b"this is no image\n",
    "cut.png": encoded(".png", NOISE)[:200],
    "cut.jpg": encoded(".jpg", NOISE)[:300],
    "cut.tif": encoded(".tif", NOISE)[:200],
    "absurd.png": ABSURD_PNG,
    "nan.tif": encoded(".tif", np.full((32, 40), np.nan, np.float32)),
    "infinite.tif": encoded(".tif", np.full((32, 40), np.inf, np.float32)),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("command", ["score", "descend"])
def test_a_file_that_is_no_good_image_is_named_in_one_line(
    program: Program, grey: tuple[Path, Path], tmp_path: Path, name: str, command: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(BAD_FILES[name])
    assert_refused(program(command, grey[0], bad), name)
    assert_refused(program(command, bad, grey[1]), name)


def test_missing_files_and_folders_are_refused(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    assert_refused(program("score", grey[0], tmp_path / "none.png"), "none.png", "not exist")
    assert_refused(program("score", grey[0], tmp_path), "folder")
    assert_refused(program("score", grey[0], tmp_path / "line\nbreak.png"), "break.png")
    assert_refused(program("score", grey[0], "nul\0.png"))
    assert_refused(program("score", grey[0], ""))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_permission_is_refused(program: Program, grey: tuple[Path, Path]) -> None:
    grey[1].chmod(0)
    assert_refused(program("score", *grey), "dist.png", "may not be read")


def test_nothing_is_printed_when_only_one_of_several_is_bad(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    assert_refused(program("score", *grey, tmp_path / "none.png"), "none.png")


def test_different_sizes_are_both_named_with_the_way_out(
    program: Program, write: WriteImage, grey: tuple[Path, Path]
) -> None:
    other = write("other.png", NOISE[:20])
    for command in ("score", "ascend"):
        outcome = program(command, grey[0], other)
        assert_refused(outcome, "40×32", "40×20", "--align crop, pad or resize")


def test_a_window_asked_for_that_fits_no_image_is_refused_with_both_sizes(
    program: Program, write: WriteImage
) -> None:
    small = write("small.png", NOISE[:8, :9])
    assert_refused(program("score", small, small, "--window-size", "11"), "9×8", "11×11")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["score"], "required: REF, DIST"),
        (["score", "REF"], "required: DIST"),
        (["score", "REF", "DIST", "--json", "--csv"], "not allowed with"),
        (["score", "REF", "DIST", "--colour", "luma"], "unrecognized"),
        (["score", "REF", "DIST", "--wind", "uniform"], "unrecognized"),
        (["score", "REF", "DIST", "--k1", "-1"], "at least 0"),
        (["score", "REF", "DIST", "--sigma", "nan"], "above 0"),
        (["score", "REF", "DIST", "--window-size", "1"], "at least 2"),
        (["score", "REF", "DIST", "--window-size", "33"], "33×33"),
        (["score", "REF", "DIST", "--window", "hann"], "invalid choice"),
        (["score", "REF", "DIST", "--exponents", "1", "1", "-1"], "exponents"),
        (["score", "REF", "DIST", "--downsample", "half"], "neither a whole number"),
        (["score", "REF", "DIST", "--preset", "mine"], "invalid choice"),
        (["score", "REF", "DIST", "--align", "stretch"], "invalid choice"),
        (["ascend", "REF"], "needs one start"),
        (["ascend", "REF", "DIST", "--noise-mse", "9"], "needs one start"),
        (["ascend", "REF", "DIST", "--seed", "9"], "--seed is of the noise"),
        (["ascend", "REF", "DIST", "DIST"], "unrecognized"),
        (["descend", "REF", "REF"], "no direction"),
        (["descend", "REF", "--noise-mse", "1e9"], "largest possible is"),
        (["descend", "REF", "--noise-mse", "0"], "above 0"),
        (["descend", "REF", "DIST", "--steps", "-3"], "whole number"),
        (["descend", "REF", "DIST", "--steps", "many"], "whole number"),
        (["descend", "REF", "DIST", "--rule", "newton"], "invalid choice"),
        (["descend", "REF", "DIST", "--output", "out.jpg"], "ends in .png"),
        (["descend", "REF", "DIST", "--output", "no such folder/out.png"], "folder does not exist"),
        (["--screenshot", "picture.jpg"], "ends in .png"),
        (["--size", "800"], "such as 1280x800"),
        (["--size", "0x600"], "such as 1280x800"),
        (["--scale", "0"], "above 0"),
        (["--theme", "pink"], "invalid choice"),
        (["--ascend", "3", "--descend", "3"], "not allowed with"),
    ],
)
def test_words_that_make_no_sense_are_refused(
    program: Program, grey: tuple[Path, Path], words: list[str], part: str
) -> None:
    files = {"REF": str(grey[0]), "DIST": str(grey[1])}
    assert_refused(program(*(files.get(word, word) for word in words)), part)


def test_two_results_never_share_a_file(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    file = tmp_path / "out.png"
    assert_refused(program("ascend", *grey, "--output", file, "--trace", file), "twice")


def test_a_folder_of_maps_that_cannot_be_made_is_refused(
    program: Program, grey: tuple[Path, Path]
) -> None:
    assert_refused(program("score", *grey, "--maps", grey[0] / "maps"), "cannot be made")
