"""Lessons in the real window: they drive the program, trap nobody, and remember the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QDockWidget, QLabel, QListWidget, QPushButton, QTextBrowser, QWidget

from ssim_viewer.app import create_window
from ssim_viewer.features.lessons.actions import ReadLesson, WriteHandout
from ssim_viewer.features.lessons.service import unknown_command
from ssim_viewer.features.lessons.state import lessons_of
from ssim_viewer.metrics import Quantity
from ssim_viewer.reports.lesson import built_in
from ssim_viewer.session.intents import ChangeExperiment
from ssim_viewer.session.state import Layout, Start
from tests.app.conftest import Driver
from tests.app.test_names import silent_ones
from tests.features.lessons.test_reading import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Found = TypeVar("Found", bound=QWidget)


class Class:
    """The panel, opened by its key, and what a hand does to it."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        driver.qtbot.keyClick(driver.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        driver.settle()

    def find(self, kind: type[Found], name: str) -> Found:
        found = self.driver.window.findChild(kind, name)
        assert found is not None, name
        return found

    def begin(self, row: int) -> None:
        listed = self.find(QListWidget, "lesson_list")
        listed.setCurrentRow(row)
        self.driver.qtbot.keyClick(listed, Qt.Key.Key_Return)
        self.driver.settle()

    def press(self, name: str) -> None:
        button = self.find(QPushButton, f"lesson_{name}")
        self.driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.driver.settle()

    def read(self, path: Path) -> None:
        self.driver.program.features["lessons"].window.intended.emit(ReadLesson(path))
        self.driver.settle()

    @property
    def page(self) -> str:
        return self.find(QTextBrowser, "lesson_text").toPlainText()


@pytest.fixture
def school(driver: Driver) -> Class:
    return Class(driver)


def test_every_command_of_every_lesson_is_there(driver: Driver) -> None:
    names = {action.objectName() for action in driver.window.findChildren(QAction)}
    assert [unknown_command(lesson, names) for lesson in built_in()] == [""] * 13


def test_a_lesson_opens_its_scene_and_sets_the_panes(school: Class) -> None:
    school.begin(1)
    session = school.driver.session
    pair = session.document.pair
    assert pair is not None
    assert (pair.reference.name, pair.distorted.name) == ("constant 0", "constant 10")
    assert session.look.layout is Layout.SIX
    assert session.look.panes[3] is Quantity.LUMINANCE
    assert "Four pairs, one MSE" in school.page
    assert not silent_ones(school.driver.window)


def test_the_lesson_stays_in_sight_above_its_scene(school: Class) -> None:
    school.begin(1)
    text = school.find(QTextBrowser, "lesson_text")
    table = school.find(QWidget, "scene_table")
    assert not text.visibleRegion().isEmpty()
    assert not table.visibleRegion().isEmpty()


def test_the_next_lesson_follows_the_last_page_and_shows_its_images_not_noise(
    school: Class,
) -> None:
    school.begin(6)
    school.press("next")
    document = school.driver.session.document
    noise = replace(document.experiment, start=Start.NOISE)
    school.driver.want(ChangeExperiment(noise))
    school.press("next")
    assert school.find(QPushButton, "lesson_next").text() == "Next lesson"
    school.press("next")
    assert "Colour alone" in school.page
    session = school.driver.session
    assert session.document.experiment.start is Start.DISTORTED
    assert session.document.run is None


def test_next_goes_on_to_the_question_and_its_answer(school: Class) -> None:
    school.begin(1)
    school.press("next")
    school.press("next")
    assert "Why does l tell them apart?" in school.page
    assert "l depends on the ratio" not in school.page
    school.press("answer")
    assert "l depends on the ratio" in school.page


def test_the_check_follows_the_scores_on_screen(school: Class) -> None:
    school.begin(6)
    school.press("next")
    school.press("next")
    check = school.find(QLabel, "lesson_check")
    assert check.text() == "Not yet."
    school.driver.trigger("scene_negative")
    school.driver.settle()
    assert school.driver.session.measured is not None
    table = school.find(QWidget, "scene_table")
    school.driver.qtbot.keyClick(table, Qt.Key.Key_Down)
    school.driver.settle()
    assert check.text().startswith("✓ Done")


def test_a_lesson_can_be_left_and_gone_on_with(school: Class) -> None:
    school.begin(3)
    school.press("next")
    school.press("leave")
    listed = school.find(QListWidget, "lesson_list")
    assert "(page 2)" in listed.item(3).text()
    school.begin(3)
    assert "Mirrored ramps" in school.page
    dock = school.find(QDockWidget, "lesson_panel_dock")
    dock.close()
    assert not dock.isVisible()
    assert school.driver.session.document.pair is not None


def test_progress_is_kept_from_one_start_to_the_next(
    qtbot: QtBot, tmp_path: Path, photographs: tuple[Path, Path]
) -> None:
    file = str(tmp_path / "settings.ini")
    for start in range(2):
        window = create_window(*photographs, settings=QSettings(file, QSettings.Format.IniFormat))
        window.show()
        driver = Driver(window, qtbot)
        driver.settle()
        school = Class(driver)
        if start == 0:
            school.begin(3)
            school.press("next")
        assert lessons_of(driver.session).places == {"04-structure": 1}
        window.close()
        window.deleteLater()


def test_a_lesson_of_ones_own_is_one_file(school: Class, tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text(GOOD.replace("open_sweep, swap", "swap"), encoding="utf-8")
    before = school.driver.session.document.pair
    school.read(path)
    assert "Some text." in school.page
    pair = school.driver.session.document.pair
    assert before is not None
    assert pair is not None
    assert pair.reference.name == before.distorted.name


def test_a_damaged_lesson_says_its_line_and_everything_stays(school: Class, tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text(GOOD.replace("question: Why?\n", ""), encoding="utf-8")
    school.read(path)
    problem = school.find(QLabel, "lesson_problem")
    assert problem.text() == "“mine.md”, line 7: “question:” is missing above."
    path.write_text(GOOD.replace("open_sweep", "open_swep"), encoding="utf-8")
    school.read(path)
    assert "line 11: there is no command “open_swep”" in problem.text()
    assert lessons_of(school.driver.session).lesson is None


def test_the_handout_holds_a_picture_of_each_step_that_was_left(
    school: Class, tmp_path: Path
) -> None:
    school.begin(1)
    school.press("next")
    school.press("next")
    panel = school.driver.program.features["lessons"].window
    panel.intended.emit(WriteHandout(tmp_path / "luminance.html"))
    school.driver.settle()
    page = (tmp_path / "luminance.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,iVBOR") == 2
    assert lessons_of(school.driver.session).told == "Saved “luminance.html”."


@pytest.mark.parametrize("row", range(13))
def test_every_lesson_can_be_gone_through(school: Class, row: int) -> None:
    school.begin(row)
    lesson = built_in()[row]
    for step in lesson.steps[1:]:
        school.press("next")
        assert step.title in school.page
    school.press("next")
    assert "Question" in school.page
    notice = school.driver.session.notice
    assert notice is None or notice.severity.value != "error", notice


def test_a_window_that_a_page_opens_stands_beside_the_panel_and_is_in_the_handout(
    driver: Driver, school: Class
) -> None:
    screen = driver.window.screen().availableGeometry()
    driver.window.setGeometry(screen)
    driver.settle()
    school.begin(0)
    gallery = driver.program.features["equal_mse_gallery"].window
    assert gallery.isVisible()
    panel = school.find(QWidget, "lesson_panel")
    edge = panel.mapToGlobal(panel.rect().topRight()).x()
    if gallery.minimumWidth() <= screen.right() - edge - 16:
        assert gallery.x() > edge
    school.press("next")
    picture = lessons_of(driver.session).pictures[0]
    image = QImage.fromData(picture)
    assert (image.width(), image.height()) == (gallery.width(), gallery.height())
