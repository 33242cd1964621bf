"""Names are part of the interface: they are listed, stay, and can be spoken."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QWidget

from docs.make_object_names import open_everything, page
from ssim_viewer.app import create_window
from ssim_viewer.app.program import Program
from ssim_viewer.features.feature import OpenView
from ssim_viewer.features.registry import features

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.app.conftest import Driver

PAGE = Path(__file__).parents[2] / "docs" / "object-names.md"
OWN_WINDOWS = [each.id for each in features() if each.view() is not None]


def listed_names() -> list[str]:
    return re.findall(r"^- `(\w+)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_page_of_names_is_made_of_the_program_as_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    """With the sample and every window open, as `python docs/make_object_names.py` does."""
    file = str(tmp_path / "settings.ini")
    window = create_window(settings=QSettings(file, QSettings.Format.IniFormat))
    window.show()

    def wait(program: Program) -> None:
        qtbot.waitUntil(lambda: program.idle, timeout=60_000)

    found = page(open_everything(window, wait))
    window.close()
    window.deleteLater()
    assert found == PAGE.read_text(encoding="utf-8"), "run python docs/make_object_names.py"


def test_no_key_stands_for_two_actions(driver: Driver) -> None:
    """Qt does neither of two actions whose key is the same."""
    found: dict[str, set[str]] = {}
    for action in driver.window.findChildren(QAction):
        for key in action.shortcuts():
            found.setdefault(key.toString(), set()).add(action.objectName())
    assert not {key: names for key, names in found.items() if len(names) > 1}


def test_names_of_actions_are_unique(driver: Driver) -> None:
    names = [action.objectName() for action in driver.window.findChildren(QAction)]
    named = [name for name in names if name]
    assert len(named) == len(set(named))


CONTROLS = (QAbstractButton, QAbstractSpinBox, QAbstractSlider, QComboBox)


def silent_ones(window: QWidget) -> list[str]:
    """Return the visible controls that a screen reader has no word for."""
    return [
        each.objectName() or type(each).__name__
        for kind in CONTROLS
        for each in window.findChildren(kind)
        if each.isVisible()
        and not each.objectName().startswith("qt_")
        and not each.accessibleName()
        and not (isinstance(each, QAbstractButton) and each.text())
    ]


def test_every_control_has_a_name_to_speak(driver: Driver) -> None:
    assert not silent_ones(driver.window)


@pytest.mark.parametrize("feature", OWN_WINDOWS)
def test_every_control_of_a_feature_has_a_name_to_speak(driver: Driver, feature: str) -> None:
    driver.program.features.answer(OpenView(feature))
    driver.settle()
    assert not silent_ones(driver.program.features[feature].window)


def test_every_action_says_what_it_does(driver: Driver) -> None:
    for action in driver.window.actions_by_name.all():
        assert action.toolTip()
        assert action.text()
