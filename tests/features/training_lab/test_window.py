"""The training lab in the program: played, paused, stepped, stopped, opened again and exported."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableWidget, QTabWidget

from ssim_viewer.features.training_lab import TrainingLab
from ssim_viewer.features.training_lab.actions import ChooseTraining, ExportTraining, OpenRun
from ssim_viewer.features.training_lab.jobs import _at_work
from ssim_viewer.features.training_lab.state import Lab, lab_of
from ssim_viewer.training import errors
from ssim_viewer.training.run_file import Curves, Run, Shown, read_run
from ssim_viewer.training.settings import TrainingSettings
from ssim_viewer.ui.controls.inputs import Choice, Switch

pytest.importorskip("jax")

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.training_lab.view import TrainingWindow
    from tests.app.conftest import Driver

SMALL = TrainingSettings(
    losses=("mse", "ssim"), data="faces", steps=4, side=16, batch=2, code=8, every=2
)
PATIENCE = 60_000


def opened(driver: Driver, folder: Path, settings: TrainingSettings = SMALL) -> TrainingWindow:
    driver.trigger("open_training_lab")
    window: TrainingWindow = driver.program.features["training_lab"].window
    window.runs_folder = folder / "runs"
    window.intended.emit(ChooseTraining(settings))
    return window


def lab(driver: Driver) -> Lab:
    return lab_of(driver.session)


def click(driver: Driver, window: TrainingWindow, name: str) -> None:
    button = window.findChild(QAbstractButton, name)
    assert button is not None
    assert button.isEnabled(), name
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def text(window: TrainingWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None
    return label.text()


def until(driver: Driver, condition: object) -> None:
    driver.qtbot.waitUntil(condition, timeout=PATIENCE)  # type: ignore[arg-type]


def test_a_run_is_stepped_played_to_its_end_and_opened_again(
    driver: Driver, tmp_path: Path
) -> None:
    window = opened(driver, tmp_path)
    click(driver, window, "training_step")
    until(driver, lambda: (run := lab(driver).run) is not None and run.step == 1)
    until(driver, lambda: text(window, "training_words") == "Step 1 of 4. Paused.")
    click(driver, window, "training_play")
    until(driver, lambda: lab(driver).wanted is None)
    assert lab(driver).run is not None
    assert text(window, "training_words").startswith("Step 4 of 4. All steps are done")
    assert "SSIM: " in window.rows.accessibleDescription()
    table = window.findChild(QTableWidget, "training_table")
    assert table is not None
    model = table.model()
    assert [model.index(row, 0).data() for row in range(2)] == ["MSE", "SSIM"]
    choose_an_image_by_hand(driver, window)
    tabs = window.findChild(QTabWidget, "training_tabs")
    assert tabs is not None
    tabs.setCurrentIndex(2)
    click(driver, window, "training_probe")
    until(driver, lambda: lab(driver).probed is not None)
    probes = window.findChild(QTableWidget, "training_probes")
    assert probes is not None
    names = [probes.model().index(row, 0).data() for row in range(4)]
    assert names == ["MSE", "SSIM", "Pixels, no network", "MSE"]
    assert "±" in probes.model().index(0, 1).data()
    assert "published" in probes.model().index(3, 4).data()
    (path,) = (tmp_path / "runs").iterdir()
    assert read_run(path).step == 4
    click(driver, window, "training_reset")
    assert lab(driver).run is None
    window.intended.emit(OpenRun(path))
    until(driver, lambda: lab(driver).run is not None)
    assert lab(driver).settings == SMALL
    driver.settle()
    for name, suffix in (("curves", ".csv"), ("png", ".png")):
        content = name.encode() if suffix == ".png" else name
        window.intended.emit(ExportTraining(tmp_path / f"x{suffix}", content))
        driver.settle()
        assert (tmp_path / f"x{suffix}").read_bytes() == name.encode()


def choose_an_image_by_hand(driver: Driver, window: TrainingWindow) -> None:
    point = window.rows.cell(1, 3).center().toPoint()
    driver.qtbot.mouseClick(window.rows, Qt.MouseButton.LeftButton, pos=point)
    assert lab(driver).chosen == 3
    driver.qtbot.keyClick(window.rows, Qt.Key.Key_Left)
    driver.settle()
    maps = lab(driver).maps
    assert maps is not None
    assert maps.chosen == lab(driver).chosen == 2
    assert maps.values.shape == (2, SMALL.side, SMALL.side)


def test_stop_saves_and_play_goes_on_from_there_also_after_kill_9(
    driver: Driver, tmp_path: Path
) -> None:
    long = TrainingSettings(
        losses=("mse",), data="faces", steps=100_000, side=16, batch=2, code=8, every=10
    )
    window = opened(driver, tmp_path, long)
    click(driver, window, "training_play")
    until(driver, lambda: lab(driver).step > 3)
    (process,) = _at_work.values()
    click(driver, window, "training_cancel")
    driver.settle()
    assert not psutil.pid_exists(process.pid)
    (path,) = (tmp_path / "runs").iterdir()
    reached = read_run(path).step
    assert reached > 3
    window.intended.emit(OpenRun(path))
    driver.settle()
    click(driver, window, "training_play")
    until(driver, lambda: lab(driver).step > reached)
    assert list((tmp_path / "runs").iterdir()) == [path]
    (process,) = _at_work.values()
    psutil.Process(process.pid).kill()
    until(driver, lambda: lab(driver).wanted is None)
    assert "ended from outside" in text(window, "training_notice_text")
    assert lab(driver).goes_on
    assert read_run(path).step >= reached


def test_a_session_keeps_the_settings_and_finds_the_run_again(tmp_path: Path) -> None:
    feature, path = TrainingLab(), tmp_path / "a.run"
    empty = Shown(*(np.zeros((1, 16, 16), np.uint8),) * 2, np.zeros((2, 1, 16, 16), np.uint8))
    run = Run(SMALL, 0, Curves.empty(2), empty, np.zeros(5))
    saved = json.loads(json.dumps(feature.saved(Lab(settings=SMALL, run=run, path=path))))
    again = feature.restored(Lab(), saved)
    assert again.settings == SMALL
    assert again.opening == path
    assert feature.restored(Lab(), json.loads(json.dumps(feature.saved(Lab())))).opening is None


def test_closing_the_window_ends_the_process(driver: Driver, tmp_path: Path) -> None:
    window = opened(driver, tmp_path)
    click(driver, window, "training_play")
    assert lab(driver).wanted is not None
    window.close()
    assert lab(driver).wanted is None
    driver.settle()
    assert not _at_work


def test_settings_are_chosen_by_hand_and_refused_in_a_sentence(
    driver: Driver, tmp_path: Path
) -> None:
    window = opened(driver, tmp_path, TrainingSettings())
    assert "3 scales of 5 in patches of 48×48" in text(window, "training_notes")
    network = window.findChild(Choice, "training_network")
    assert network is not None
    network.setFocus()
    driver.qtbot.keyClick(network, Qt.Key.Key_Down)
    assert lab(driver).settings.network == "sr"
    assert lab(driver).settings.side == 33
    for name in ("mae", "ms_ssim", "mix"):
        switch = window.findChild(Switch, f"training_loss_{name}")
        assert switch is not None
        driver.qtbot.mouseClick(
            switch, Qt.MouseButton.LeftButton, pos=QPoint(8, switch.height() // 2)
        )
    assert lab(driver).settings.losses == ("mse", "ssim", "0.84*ms-ssim+0.16*mae")
    for name in ("mse", "ssim", "mix"):
        switch = window.findChild(Switch, f"training_loss_{name}")
        assert switch is not None
        driver.qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert "at least one loss" in text(window, "training_notice_text")
    assert len(lab(driver).settings.losses) == 1


def test_data_that_cannot_be_had_is_told_in_a_sentence(driver: Driver, tmp_path: Path) -> None:
    window = opened(driver, tmp_path, TrainingSettings(data=str(tmp_path / "none")))
    click(driver, window, "training_play")
    until(driver, lambda: lab(driver).wanted is None)
    assert "There is no folder" in text(window, "training_notice_text")
    assert lab(driver).run is None


def test_without_the_extra_the_window_says_how_to_get_it(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "EXTRA", ("a_package_that_nobody_has",))
    window = opened(driver, tmp_path)
    assert "pip install 'ssim-viewer[training]'" in text(window, "training_notice_text")
    click(driver, window, "training_play")
    assert lab(driver).wanted is None
