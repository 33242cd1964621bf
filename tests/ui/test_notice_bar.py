"""The notice bar: one sentence, and the ways out that it offers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from ssim_viewer.session.intents import ChooseAlignment, DismissNotice
from ssim_viewer.session.state import Notice, Session, Severity, Subject
from ssim_viewer.ui.shell import notice_bar
from ssim_viewer.ui.shell.notice_bar import NoticeBar
from ssim_viewer.ui.theme.colors import DARK, LIGHT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

MISMATCH = Notice("512×512 is not 480×320.", Severity.ERROR, ("crop", "pad", "resize"))


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.restyle(LIGHT)
    return bar


def button(bar: NoticeBar, name: str) -> QAbstractButton:
    found = bar.findChild(QAbstractButton, name)
    assert found is not None
    return found


def test_it_is_there_only_while_there_is_a_notice(bar: NoticeBar) -> None:
    bar.show_session(Session())
    assert bar.isHidden()
    bar.show_session(Session(notice=Notice("Saved.")))
    assert not bar.isHidden()
    bar.show_session(Session())
    assert bar.isHidden()


def test_the_sentence_is_text(bar: NoticeBar) -> None:
    bar.show_session(Session(notice=MISMATCH))
    label = bar.findChild(QLabel, "notice_text")
    assert label is not None
    assert label.text() == label.accessibleName() == MISMATCH.text
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_only_a_mismatch_offers_alignments(bar: NoticeBar) -> None:
    bar.show_session(Session(notice=Notice("Saved.")))
    assert button(bar, "notice_crop").isHidden()
    bar.show_session(Session(notice=MISMATCH))
    assert not button(bar, "notice_crop").isHidden()
    bar.show_session(Session(notice=replace(MISMATCH, alignments=("pad",))))
    assert button(bar, "notice_crop").isHidden()
    assert not button(bar, "notice_pad").isHidden()


@pytest.mark.parametrize(
    ("name", "intent"),
    [
        ("notice_crop", ChooseAlignment("crop")),
        ("notice_pad", ChooseAlignment("pad")),
        ("notice_resize", ChooseAlignment("resize")),
        ("notice_dismiss", DismissNotice()),
    ],
)
def test_each_button_says_what_is_wanted(
    bar: NoticeBar, qtbot: QtBot, name: str, intent: object
) -> None:
    bar.show_session(Session(notice=MISMATCH))
    with qtbot.waitSignal(bar.intended) as told:
        button(bar, name).click()
    assert told.args == [intent]


def test_escape_dismisses_it(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.show_session(Session(notice=MISMATCH))
    with qtbot.waitSignal(bar.intended) as told:
        QTest.keyClick(button(bar, "notice_crop"), Qt.Key.Key_Escape)
    assert told.args == [DismissNotice()]


def test_an_error_looks_unlike_information_in_both_themes(bar: NoticeBar) -> None:
    for colors in (LIGHT, DARK):
        bar.restyle(colors)
        bar.show_session(Session(notice=MISMATCH))
        assert colors.error in bar.styleSheet()
        bar.show_session(Session(notice=Notice("Saved.")))
        assert colors.error not in bar.styleSheet()


def test_it_lies_over_the_lower_edge_and_moves_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    picture = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(picture)
    bar = NoticeBar()
    bar.lie_over(picture)
    window.resize(400, 300)
    window.show()
    before = picture.geometry()
    bar.show_notice(Notice("Too long for one line. " * 12))
    qtbot.waitUntil(bar.isVisible)
    assert picture.geometry() == before
    label = bar.findChild(QLabel, "notice_text")
    assert label is not None
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    assert bar.geometry().bottom() == picture.rect().bottom()
    bar.show_notice(Notice("Short."))
    qtbot.waitUntil(lambda: label.height() < 3 * label.fontMetrics().height())
    window.resize(600, 340)
    qtbot.waitUntil(lambda: bar.width() == picture.width())
    assert bar.geometry().bottom() == picture.rect().bottom()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LEAST_TIME", "TIME_PER_LETTER"):
        monkeypatch.setattr(notice_bar, name, 0)


@pytest.mark.usefixtures("hasty")
def test_good_news_goes_by_itself(bar: NoticeBar, qtbot: QtBot) -> None:
    elsewhere = QLineEdit()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    elsewhere.setFocus()
    bar.move(300, 300)  # away from the pointer
    with qtbot.waitSignal(bar.intended) as told:
        bar.show_session(Session(notice=Notice("Saved.")))
    assert told.args == [DismissNotice()]


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    "notice", [MISMATCH, Notice("It waits for its partner.", subject=Subject.PAIR)]
)
def test_what_still_holds_stays(bar: NoticeBar, qtbot: QtBot, notice: Notice) -> None:
    bar.show_session(Session(notice=Notice("Saved.")))
    bar.show_session(Session(notice=notice))
    with qtbot.assertNotEmitted(bar.intended):
        QApplication.processEvents()
