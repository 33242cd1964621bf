"""``ssim-viewer mad``, and walks with other metrics: what is held stays, in trace and files."""

from __future__ import annotations

import csv
import signal
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ssim_viewer.cli import mad_sheet
from ssim_viewer.images import read_image
from ssim_viewer.metrics import mse, ssim
from ssim_viewer.synthesis import plate
from tests.cli.test_refusals import assert_refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, WriteImage

NAMES = ["best-ssim-at-mse", "worst-ssim-at-mse", "best-mse-at-ssim", "worst-mse-at-ssim"]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("command", "sign"), [("ascend", -1), ("descend", 1)])
def test_a_walk_holds_any_metric_and_pushes_another(
    program: Program, grey: tuple[Path, Path], tmp_path: Path, command: str, sign: int
) -> None:
    image, trace = tmp_path / "out.tif", tmp_path / "t.csv"
    words = ["--metric", "MSE", "--hold", "ssim", "--steps", "8"]
    outcome = program(command, *grey, *words, "--output", image, "--trace", trace)
    assert outcome.status == 0
    assert not outcome.complaint
    assert "held to" in outcome.output
    rows = rows_of(trace)
    assert [*rows[0]] == ["iteration", "ssim", "mse", "step_size", "gradient_norm", "made_by"]
    held = [float(row["ssim"]) for row in rows]
    assert held == pytest.approx([held[0]] * 9, rel=1e-9)
    assert sign * (float(rows[-1]["mse"]) - float(rows[0]["mse"])) > 0
    x, y = (read_image(path).pixels.astype(float) for path in (grey[0], image))
    assert ssim(x, y) == pytest.approx(held[0], rel=1e-5)


def test_a_walk_at_constant_mse_pushes_any_metric_and_tells_of_it(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    image, trace = tmp_path / "out.png", tmp_path / "t.csv"
    words = ["--metric", "mae", "--steps", "5", "--rule", "fixed"]
    outcome = program("ascend", *grey, *words, "--output", image, "--trace", trace)
    assert outcome.status == 0
    rows = rows_of(trace)
    assert float(rows[-1]["mae"]) < float(rows[0]["mae"])
    assert float(rows[-1]["mse"]) == pytest.approx(float(rows[0]["mse"]), rel=1e-12)
    x, y = (read_image(path).pixels.astype(float) for path in (grey[0], image))
    assert f"and MAE {np.abs(x - y).mean():.6g}." in outcome.output


@pytest.mark.parametrize(("extra", "suffix"), [([], ".png"), (["--float"], ".tif")])
def test_the_plate_is_four_images_one_picture_and_a_table(
    program: Program, grey: tuple[Path, Path], tmp_path: Path, extra: list[str], suffix: str
) -> None:
    folder = tmp_path / "new" / "plate"
    words = ["--hold", "mse", "--vary", "SSIM", "--noise-mse", "900", "--steps", "10", *extra]
    outcome = program("mad", grey[0], *words, "--output", folder)
    assert outcome.status == 0
    assert not outcome.complaint
    files = [folder / f"{name}{suffix}" for name in NAMES]
    assert set(folder.iterdir()) == {*files, folder / "plate.png", folder / "traces.csv"}
    x = read_image(grey[0]).pixels.astype(float)
    best, worst, near, far = (read_image(file).pixels.astype(float) for file in files)
    assert ssim(x, worst) < ssim(x, best) - 0.2
    assert mse(x, near) < 900 < mse(x, far)
    assert mse(x, best) == pytest.approx(900, rel=2e-2)
    assert ssim(x, near) == pytest.approx(ssim(x, far), abs=2e-2)
    rows = rows_of(folder / "traces.csv")
    columns = ["run", "iteration", "mse", "ssim", "step_size", "gradient_norm", "made_by"]
    assert [*rows[0]] == columns
    assert "maximum differentiation of MSE and MSSIM; SSIM: 11×11" in rows[0]["made_by"]
    assert [*dict.fromkeys(row["run"] for row in rows)] == NAMES
    held = {name: {row["ssim"] for row in rows if row["run"] == name} for name in NAMES}
    assert len(held["best-ssim-at-mse"]) > 5
    numbers = [float(value) for value in held["worst-mse-at-ssim"]]
    assert max(numbers) - min(numbers) <= 2e-9 * abs(numbers[0])
    picture = read_image(folder / "plate.png")
    assert picture.width > 3 * 240
    assert picture.height > 2 * 192


def test_colour_has_a_plate_too_and_starts_from_a_file(
    program: Program, write: Any, tmp_path: Path
) -> None:
    rng = np.random.default_rng(8)
    x = rng.integers(0, 256, (24, 24, 3), dtype=np.uint8)
    start = write("y.png", np.clip(x + rng.normal(0, 30, x.shape), 0, 255).astype(np.uint8))
    words = ["--hold", "psnr", "--vary", "ssim", "--steps", "2", "--start", start]
    outcome = program("mad", write("x.png", x), *words, "--output", tmp_path / "p")
    assert outcome.status == 0
    assert (tmp_path / "p" / "best-psnr-at-ssim.png").exists()


def test_ctrl_c_stops_the_plate_and_still_saves_all_of_it(
    program: Program, grey: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: Any, **settings: Any) -> Any:
        for run in plate(*arguments, **settings):
            if run.name == "worst-b":
                signal.raise_signal(signal.SIGINT)
            yield run

    monkeypatch.setattr(mad_sheet, "plate", interrupted)
    words = ["--hold", "mse", "--vary", "ssim", "--noise-mse", "900", "--steps", "20"]
    outcome = program("mad", grey[0], *words, "--output", tmp_path / "p")
    assert outcome.status == 0
    assert "in 20 steps." in outcome.output
    assert "in 0 steps, stopped by Ctrl+C" in outcome.output
    assert len(list((tmp_path / "p").iterdir())) == 6


def test_files_of_a_plate_are_overwritten_only_by_force(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    words: list[str | Path] = [
        "mad",
        grey[0],
        "--hold",
        "mse",
        "--vary",
        "ssim",
        "--noise-mse",
        "900",
    ]
    words += ["--steps", "1", "--output", tmp_path]
    assert program(*words).status == 0
    assert_refused(program(*words), "exists already")
    assert program(*words, "--force").status == 0


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["mad", "REF", "--hold", "mse", "--vary", "ssim", "--output", "OUT"], "--start FILE or"),
        (["mad", "REF", "--hold", "mse", "--noise-mse", "9", "--output", "OUT"], "--vary"),
        (
            ["mad", "REF", "--vary", "mse", "--hold", "MSE", "--noise-mse", "9", "--output", "OUT"],
            "two metrics, not mse twice",
        ),
        (
            [
                "mad",
                "REF",
                "--hold",
                "mse",
                "--vary",
                "vmaf",
                "--noise-mse",
                "9",
                "--output",
                "OUT",
            ],
            "no metric 'vmaf'; there are mse,",
        ),
        (
            ["mad", "REF", "--hold", "mse", "--vary", "ssim", "--start", "REF", "--output", "OUT"],
            "no direction",
        ),
        (["ascend", "REF", "DIST", "--hold", "ssim", "--rule", "fixed"], "at constant MSE only"),
        (["ascend", "REF", "DIST", "--metric", "nothing"], "no metric 'nothing'"),
        (["descend", "REF", "REF", "--hold", "ssim"], "no direction"),
    ],
)
def test_plates_that_make_no_sense_are_refused(
    program: Program, grey: tuple[Path, Path], tmp_path: Path, words: list[str], part: str
) -> None:
    files = {"REF": str(grey[0]), "DIST": str(grey[1]), "OUT": str(tmp_path / "out")}
    assert_refused(program(*(files.get(word, word) for word in words)), part)


def test_the_first_figure_of_the_paper_needs_no_more_than_two_pixels(
    program: Program, write: WriteImage, tmp_path: Path
) -> None:
    x = write("x.png", np.array([[100, 150]], np.uint8))
    y = write("y.png", np.array([[120, 180]], np.uint8))
    words = ["--hold", "mse", "--vary", "mae", "--steps", "30", "--float"]
    outcome = program("mad", x, "--start", y, *words, "--output", tmp_path / "p")
    assert outcome.status == 0
    assert "MSSIM" not in outcome.output
    best = read_image(tmp_path / "p" / "best-mae-at-mse.tif").pixels - [[100, 150]]
    assert np.mean(best**2) == pytest.approx(650, rel=1e-4)
    assert np.abs(best).max() == pytest.approx(1300**0.5, rel=1e-3)  # one pixel has all of it
