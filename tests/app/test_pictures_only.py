"""Only the pictures are shown, with all keys, and everything comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from shiboken6 import delete

if TYPE_CHECKING:
    from tests.app.conftest import Driver


def test_what_is_hidden_comes_back_also_when_an_action_is_gone_meanwhile(driver: Driver) -> None:
    window = driver.window
    passing = QAction("Passing", window.menuBar())
    passing.setShortcut(QKeySequence("Ctrl+Alt+Shift+9"))
    before = len(window.actions())
    driver.trigger("pictures_only")
    assert window.menuBar().isHidden()
    delete(passing)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.menuBar().isHidden()
    assert len(window.actions()) == before
