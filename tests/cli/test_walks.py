"""``ssim-viewer ascend`` and ``descend``: constant MSE, in the files as well."""

from __future__ import annotations

import csv
import json
import signal
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.cli import climbing as walking
from ssim_viewer.images import read_image
from ssim_viewer.metrics import mse, ssim
from ssim_viewer.synthesis import climb, white_noise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from ssim_viewer.synthesis import Step
    from tests.cli.conftest import Program, WriteImage

COLUMNS = ["iteration", "mse", "ssim", "step_size", "gradient_norm"]
MADE = "made_by"


def trace_of(path: Path) -> list[dict[str, float]]:
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        assert rows.fieldnames == [*COLUMNS, MADE]
        return [{key: float(row[key]) for key in COLUMNS} for row in rows]


@pytest.mark.parametrize(("command", "sign"), [("ascend", 1), ("descend", -1)])
def test_a_walk_writes_its_last_image_and_a_row_for_every_step(
    program: Program, grey: tuple[Path, Path], tmp_path: Path, command: str, sign: int
) -> None:
    image, trace = tmp_path / "out.tif", tmp_path / "trace.csv"
    outcome = program(command, *grey, "--steps", "12", "--output", image, "--trace", trace)
    assert outcome.status == 0
    assert not outcome.complaint
    rows = trace_of(trace)
    words = ("ssim_viewer", "step 12 of a climb by MSSIM at MSE", "11×11 Gaussian")
    assert all(each in trace.read_text(encoding="utf-8").splitlines()[1] for each in words)
    x, y = (read_image(path).pixels.astype(float) for path in grey)
    assert [row["iteration"] for row in rows] == list(range(13))
    assert [row["mse"] for row in rows] == pytest.approx([mse(x, y)] * 13, rel=1e-12)
    assert rows[0]["ssim"] == pytest.approx(ssim(x, y), abs=1e-12)
    assert sign * (rows[-1]["ssim"] - rows[0]["ssim"]) > 0.03
    written = read_image(image).pixels
    assert written.dtype == np.float32
    assert ssim(x, written) == pytest.approx(rows[-1]["ssim"], abs=1e-5)


def test_an_8_bit_file_keeps_the_mse_and_its_scores_as_written_are_told(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    image = tmp_path / "worst.png"
    outcome = program("descend", *grey, "--steps", "30", "--output", image)
    x, y = (read_image(path).pixels.astype(float) for path in grey)
    written = read_image(image).pixels
    assert written.dtype == np.uint8
    assert mse(x, written) == pytest.approx(mse(x, y), rel=2e-3)
    assert f"As written it has MSE {mse(x, written):.6g}" in outcome.output
    assert f"MSSIM {ssim(x, written):.6f}" in outcome.output


def test_noise_of_a_wanted_mse_and_seed_can_be_the_start(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    trace = tmp_path / "t.csv"
    words: list[str | Path] = [
        "--noise-mse",
        "900",
        "--seed",
        "4",
        "--steps",
        "2",
        "--trace",
        trace,
    ]
    assert program("ascend", grey[0], *words).status == 0
    x = read_image(grey[0]).pixels.astype(float)
    first = trace_of(trace)[0]
    assert first["mse"] == pytest.approx(900, rel=1e-12)
    assert first["ssim"] == pytest.approx(ssim(x, white_noise(x, 900, seed=4)), abs=1e-12)


def test_the_fixed_rule_with_a_step_size_and_a_free_range_are_options(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    trace, image = tmp_path / "t.csv", tmp_path / "free.png"
    words = ["--rule", "fixed", "--step-size", "0.5", "--free-range", "--steps", "40"]
    files: list[str | Path] = ["--noise-mse", "2500", "--trace", trace, "--output", image]
    outcome = program("descend", grey[0], *words, *files)
    assert trace_of(trace)[1]["step_size"] == pytest.approx(0.5, rel=1e-2)
    assert "Pixels outside the range were clipped." in outcome.output


def test_zero_steps_write_the_start(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    image = tmp_path / "same.png"
    assert program("descend", *grey, "--steps", "0", "--output", image).status == 0
    np.testing.assert_array_equal(read_image(image).pixels, read_image(grey[1]).pixels)


def test_colour_walks_on_its_luma_by_default_and_keeps_the_mse_of_all_channels(
    program: Program, write: WriteImage, tmp_path: Path
) -> None:
    rng = np.random.default_rng(8)
    x = rng.integers(0, 256, (24, 24, 3), dtype=np.uint8)
    start = write("y.png", np.clip(x + rng.normal(0, 30, x.shape), 0, 255).astype(np.uint8))
    image = tmp_path / "out.tif"
    reference = write("x.png", x)
    assert program("descend", reference, start, "--steps", "5", "--output", image).status == 0
    before = json.loads(program("score", "--json", reference, start).output)[0]
    after = json.loads(program("score", "--json", reference, image, "--force").output)[0]
    assert after["mse"] == pytest.approx(before["mse"], rel=1e-5)
    assert after["ssim"] < before["ssim"]


def test_ctrl_c_stops_between_two_steps_and_still_saves_what_was_reached(
    program: Program,
    grey: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*arguments: Any, **settings: Any) -> Iterator[Step]:
        for step in climb(*arguments, **settings):
            if step.index == 5:
                signal.raise_signal(signal.SIGINT)
            yield step

    monkeypatch.setattr(walking, "climb", interrupted)
    image, trace = tmp_path / "out.tif", tmp_path / "t.csv"
    words: list[str | Path] = ["--steps", "100000", "--output", image, "--trace", trace]
    outcome = program("descend", *grey, *words)
    assert outcome.status == 0
    assert "5 of 100000 steps, stopped by Ctrl+C" in outcome.output
    assert trace_of(trace)[-1]["iteration"] == 5
    assert image.exists()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_files_that_exist_are_overwritten_only_by_force(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    image = tmp_path / "out.png"
    image.write_bytes(b"precious")
    words: list[str | Path] = ["descend", *grey, "--steps", "1", "--output", image]
    refused = program(*words)
    assert refused.status == 2
    assert "exists already; overwrite it with --force" in refused.complaint
    assert image.read_bytes() == b"precious"
    assert program(*words, "--force").status == 0
    assert read_image(image).width == 40


def test_a_walk_that_finds_nothing_better_says_so(
    program: Program, write: WriteImage, tmp_path: Path
) -> None:
    rng = np.random.default_rng(2)
    files = [write(f"{i}.png", rng.integers(0, 256, (12, 12), dtype=np.uint8)) for i in range(2)]
    outcome = program("descend", *files, "--steps", "5000", "--trace", tmp_path / "t.csv")
    assert "then nothing nearby was worse" in outcome.output
    assert len(trace_of(tmp_path / "t.csv")) < 5000
