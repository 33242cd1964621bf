"""``ssim-viewer reconstruct`` and ``--list-metrics``."""

from __future__ import annotations

import csv
import signal
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ssim_viewer.cli import reconstructing
from ssim_viewer.images import read_image
from ssim_viewer.metrics import catalogue, ssim
from ssim_viewer.synthesis import Optimizer, reconstruct
from tests.cli.test_refusals import assert_refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ssim_viewer.synthesis import Step
    from tests.cli.conftest import Program


@pytest.mark.parametrize("start", ["noise", "grey", "blur", "FILE"])
def test_a_reconstruction_stops_when_it_is_good_enough_and_writes_what_it_has(
    program: Program, grey: tuple[Path, Path], tmp_path: Path, start: str
) -> None:
    image, trace = tmp_path / "out.png", tmp_path / "t.csv"
    words = ["--start", str(grey[1]) if start == "FILE" else start, "--until", "0.995"]
    outcome = program("reconstruct", grey[0], *words, "--output", image, "--trace", trace)
    assert outcome.status == 0
    assert not outcome.complaint
    with trace.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = ["iteration", "mse", "ssim", "step_size", "gradient_norm", "made_by"]
    assert [*rows[0]] == columns
    assert "of a reconstruction by MSSIM with" in rows[0]["made_by"]
    values = [float(row["ssim"]) for row in rows]
    assert values[-1] >= 0.995 > max(values[:-1])
    x, y = (read_image(path).pixels.astype(float) for path in (grey[0], image))
    assert ssim(x, y) == pytest.approx(values[-1], abs=0.02)


@pytest.mark.parametrize("optimizer", list(Optimizer))
def test_metric_optimizer_and_limits_are_options(
    program: Program, grey: tuple[Path, Path], tmp_path: Path, optimizer: Optimizer
) -> None:
    trace = tmp_path / "t.csv"
    words = ["--metric", "mse", "--optimizer", optimizer, "--steps", "2", "--seconds", "60"]
    outcome = program("reconstruct", grey[0], *words, "--learning-rate", "3", "--trace", trace)
    assert outcome.status == 0
    assert f"Reconstruction, {optimizer}: 2 steps" in outcome.output
    lines = trace.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "iteration,mse,step_size,gradient_norm,made_by"
    assert float(lines[2].split(",")[2]) == pytest.approx(3, rel=0.2)


def test_ctrl_c_stops_a_reconstruction_and_saves_what_was_reached(
    program: Program, grey: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: Any, **settings: Any) -> Iterator[Step]:
        for step in reconstruct(*arguments, **settings):
            if step.index == 5:
                signal.raise_signal(signal.SIGINT)
            yield step

    monkeypatch.setattr(reconstructing, "reconstruct", interrupted)
    image = tmp_path / "out.tif"
    outcome = program("reconstruct", grey[0], "--optimizer", "l-bfgs-b", "--output", image)
    assert outcome.status == 0
    assert "5 steps, stopped by Ctrl+C" in outcome.output
    assert image.exists()


def test_images_of_other_ranges_start_inside_their_own(
    program: Program, write: Any, tmp_path: Path
) -> None:
    unit = write("unit.tif", np.random.default_rng(1).uniform(0, 1, (24, 24)).astype(np.float32))
    image = tmp_path / "out.tif"
    words: list[str | Path] = ["--steps", "0", "--free-range", "--output", image]
    assert program("reconstruct", unit, *words).status == 0
    assert 0.9 < read_image(image).pixels.max() <= 1


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--optimizer", "newton"], "invalid choice"),
        (["--until", "good"], "not a number"),
        (["--until", "nan"], "not a number"),
        (["--metric", "nothing"], "no metric 'nothing'"),
        (["--start", "none.png"], "none.png"),
        (["--start", "REF"], "equals the reference"),
        (["--output", "out.jpg"], "ends in .png"),
        (["--seconds", "0"], "above 0"),
    ],
)
def test_reconstructions_that_make_no_sense_are_refused(
    program: Program, grey: tuple[Path, Path], words: list[str], part: str
) -> None:
    files = {"REF": str(grey[0])}
    words = [files.get(word, word) for word in words]
    assert_refused(program("reconstruct", grey[0], *words), part)


@pytest.mark.parametrize("words", [["--list-metrics"], ["score", "--list-metrics"]])
def test_the_metrics_are_listed_with_their_sources(program: Program, words: list[str]) -> None:
    outcome = program(*words)
    assert outcome.status == 0
    for entry in catalogue().values():
        assert entry.name in outcome.output
        assert entry.source in outcome.output
