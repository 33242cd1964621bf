"""Names are part of the interface: what ARCHITECTURE.md lists is there, and can be spoken."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QWidget

from tests.app.experiments import Laboratory

if TYPE_CHECKING:
    from ssim_viewer.session.benches import Which
    from tests.app.conftest import Driver

PAGE = Path(__file__).parents[2] / "ARCHITECTURE.md"
OWN_WINDOWS: tuple[Which, ...] = ("plate", "race")
MADE_WHEN_ASKED_FOR = {"file_dialog", "about_box"}


def listed_names() -> list[str]:
    section = PAGE.read_text(encoding="utf-8").partition("## Object names")[2]
    words = " ".join(re.findall(r"`([^`]+)`", section)).split()
    return [word for word in words if re.fullmatch(r"[a-z]\w+", word)]


def parts_of_experiments() -> list[str]:
    section = PAGE.read_text(encoding="utf-8").partition("Plate and race, each part")[2]
    return re.findall(r"(?<=[` \n])_\w+", section.partition("tiles")[0])


def test_every_listed_name_is_in_the_window(driver: Driver) -> None:
    there = {each.objectName() for each in driver.window.findChildren(QObject)}
    there.add(driver.window.objectName())
    names = set(listed_names()) - MADE_WHEN_ASKED_FOR
    elsewhere = tuple(f"{window}_" for window in (*OWN_WINDOWS, "robustness"))
    names = {name for name in names if not name.startswith(elsewhere)}
    assert len(names) > 80
    assert names <= there, f"listed but absent: {sorted(names - there)}"


@pytest.mark.parametrize("which", OWN_WINDOWS)
def test_every_listed_name_is_in_the_window_of_an_experiment(driver: Driver, which: Which) -> None:
    window = Laboratory(driver, which).window
    there = {each.objectName() for each in window.findChildren(QObject)} | {window.objectName()}
    shared = [f"{which}{part}" for part in parts_of_experiments()]
    names = {name for name in listed_names() if name.startswith(f"{which}_")} | set(shared)
    assert len(shared) > 20
    assert names <= there, f"listed but absent: {sorted(names - there)}"


def test_every_action_is_listed(driver: Driver) -> None:
    names = {action.objectName() for action in driver.window.actions_by_name.all()}
    assert names <= set(listed_names())


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


@pytest.mark.parametrize("which", OWN_WINDOWS)
def test_every_control_of_an_experiment_has_a_name_to_speak(driver: Driver, which: Which) -> None:
    assert not silent_ones(Laboratory(driver, which).window)


def test_every_action_says_what_it_does(driver: Driver) -> None:
    for action in driver.window.actions_by_name.all():
        assert action.toolTip()
        assert action.text()
