"""Names are part of the interface: what ARCHITECTURE.md lists is there, and can be spoken."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QWidget

if TYPE_CHECKING:
    from tests.app.conftest import Driver

PAGE = Path(__file__).parents[2] / "ARCHITECTURE.md"
MADE_WHEN_ASKED_FOR = {"file_dialog", "about_box"}


def listed_names() -> list[str]:
    section = PAGE.read_text(encoding="utf-8").partition("## Object names")[2]
    words = " ".join(re.findall(r"`([^`]+)`", section)).split()
    return [word for word in words if re.fullmatch(r"[a-z]\w+", word)]


def test_every_listed_name_is_in_the_window(driver: Driver) -> None:
    there = {each.objectName() for each in driver.window.findChildren(QObject)}
    there.add(driver.window.objectName())
    names = set(listed_names()) - MADE_WHEN_ASKED_FOR
    assert len(names) > 80
    assert names <= there, f"listed but absent: {sorted(names - there)}"


def test_every_action_is_listed(driver: Driver) -> None:
    names = {action.objectName() for action in driver.window.actions_by_name.all()}
    assert names <= set(listed_names())


def test_names_of_actions_are_unique(driver: Driver) -> None:
    names = [action.objectName() for action in driver.window.findChildren(QAction)]
    named = [name for name in names if name]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("kind", [QAbstractButton, QAbstractSpinBox, QAbstractSlider, QComboBox])
def test_every_control_has_a_name_to_speak(driver: Driver, kind: type[QWidget]) -> None:
    silent = [
        each.objectName() or type(each).__name__
        for each in driver.window.findChildren(kind)
        if each.isVisible()
        and not each.objectName().startswith("qt_")
        and not each.accessibleName()
        and not (isinstance(each, QAbstractButton) and each.text())
    ]
    assert not silent


def test_every_action_says_what_it_does(driver: Driver) -> None:
    for action in driver.window.actions_by_name.all():
        assert action.toolTip()
        assert action.text()
