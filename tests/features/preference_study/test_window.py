"""The preference study in the program: answered by keys, paused, gone on with, and analysed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableWidget

from ssim_viewer.features.preference_study.actions import ChooseCandidates
from ssim_viewer.features.preference_study.results import read_results
from ssim_viewer.features.preference_study.state import RESULTS, Phase, Preference, preference_of
from tests.features.preference_study.test_design import make_folder

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.preference_study.view import StudyWindow
    from tests.app.conftest import Driver


def opened(driver: Driver, folder: Path, name: str = "Ann") -> StudyWindow:
    driver.trigger("open_preference_study")
    window: StudyWindow = driver.program.features["preference_study"].window
    window.intended.emit(ChooseCandidates(folder))
    driver.settle()
    edit = window.findChild(QLineEdit, "preference_participant")
    assert edit is not None
    edit.clear()
    driver.qtbot.keyClicks(edit, name)
    return window


def start(driver: Driver, window: StudyWindow) -> None:
    button = window.findChild(QAbstractButton, "preference_start")
    assert button is not None
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def state(driver: Driver) -> Preference:
    return preference_of(driver.session)


def text(window: StudyWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None
    return label.text()


def answer(driver: Driver, window: StudyWindow) -> None:
    """Rank the candidates of the trial on screen from the cleanest to the noisiest."""
    driver.settle()
    trial = state(driver).trial
    assert trial is not None
    order = sorted(range(len(trial.methods)), key=lambda place: trial.methods[place])
    for place in order[:-1]:
        driver.qtbot.keyClick(window.screen_of_trials, Qt.Key(Qt.Key.Key_1 + place))


def test_a_study_is_answered_paused_gone_on_with_and_analysed(
    driver: Driver, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "study", "abc", 4)
    window = opened(driver, folder)
    assert "4 images by 3 methods, with originals" in text(window, "preference_folder")
    assert text(window, "preference_left") == "4 trials left."
    start(driver, window)
    screen = window.screen_of_trials
    assert screen.isVisible()
    assert screen.isFullScreen()
    assert "Press 1, 2 or 3" in screen.accessibleName()
    driver.qtbot.keyClick(screen, Qt.Key.Key_Space)
    for practice in range(2):
        driver.settle()
        assert "Practice" in screen.accessibleName(), practice
        answer(driver, window)
    driver.settle()
    assert "1 of 4" in screen.accessibleName()
    assert not {"a", "b", "c"} & set(screen.accessibleName().split())  # anonymous
    answer(driver, window)
    driver.settle()
    assert [each.ranked for each in read_results(folder / RESULTS)] == [("a", "b", "c")]
    driver.qtbot.keyClick(screen, Qt.Key.Key_1)
    assert state(driver).ranks == {0: 0}
    driver.qtbot.keyClick(screen, Qt.Key.Key_Backspace)
    assert not state(driver).ranks
    driver.qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert not screen.isVisible()
    assert text(window, "preference_left") == "3 trials left."
    start(driver, window)
    driver.qtbot.keyClick(screen, Qt.Key.Key_Space)
    for _ in range(3):
        answer(driver, window)
    driver.settle()
    assert state(driver).phase is Phase.SETUP
    assert "thank you" in text(window, "preference_notice_text")
    assert len(read_results(folder / RESULTS)) == 4
    assert len({each.image for each in state(driver).results}) == 4
    assert all(each.seconds >= 0 for each in state(driver).results)
    ranks = window.findChild(QTableWidget, "preference_ranks")
    assert ranks is not None
    assert [ranks.model().index(row, 0).data() for row in range(3)] == ["a", "b", "c"]
    assert ranks.model().index(0, 1).data().startswith("100% (51% to 100%)")
    metrics = window.findChild(QTableWidget, "preference_metrics")
    assert metrics is not None
    found = {metrics.model().index(row, 0).data(): row for row in range(metrics.rowCount())}
    assert metrics.model().index(found["PSNR"], 3).data() == "12"
    assert float(metrics.model().index(found["PSNR"], 1).data()) > 0.9


def test_a_picture_is_ranked_by_a_click(driver: Driver, tmp_path: Path) -> None:
    window = opened(driver, make_folder(tmp_path / "study", "ab", 1))
    start(driver, window)
    screen = window.screen_of_trials
    driver.qtbot.keyClick(screen, Qt.Key.Key_Space)
    driver.settle()
    at = state(driver).at
    point = screen.place(1).center().toPoint()
    driver.qtbot.mouseClick(screen, Qt.MouseButton.LeftButton, pos=point)
    assert state(driver).at == at + 1
    driver.qtbot.keyClick(screen, Qt.Key.Key_Escape)
    driver.settle()


def test_pictures_are_dragged_into_the_boxes_of_their_ranks(driver: Driver, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "study", "abc", 1)
    window = opened(driver, folder)
    start(driver, window)
    screen = window.screen_of_trials
    driver.qtbot.keyClick(screen, Qt.Key.Key_Space)

    def drag(index: int, point: QPoint) -> None:
        left, start_at = Qt.MouseButton.LeftButton, screen.place(index).center().toPoint()
        driver.qtbot.mousePress(screen, left, pos=start_at)
        driver.qtbot.mouseMove(screen, (start_at + point) / 2)
        driver.qtbot.mouseMove(screen, point)
        driver.qtbot.mouseRelease(screen, left, pos=point)

    while (trial := state(driver).trial) is not None:
        driver.settle()
        worst, best = trial.methods.index("c"), trial.methods.index("a")
        drag(worst, screen.place(best).center().toPoint())  # beside all boxes: nothing happens
        assert not state(driver).ranks
        drag(worst, screen.box(0).center().toPoint())
        drag(worst, screen.box(2).center().toPoint())  # another thought
        assert state(driver).ranks == {worst: 2}
        drag(best, screen.box(0).center().toPoint())
    driver.settle()
    assert [each.ranked for each in read_results(folder / RESULTS)] == [("a", "b", "c")]


def test_what_lacks_for_a_study_is_told_in_a_sentence(driver: Driver, tmp_path: Path) -> None:
    window = opened(driver, tmp_path / "none", "")
    assert "There is no folder" in text(window, "preference_notice_text")
    start(driver, window)
    assert "Choose a folder of candidates first" in text(window, "preference_notice_text")
    opened(driver, make_folder(tmp_path / "study", "ab", 1), "")
    start(driver, window)
    assert "Give a name" in text(window, "preference_notice_text")
    assert not window.screen_of_trials.isVisible()


def test_an_answer_that_cannot_be_kept_pauses_the_study_and_is_kept_later(
    driver: Driver, tmp_path: Path
) -> None:
    window = opened(driver, make_folder(tmp_path / "other", "ab", 2))
    start(driver, window)
    driver.qtbot.keyClick(window.screen_of_trials, Qt.Key.Key_Space)
    (tmp_path / "other" / RESULTS).mkdir()  # no file can be written there
    for _ in range(3):
        answer(driver, window)
    driver.settle()
    assert not window.screen_of_trials.isVisible()
    assert "could not be written" in text(window, "preference_notice_text")
    assert len(state(driver).pending) == 1
    (tmp_path / "other" / RESULTS).rmdir()
    start(driver, window)
    driver.settle()
    assert not state(driver).pending
    assert len(read_results(tmp_path / "other" / RESULTS)) == 1
    driver.qtbot.keyClick(window.screen_of_trials, Qt.Key.Key_Escape)
