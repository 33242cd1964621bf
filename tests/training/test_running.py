"""Runs: side by side, the same again, after a stop and after kill -9, and when a loss fails."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.images import Image, image_from_array, read_image
from ssim_viewer.training import TrainingError
from ssim_viewer.training.candidates import write_candidates
from ssim_viewer.training.run_file import Curves, read_run, write_run
from ssim_viewer.training.scoring import SCORES
from ssim_viewer.training.settings import TrainingSettings
from ssim_viewer.training.tables import as_csv, as_latex, curves_as_csv, table_of

pytest.importorskip("jax")

from ssim_viewer.training import inference
from ssim_viewer.training import learner as learners
from ssim_viewer.training.inference import RunNetwork
from ssim_viewer.training.trainer import Trainer

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.training.run_file import Run

SMALL = TrainingSettings(
    losses=("mse", "ssim"), data="faces", steps=6, side=16, batch=4, code=8, every=3
)


def trained(settings: TrainingSettings, until: int | None = None) -> Trainer:
    trainer = Trainer(settings)
    while not trainer.done and trainer.step != until:
        trainer.advance()
    return trainer


@pytest.fixture(scope="module")
def run() -> Run:
    return trained(SMALL).run()


def test_all_losses_start_from_the_same_weights() -> None:
    run = Trainer(SMALL).run()
    for name, value in run.weights[0].items():
        np.testing.assert_array_equal(value, run.weights[1][name])
    np.testing.assert_array_equal(run.curves.scores[0, 0], run.curves.scores[0, 1])


def test_a_network_gets_better_by_its_own_loss(run: Run) -> None:
    first, last = run.curves.scores[0], run.curves.scores[-1]
    mse, ssim = SCORES.index("mse"), SCORES.index("ssim")
    assert last[0, mse] < first[0, mse]
    assert last[1, ssim] > first[1, ssim]
    assert list(run.curves.steps) == [0, 1, 2, 3, 5, 6]
    assert (np.diff(run.curves.seconds, axis=0) > 0).all()


def test_the_same_seed_gives_the_same_curve_also_after_a_stop(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.run"
    write_run(path, trained(SMALL, until=3).run())
    resumed = Trainer.resumed(read_run(path))
    while not resumed.done:
        resumed.advance()
    again = resumed.run()
    np.testing.assert_array_equal(again.curves.scores, run.curves.scores)
    for mine, theirs in zip(again.weights, run.weights, strict=True):
        assert all(np.array_equal(mine[name], theirs[name]) for name in theirs)


def test_a_loss_that_is_no_number_stops_alone_and_keeps_its_last_good_weights(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trainer = trained(SMALL, until=2)
    good = trainer.run().weights[0]
    broken = trainer._learners[0]
    spoiled = {name: value * np.float32("nan") for name, value in broken.weights.items()}
    monkeypatch.setattr(
        learners.Learner,
        "_step",
        lambda self, *images: (
            (spoiled, self._state, float("nan")) if self is broken else _real_step(self, *images)
        ),
    )
    while not trainer.done:
        trainer.advance()
    run = trainer.run()
    assert "Stopped" not in run.stopped
    assert "no number at step 3" in run.stopped["mse"]
    assert all(np.isfinite(value).all() for value in run.weights[0].values())
    assert good.keys() == run.weights[0].keys()
    assert np.isnan(run.curves.scores[-1, 0]).all()
    assert np.isfinite(run.curves.scores[-1, 1]).all()
    assert "(stopped)" in table_of(run).rows[0].method


_real_step = learners.Learner._step


def test_a_metric_without_a_traced_form_trains_by_its_exact_gradient() -> None:
    settings = TrainingSettings(
        losses=("gmsd", "0.5*mse+0.5*exact-ssim"), data="faces", steps=5, side=32, batch=2
    )
    trainer = trained(settings)
    assert not trainer.run().stopped
    assert all(np.isfinite(value) for value in trainer.losses.values())
    first, last = trainer.run().curves.scores[[0, -1]]
    assert not np.array_equal(first[0], last[0])


def test_super_resolution_begins_as_the_cubic_and_the_table_has_both() -> None:
    run = Trainer(TrainingSettings(network="sr", losses=("mse",), steps=1)).run()
    assert run.curves.scores[0, 0, 0] == pytest.approx(run.baseline[0], abs=0.2)
    table = table_of(run)
    assert table.rows[0].method == "Bicubic"
    assert "this run" in table.rows[0].source
    published = [row for row in table.rows if "published" in row.source]
    assert len(published) == 12
    assert published[3].cells[:2] == ("30.35", "0.8681")
    assert "a border of 4 pixels left out" in table.note
    assert "on other images" in table.note


def test_tables_and_curves_are_written_as_csv_and_latex(run: Run) -> None:
    table = table_of(run)
    assert "published" not in as_csv(table)
    assert as_csv(table).startswith("Loss,PSNR,MSSIM,MS-SSIM,MSE,MAE,Source\n")
    latex = as_latex(table)
    assert latex.count(r"\\") == 3
    assert r"\begin{tabular}{lrrrrrl}" in latex
    lines = curves_as_csv(run).splitlines()
    assert lines[0] == "step,loss,seconds,psnr,ssim,ms_ssim,mse,mae"
    assert len(lines) == 1 + 2 * len(run.curves.steps)


def test_a_run_of_another_version_and_what_is_no_run_are_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.run"
    write_run(path, run)
    with np.load(path) as found:
        arrays = dict(found)
    header = json.loads(arrays["header"].tobytes())
    arrays["header"] = np.frombuffer(json.dumps(header | {"version": 9}).encode(), np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    path.write_bytes(buffer.getvalue())
    with pytest.raises(TrainingError, match="a run of version 9; this program reads version 1"):
        read_run(path)
    path.write_bytes(buffer.getvalue()[:500])
    with pytest.raises(TrainingError, match="no run of training, or it is damaged"):
        read_run(path)
    with pytest.raises(TrainingError, match="There is no run"):
        read_run(tmp_path / "none.run")


def test_a_run_without_a_point_of_its_curves_is_damaged(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.run"
    write_run(path, replace(run, curves=Curves.empty(len(run.settings.losses))))
    with pytest.raises(TrainingError, match="is no run of training, or it is damaged"):
        read_run(path)


def test_a_run_that_cannot_be_written_leaves_the_old_file(run: Run, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="The run was not saved"):
        write_run(tmp_path / "nowhere" / "a.run", run)


def test_images_of_a_run_are_candidates_of_a_preference_study(run: Run, tmp_path: Path) -> None:
    write_candidates(tmp_path, run)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mse", "reference", "ssim"]
    written = read_image(tmp_path / "ssim" / "02.png")
    np.testing.assert_array_equal(written.pixels, run.shown.outputs[1, 1])


def test_whole_images_go_through_the_network_in_patches_and_in_strips(run: Run) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (40, 51), np.uint8)
    target, output = RunNetwork(run, "ssim").target_and_output(image_from_array(pixels, "a"))
    assert target.shape == output.shape == (32, 48)
    with pytest.raises(TrainingError, match="smaller than the patches"):
        RunNetwork(run).target_and_output(image_from_array(pixels[:10], "b"))
    with pytest.raises(TrainingError, match="has no loss mae"):
        RunNetwork(run, "mae")


def test_strips_make_the_image_that_the_network_makes_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = Trainer(TrainingSettings(network="sr", losses=("mse",), steps=1)).run()
    image: Image = image_from_array(
        np.random.default_rng(0).integers(0, 255, (80, 48), np.uint8), "a"
    )
    _, whole = RunNetwork(run).target_and_output(image)
    monkeypatch.setattr(inference, "ROWS", 24)
    _, strips = RunNetwork(run).target_and_output(image)
    np.testing.assert_allclose(strips, whole, atol=1e-5)


def test_a_process_obeys_and_its_run_survives_kill_9(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.run"
    process = subprocess.Popen(
        [sys.executable, "-m", "ssim_viewer.training.process", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin, process.stdout:
        process.stdin.write(json.dumps({"settings": SMALL.as_json()}) + "\n")
        process.stdin.write(json.dumps({"until": 4}) + "\n")
        process.stdin.flush()
        heard = []
        for line in process.stdout:
            heard.append(json.loads(line))
            if heard[-1].get("saved") == 4:  # it pauses, and what was reached is saved
                break
        os.kill(process.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.wait()
    assert [each["step"] for each in heard if "step" in each] == [1, 2, 3, 4]
    left = read_run(path)
    assert left.step == 4
    again = Trainer.resumed(left)
    while not again.done:
        again.advance()
    np.testing.assert_array_equal(again.run().weights[0]["code.w"], run.weights[0]["code.w"])


def test_a_process_tells_what_is_wrong_in_a_sentence(tmp_path: Path) -> None:
    settings = SMALL.as_json() | {"data": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "ssim_viewer.training.process", str(tmp_path / "a.run")],
        input=json.dumps({"settings": settings}) + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    last = json.loads(done.stdout.splitlines()[-1])
    assert "training needs at least two" in last["problem"]
    assert not done.stderr
