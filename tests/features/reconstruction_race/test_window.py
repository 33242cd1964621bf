"""The race to the reference, and the reconstruction of one racer alone, in their real window."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray
from PySide6.QtWidgets import QCheckBox, QComboBox
from pytestqt.qtbot import QtBot

from ssim_viewer.app import create_window
from ssim_viewer.features.reconstruction_race.state import PLAN, Finish, RaceStart
from ssim_viewer.images import read_image
from ssim_viewer.metrics import MetricEntry, find
from ssim_viewer.session import intents
from ssim_viewer.session.run_actions import SaveImages, SaveSheet
from ssim_viewer.session.state import Role
from ssim_viewer.synthesis import Optimizer
from ssim_viewer.ui.plots.lines_plot import LinesPlot
from tests.app.conftest import Driver
from tests.features.multi_runs import Laboratory


@pytest.fixture
def race(driver: Driver) -> Laboratory:
    return Laboratory(driver, PLAN, "race")


def values(race: Laboratory, racer: str, column: str) -> NDArray[np.float64]:
    return race.group.values(race.group.run(racer), column)


def test_every_racer_comes_nearer_by_its_own_metric(race: Laboratory) -> None:
    race.step(5)
    for name, better in (("mse", -1), ("ssim", 1), ("ms-ssim", 1)):
        own = values(race, name, find(name).symbol)
        assert better * (own[-1] - own[0]) > 0, name


def test_all_racers_start_from_the_same_image_and_are_measured_by_all_metrics(
    race: Laboratory,
) -> None:
    race.step()
    for column in ("MSE", "MSSIM", "MS-SSIM"):
        starts = [values(race, name, column)[0] for name in ("mse", "ssim", "ms-ssim")]
        assert starts == pytest.approx([starts[0]] * 3, rel=1e-9), column


def test_a_racer_alone_is_a_reconstruction_with_all_curves(race: Laboratory) -> None:
    race.set_up(racers=("gmsd",), start=RaceStart.BLUR)
    race.step(3)
    assert [run.name for run in race.group.runs] == ["gmsd"]
    assert race.group.columns[2:-2] == ("GMSD", "MSE", "MSSIM", "MS-SSIM")
    assert np.all(np.isfinite(race.group.runs[0].trace))


@pytest.mark.parametrize("optimizer", list(Optimizer))
def test_each_optimizer_makes_its_way(race: Laboratory, optimizer: Optimizer) -> None:
    race.set_up(racers=("ssim",), optimizer=optimizer, steps=3)
    race.want(intents.Play())
    run = race.group.runs[0]
    assert run.step == 3
    assert run.ended.startswith("stopped after 3 steps")
    own = values(race, "ssim", "MSSIM")
    assert own[-1] > own[0]


@pytest.mark.parametrize("start", list(RaceStart))
def test_each_start_can_be_chosen(race: Laboratory, start: RaceStart) -> None:
    race.set_up(racers=("mse",), start=start, noise_mse=400.0)
    race.step()
    assert race.group.runs[0].step == 1
    if start is RaceStart.NOISE_OF_MSE:
        assert values(race, "mse", "MSE")[0] == pytest.approx(400.0, rel=1e-9)


def test_a_similarity_stops_at_the_threshold(race: Laboratory) -> None:
    race.set_up(racers=("ssim",), start=RaceStart.BLUR, finish=Finish.VALUE, value=0.9)
    race.want(intents.Play())
    own = values(race, "ssim", "MSSIM")
    assert own[-1] >= 0.9
    assert np.all(own[:-1] < 0.9)
    assert race.group.runs[0].ended.startswith("there after")


def test_an_error_stops_where_it_has_fallen_by_the_threshold(race: Laboratory) -> None:
    gradient = Optimizer.GRADIENT
    race.set_up(racers=("mse", "psnr"), finish=Finish.VALUE, value=0.9, optimizer=gradient)
    race.want(intents.Play())
    own = values(race, "mse", "MSE")
    assert own[-1] <= 0.1 * own[0]
    psnr = values(race, "psnr", "PSNR")
    assert psnr[-1] >= psnr[0] + 10
    assert all(run.ended.startswith("there after") for run in race.group.runs)


def test_a_racer_stops_after_its_own_seconds(race: Laboratory) -> None:
    race.set_up(finish=Finish.SECONDS, seconds=0.1, optimizer=Optimizer.ADAM)
    race.want(intents.Play())
    for run in race.group.runs:
        assert run.seconds >= 0.1
        assert run.ended.startswith("stopped after")


def test_playing_pausing_and_going_on_keeps_every_racer(race: Laboratory) -> None:
    race.set_up(optimizer=Optimizer.ADAM, steps=10_000)
    race.play_until(2)
    race.want(intents.Pause())
    last = [run.step for run in race.group.runs]
    race.step()
    assert [run.step for run in race.group.runs] == [step + 1 for step in last]


def test_cancelling_keeps_the_images(race: Laboratory) -> None:
    race.set_up(optimizer=Optimizer.ADAM, steps=10_000)
    race.play_until(1)
    race.want(intents.Cancel())
    assert not race.state.playing
    assert all(run.image is not None for run in race.group.runs)


def test_racers_are_chosen_in_the_window_and_nobody_at_all_is_refused(race: Laboratory) -> None:
    names = ("mse", "ssim", "ms_ssim")
    boxes = [race.window.findChild(QCheckBox, f"race_racer_{name}") for name in names]
    for box in boxes:
        assert box is not None
        box.click()
    race.step()
    assert "at least one" in race.notice
    assert box is not None
    box.click()
    race.step()
    assert [run.name for run in race.group.runs] == ["ms-ssim"]


def test_the_curves_of_any_metric_are_shown_against_steps_or_seconds(race: Laboratory) -> None:
    race.step(2)
    choice = race.window.findChild(QComboBox, "race_plot_metric")
    assert choice is not None
    choice.setCurrentIndex(choice.findText("MSE"))
    race.press("race_against_seconds")
    plot = race.window.findChild(LinesPlot, "race_plot")
    assert plot is not None
    assert plot.accessibleName() == "MSE against seconds"
    choice.setCurrentIndex(choice.findText("GMSD"))
    assert race.text("race_plot_note") == "let it race to have it measured"


def test_the_tiles_show_difference_and_map(race: Laboratory) -> None:
    race.step()
    for part in ("race_difference", "race_ssim_map", "race_images"):
        race.press(part)
        assert not race.window.grab().isNull()


def test_an_image_becomes_the_distorted_one_of_the_main_window(race: Laboratory) -> None:
    race.step()
    race.press("race_image_2_show")
    race.driver.settle()
    pair = race.driver.session.document.pair
    assert pair is not None
    image = race.group.run("ssim").image
    assert image is not None
    assert np.array_equal(pair.distorted.pixels, image)


def test_a_start_equal_to_the_reference_is_refused_in_one_sentence(
    race: Laboratory, photographs: tuple[Path, Path]
) -> None:
    race.driver.want(intents.OpenFile(Role.DISTORTED, photographs[0]))
    race.set_up(start=RaceStart.SHOWN)
    race.step()
    assert race.notice == "The start equals the reference: there is nothing to reconstruct."


@dataclass(frozen=True)
class Faulty:
    """A metric as a plug-in might bring it."""

    higher_is_better: ClassVar[bool] = True

    def bind(self, reference: ArrayLike) -> Faulty:
        return self

    def value(self, distorted: ArrayLike) -> float:
        raise RuntimeError("the model file is missing")

    map = layers = value

    def value_and_gradient(self, distorted: ArrayLike) -> tuple[float, NDArray[np.float64]]:
        raise RuntimeError("the model file is missing")


def test_a_racer_whose_metric_fails_is_named_and_the_others_go_on(
    race: Laboratory, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = MetricEntry(
        name="faulty",
        title="Faulty",
        symbol="FAULTY",
        make=lambda _: Faulty(),  # type: ignore[arg-type, return-value]
        summary="",
        source="",
        higher_is_better=True,
        best=1.0,
    )
    known = find

    def finding(name: str) -> MetricEntry:
        return entry if name == "faulty" else known(name)

    race_modules = (f"features.reconstruction_race.{part}" for part in ("state", "jobs", "view"))
    for module in ("session.family", *race_modules):
        monkeypatch.setattr(f"ssim_viewer.{module}.find", finding)
    race.set_up(racers=("ssim", "faulty"), steps=3)
    race.want(intents.Play())
    assert "the model file is missing" in race.notice
    assert "FAULTY" in race.notice or "Faulty" in race.notice
    assert race.group.run("faulty").failed
    assert race.group.run("ssim").step == 3
    assert race.driver.session.notice is None


def test_images_and_traces_are_written(race: Laboratory, tmp_path: Path) -> None:
    race.step(2)
    race.want(SaveImages(tmp_path / "race.png"))
    assert len(list(tmp_path.glob("race *.png"))) == 3
    race.want(SaveSheet(tmp_path / "all.png"))
    assert read_image(tmp_path / "all.png").width > 3 * 64
    race.want(intents.ExportTrace(tmp_path / "traces.csv"))
    with (tmp_path / "traces.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["run"] for row in rows} == {"mse", "ssim", "ms-ssim"}
    assert {"step", "seconds", "MSE", "MSSIM", "MS-SSIM"} <= rows[0].keys()


def test_closing_the_program_in_the_middle_joins_cleanly(
    qtbot: QtBot, photographs: tuple[Path, Path]
) -> None:
    window = create_window(*photographs)
    driver = Driver(window, qtbot)
    driver.settle()
    race = Laboratory(driver, PLAN, "race")
    race.play_until(1)
    window.close()


def test_every_racer_keeps_a_row_of_every_step_however_few_were_shown(race: Laboratory) -> None:
    race.set_up(steps=40)
    race.want(intents.Play())
    for run in race.group.runs:
        assert run.trace[:, 0].tolist() == list(range(run.step + 1))
        assert np.isfinite(run.trace).all()
