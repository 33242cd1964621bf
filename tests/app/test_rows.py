"""Commands are rows: menus, tool bar, palette and the list of keys are made from them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QMenuBar, QToolBar, QTreeWidget

from ssim_viewer.session.command import Command
from ssim_viewer.session.intents import SwapImages
from ssim_viewer.ui.shell.actions import Actions
from ssim_viewer.ui.shell.commands import COMMANDS
from ssim_viewer.ui.shell.compare_control import CompareControl
from ssim_viewer.ui.shell.listings import Listings
from ssim_viewer.ui.shell.menus import Menus
from ssim_viewer.ui.shell.rows import MENUS, ROWS
from ssim_viewer.ui.shell.tool_bar import tool_bar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.app.conftest import Driver


def path_to(action: QAction) -> set[tuple[str, ...]]:
    """Return the menus that lead to an action, by their titles without mnemonics."""
    menus = [each for each in action.associatedObjects() if isinstance(each, QMenu)]
    return {titles_of(menu) for menu in menus}


def titles_of(menu: QMenu) -> tuple[str, ...]:
    title = menu.title().replace("&", "")
    above = [each for each in menu.menuAction().associatedObjects() if isinstance(each, QMenu)]
    whole = (*titles_of(above[0]), title) if above else (title,)
    return tuple(each for each in whole if each)  # the overflow of a menu bar has no title


def test_every_command_stands_where_its_row_says(driver: Driver) -> None:
    for command in COMMANDS:
        action = driver.window.actions_by_name[command.id]
        assert action.objectName() == command.id
        assert command.menu in path_to(action), command.id


def test_no_key_is_given_twice(driver: Driver) -> None:
    """Qt answers neither of two actions of one key that can both be chosen."""
    keys = Counter(
        key.toString()
        for action in driver.window.findChildren(QAction)
        for key in action.shortcuts()
        if not key.isEmpty()
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_one_more_row_stands_in_the_menu_and_in_the_tool_bar(qtbot: QtBot) -> None:
    bar = QMenuBar()
    qtbot.addWidget(bar)
    row = Command(
        "swap_again",
        "Swap &again",
        ("Edit",),
        lambda _session: SwapImages(),
        "Swap the two images.",
        ("<Find>", "Ctrl+Alt+S"),
        tool=55,
    )
    commands = (*COMMANDS, row)
    actions, listings = Actions(commands, bar), Listings(bar)
    menus = Menus(bar, MENUS, (*ROWS, row), actions, listings)
    tools = tool_bar(commands, actions, listings, CompareControl(actions, bar))
    qtbot.addWidget(tools)
    action = actions["swap_again"]
    assert path_to(action) == {("Edit",)}
    assert {key.toString() for key in action.shortcuts()} == {"Ctrl+F", "Ctrl+Alt+S"}
    shown = [each.objectName() for each in tools.actions()]
    assert shown.index("swap_again") == shown.index("select_region") + 1
    assert isinstance(tools, QToolBar)
    assert menus is not None


def test_the_palette_offers_every_command(driver: Driver) -> None:
    driver.trigger("palette")
    line = driver.window.findChild(QLineEdit, "command_line")
    found = driver.window.findChild(QTreeWidget)
    assert line is not None
    assert found is not None
    driver.qtbot.keyClicks(line, "race to the")
    first = found.topLevelItem(0)
    assert first is not None
    assert "Race to the reference" in first.text(0)
    driver.qtbot.keyClick(line, Qt.Key.Key_Return)
    driver.settle()
    assert driver.program.features["reconstruction_race"].window.isVisible()
