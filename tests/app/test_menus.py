"""The menus fit a small screen, and every mnemonic leads to one entry."""

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtWidgets import QMenu

from tests.app.conftest import Driver

HIGHEST = 600
"""Logical pixels: what a screen of 720 has room for below the menu bar."""


def menus_of(driver: Driver) -> Iterator[tuple[str, QMenu]]:
    """Yield every menu of the bar with the titles that lead to it, as a person opens it."""
    waiting = [(action.text(), action) for action in driver.window.menuBar().actions()]
    while waiting:
        path, action = waiting.pop()
        menu = action.menu()
        if isinstance(menu, QMenu):
            menu.aboutToShow.emit()
            yield path, menu
            waiting += [(f"{path} › {each.text()}", each) for each in menu.actions()]


def mnemonics(texts: Iterator[str]) -> Counter[str]:
    found = (re.search(r"&(\w)", text.replace("&&", "")) for text in texts)
    return Counter(each[1].lower() for each in found if each)


def test_no_menu_is_higher_than_a_small_screen(driver: Driver) -> None:
    high = {path: menu.sizeHint().height() for path, menu in menus_of(driver)}
    assert not {path: height for path, height in high.items() if height > HIGHEST}


def test_no_mnemonic_stands_twice_in_a_menu(driver: Driver) -> None:
    bar = driver.window.menuBar().actions()
    found = {"the menu bar": mnemonics(action.text() for action in bar)}
    for path, menu in menus_of(driver):
        found[path] = mnemonics(action.text() for action in menu.actions())
    twice = {
        path: [key for key, count in keys.items() if count > 1] for path, keys in found.items()
    }
    assert not {path: keys for path, keys in twice.items() if keys}
