"""Help, the list of keys and the command palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QTextBrowser,
    QTreeWidget,
    QWidget,
)
from shiboken6 import delete

from ssim_viewer.ui.shell.command_palette import CommandPalette
from ssim_viewer.ui.shell.help_window import HelpWindow
from ssim_viewer.ui.shell.shortcuts_window import ShortcutsWindow
from ssim_viewer.ui.theme.colors import DARK

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def action(owner: QWidget, text: str, keys: str = "", *, enabled: bool = True) -> QAction:
    made = QAction(text, owner)
    if keys:
        made.setShortcut(QKeySequence(keys))
    made.setEnabled(enabled)
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def actions(window: QWidget) -> list[QAction]:
    return [
        action(window, "Open &reference…", "Ctrl+O"),
        action(window, "&Undo", "Ctrl+Z", enabled=False),
        action(window, "S&wap the two images", "S"),
        action(window, "&Fit", "F"),
        action(window, "Actual pixels && more"),
    ]


@pytest.fixture
def palette(window: QWidget, actions: list[QAction]) -> CommandPalette:
    palette = CommandPalette(window)
    palette.restyle(DARK)
    palette.open_with([*actions, actions[0]])
    return palette


def line(palette: CommandPalette) -> QLineEdit:
    found = palette.findChild(QLineEdit, "command_line")
    assert found is not None
    return found


def listed(palette: CommandPalette) -> list[tuple[str, str]]:
    found = palette.findChild(QTreeWidget, "command_list")
    assert found is not None
    items = [found.topLevelItem(row) for row in range(found.topLevelItemCount())]
    return [(item.text(0), item.text(1)) for item in items if item is not None]


@pytest.fixture
def help_window(qtbot: QtBot) -> HelpWindow:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.restyle(DARK)
    window.show()
    assert not window.isModal()
    return window


def page_of(window: HelpWindow) -> QTextBrowser:
    found = window.findChild(QTextBrowser, "help_page")
    assert found is not None
    return found


def contents_of(window: HelpWindow) -> QListWidget:
    found = window.findChild(QListWidget, "help_contents")
    assert found is not None
    return found


def search_of(window: HelpWindow) -> QLineEdit:
    found = window.findChild(QLineEdit, "help_search")
    assert found is not None
    return found


def click(contents: QListWidget, row: int) -> None:
    place = contents.visualItemRect(contents.item(row)).center()
    QTest.mouseClick(contents.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        ("structure", "What SSIM measures"),
        ("σ√N", "The sphere of equal MSE"),
        ("darkest flat place", "Why the best image has a white blob"),
        ("inner product", "Four ways to get it wrong"),
        ("scikit-image", "Why does my SSIM differ?"),
        ("four images", "Maximum differentiation"),
        ("L-BFGS-B", "The race to the reference"),
        ("MS-SSIM", "The metrics, one by one"),
        ("Ctrl+Shift+P", "Keys"),
    ],
)
def test_a_page_of_the_contents_speaks_of(help_window: HelpWindow, topic: str, title: str) -> None:
    contents = contents_of(help_window)
    titles = [contents.item(row).text() for row in range(contents.count())]
    click(contents, titles.index(title))
    shown = page_of(help_window).toPlainText()
    assert shown.startswith(title)
    assert topic.casefold() in shown.casefold()


def test_searching_finds_a_word_on_any_page_and_enter_goes_on_to_the_next_one(
    help_window: HelpWindow,
) -> None:
    search, contents, page = (
        search_of(help_window),
        contents_of(help_window),
        page_of(help_window),
    )
    QTest.keyClicks(search, "wang")
    seen = []
    for _ in range(30):
        cursor = page.textCursor()
        assert cursor.selectedText().casefold() == "wang"
        assert page.extraSelections()
        seen.append((contents.currentRow(), cursor.position()))
        QTest.keyClick(search, Qt.Key.Key_Return)
    pages = {row for row, _ in seen}
    listed = {row for row in range(contents.count()) if not contents.item(row).isHidden()}
    assert pages == listed
    assert 1 < len(pages) < contents.count()
    assert seen[0] in seen[1:]  # after the last page comes the first
    search.clear()
    assert not any(contents.item(row).isHidden() for row in range(contents.count()))
    assert not page.extraSelections()


def test_what_is_nowhere_leaves_the_page_that_is_read(help_window: HelpWindow) -> None:
    search_of(help_window).setText("xyzz")
    before = page_of(help_window).toPlainText()
    QTest.keyClicks(search_of(help_window), "y")
    QTest.keyClick(search_of(help_window), Qt.Key.Key_Return)
    assert page_of(help_window).toPlainText() == before


def test_every_action_with_a_key_is_listed(
    qtbot: QtBot, window: QWidget, actions: list[QAction]
) -> None:
    keys = ShortcutsWindow(window)
    keys.restyle(DARK)
    keys.show_for(actions)
    page = keys.findChild(QTextBrowser, "shortcuts_page")
    assert page is not None
    text = page.toPlainText()
    for expected in ("Swap the two images", "Ctrl+Z", "Space", "Wheel"):
        assert expected in text
    assert "Actual pixels" not in text


def test_the_list_of_keys_follows_the_theme_when_actions_are_gone(
    window: QWidget, actions: list[QAction]
) -> None:
    keys = ShortcutsWindow(window)
    keys.show_for(actions)
    delete(actions[1])
    keys.restyle(DARK)
    page = keys.findChild(QTextBrowser, "shortcuts_page")
    assert page is not None
    assert "Ctrl+Z" in page.toPlainText()


def test_the_palette_leaves_out_actions_that_are_gone_and_gives_no_focus_to_a_lost_widget(
    palette: CommandPalette, window: QWidget, actions: list[QAction]
) -> None:
    first = QPushButton("first", window)
    first.show()
    first.setFocus()
    palette.open_with(actions)
    delete(first)
    delete(actions[0])
    QTest.keyClick(line(palette), Qt.Key.Key_Return)
    QTest.keyClicks(line(palette), "open")
    assert "Open reference" not in [name for name, _ in listed(palette)]
    palette.leave()
    assert palette.isHidden()


def test_the_palette_offers_each_action_once_what_is_disabled_last(
    palette: CommandPalette,
) -> None:
    names = [name for name, _ in listed(palette)]
    assert names[0] == "Open reference"
    assert names[-1] == "Undo"
    assert len(names) == 5
    assert ("Swap the two images", "S") in listed(palette)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("fi", "Fit"),
        ("images", "Swap the two images"),
        ("oref", "Open reference"),
        ("reference open", "Open reference"),
        ("PIXELS & more", "Actual pixels & more"),
    ],
)
def test_a_few_letters_find_an_action(
    palette: CommandPalette, qtbot: QtBot, typed: str, first: str
) -> None:
    QTest.keyClicks(line(palette), typed)
    assert listed(palette)[0][0] == first


def test_an_action_is_listed_with_its_menu_and_found_by_either(
    palette: CommandPalette, window: QWidget
) -> None:
    menu = QMenu("&Export", window)
    run = menu.addAction("&Run…")
    palette.open_with([run])
    for typed in ("run", "export", "exp run"):
        line(palette).setText(typed)
        assert listed(palette) == [("Export › Run", "")]


@pytest.mark.parametrize("typed", ["layout 1x1", "1x1", "1×1 layout", "lay 1"])
def test_a_layout_is_found_with_the_letter_x(
    palette: CommandPalette, window: QWidget, typed: str
) -> None:
    menu = QMenu("&Layout", window)
    palette.open_with([menu.addAction("1×1"), menu.addAction("2×2")])
    line(palette).setText(typed)
    assert listed(palette) == [("Layout › 1×1", "")]


def test_letters_from_the_middle_of_words_find_nothing(palette: CommandPalette) -> None:
    line(palette).setText("pnrf")
    assert listed(palette) == []


def test_nothing_is_found_for_nonsense(palette: CommandPalette, qtbot: QtBot) -> None:
    QTest.keyClicks(line(palette), "xyzzy")
    assert listed(palette) == []
    QTest.keyClick(line(palette), Qt.Key.Key_Return)
    assert palette.isVisible()


def test_enter_does_the_chosen_action(
    palette: CommandPalette, actions: list[QAction], qtbot: QtBot
) -> None:
    QTest.keyClick(line(palette), Qt.Key.Key_Down)
    with qtbot.waitSignal(actions[2].triggered):
        QTest.keyClick(line(palette), Qt.Key.Key_Return)
    assert palette.isHidden()


def test_a_disabled_action_is_seen_but_not_done(
    palette: CommandPalette, actions: list[QAction], qtbot: QtBot
) -> None:
    QTest.keyClicks(line(palette), "undo")
    assert listed(palette) == [("Undo", "Ctrl+Z")]
    with qtbot.assertNotEmitted(actions[1].triggered):
        QTest.keyClick(line(palette), Qt.Key.Key_Return)
