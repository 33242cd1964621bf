"""The playback of a climb by hand: speed, limit, single steps, branches."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QPushButton, QToolButton

from ssim_viewer.app import create_window
from ssim_viewer.app.program import Program
from ssim_viewer.jobs.batches import BATCH_BYTES, WindowCost
from ssim_viewer.jobs.generator_runner import GeneratorRunner
from ssim_viewer.session import intents
from ssim_viewer.session.playback import Playback
from ssim_viewer.session.run import MEMORY_BUDGET
from ssim_viewer.session.state import DEFAULT_METRIC

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from ssim_viewer.features.climb.steps import Progress
    from ssim_viewer.session.run import Run
    from tests.app.conftest import Driver

LEFT = Qt.MouseButton.LeftButton


def run_of(driver: Driver) -> Run:
    run = driver.session.document.run
    assert run is not None
    return run


def press(driver: Driver, name: str) -> None:
    button = driver.window.findChild(QPushButton, name)
    assert button is not None
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def text(driver: Driver, name: str) -> str:
    label = driver.window.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_a_limit_that_is_typed_stops_the_climb_there(driver: Driver) -> None:
    limit = driver.window.findChild(QDoubleSpinBox, "transport_limit")
    assert limit is not None
    limit.selectAll()
    QTest.keyClicks(limit, "6")
    QTest.keyClick(limit, Qt.Key.Key_Return)
    press(driver, "transport_play")
    driver.until(lambda: driver.session.document.run is not None and not driver.session.playing)
    driver.settle()
    assert text(driver, "transport_place") == "Step 6 of 6"
    assert driver.notice == "Stopped at the limit of 6 steps."


def test_a_speed_that_is_chosen_by_key_paces_the_climb(driver: Driver) -> None:
    speed = driver.window.findChild(QComboBox, "transport_speed")
    assert speed is not None
    QTest.keyClick(speed, Qt.Key.Key_Down)
    assert driver.session.playback.steps_per_second == 50
    QTest.keyClick(speed, Qt.Key.Key_Up)
    assert driver.session.playback.steps_per_second is None


def test_the_switch_lets_it_go_on_when_nothing_visible_changes(driver: Driver) -> None:
    switch = driver.window.findChild(QCheckBox, "transport_stop_when_still")
    assert switch is not None
    assert switch.isChecked()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert not driver.session.playback.stop_when_still


def test_right_that_is_held_makes_single_steps(driver: Driver) -> None:
    """Keys that repeat while a step is made are dropped, not saved up."""
    play = driver.window.findChild(QPushButton, "transport_play")
    assert play is not None
    for step in range(1, 6):
        for _ in range(3):
            QTest.keyPress(play, Qt.Key.Key_Right)
        driver.settle()
        assert run_of(driver).last == step
    assert text(driver, "transport_place") == "Step 5 of 5"


def test_a_branch_that_was_left_can_be_chosen_again_and_that_undone(driver: Driver) -> None:
    for _ in range(4):
        driver.want(intents.StepOnce())
    left = run_of(driver).trace
    driver.want(intents.ScrubTo(1))
    driver.want(intents.StepOnce())
    choice = driver.window.findChild(QComboBox, "transport_branch")
    assert choice is not None
    assert choice.isVisibleTo(driver.window)
    assert choice.itemText(0) == "1 branch left: go to…"
    QTest.keyClick(choice, Qt.Key.Key_Down)
    driver.settle()
    assert run_of(driver).trace is left
    assert run_of(driver).cursor == 4
    assert [branch.last for branch in driver.session.document.branches] == [2]
    measured = driver.session.measured
    assert measured is not None
    assert measured.distorted is run_of(driver).frame.image
    driver.want(intents.Undo())
    assert run_of(driver).last == 2


def test_the_playback_is_as_it_was_at_the_next_start(
    driver: Driver, photographs: tuple[Path, Path], tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    chosen = Playback(25.0, 40, stop_when_still=False)
    for start in range(2):
        window = create_window(*photographs, settings=settings)
        window.show()
        program = window.findChild(Program)
        assert program is not None
        driver.qtbot.waitUntil(partial(getattr, program, "idle"), timeout=30_000)
        if start == 0:
            window.intended.emit(intents.ChangePlayback(chosen))
            button = window.findChild(QToolButton, "plot_log_steps")
            assert button is not None
            QTest.mouseClick(button, LEFT)
        speed = window.findChild(QComboBox, "transport_speed")
        assert speed is not None
        assert (window.session.playback, window.plots.log_steps) == (chosen, True)
        assert speed.currentText() == "25 steps/s"
        window.close()
        window.deleteLater()


def test_an_hour_of_work_before_play_holds_no_picture_back_and_no_memory(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds of events, and the processor time of an hour: pictures come all the same."""
    worked = [0.0]
    driver.want(intents.StepOnce())
    monkeypatch.setattr(window_cost(driver), "_clock", lambda: worked[0])
    for event in range(300):
        metric = replace(driver.session.document.metric, sigma=1 + event % 20 / 10)
        driver.window.intended.emit(intents.ChangeMetric(metric))
        driver.trigger(("zoom_in", "fit", "swap", "undo")[event % 4])
        QTest.keyClick(driver.window, Qt.Key(Qt.Key.Key_1 + event % 9))
        worked[0] += 12.0
    driver.want(intents.ChangeMetric(DEFAULT_METRIC))
    pictures: list[Progress] = []
    runner(driver).advanced.connect(lambda batch: pictures.extend(batch.found.values()))
    driver.want(intents.ChangePlayback(replace(driver.session.playback, stop_when_still=False)))
    press(driver, "transport_play")
    driver.until(lambda: bool(pictures))
    # The next would be an hour late without the clocks set anew, unless all fitted into one batch.
    driver.until(lambda: len(pictures) >= 3 or not driver.session.playing)
    driver.want(intents.Pause())
    sizes = [sum(step.image.nbytes for step in each.steps) for each in pictures]
    assert max(sizes) <= BATCH_BYTES // 2
    assert run_of(driver).size <= MEMORY_BUDGET


def runner(driver: Driver) -> GeneratorRunner:
    found = driver.program.features["climb"].findChild(GeneratorRunner)
    assert found is not None
    return found


def window_cost(driver: Driver) -> WindowCost:
    cost = runner(driver).findChild(WindowCost)
    assert cost is not None
    return cost
