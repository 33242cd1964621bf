"""The metric that docs/own-metric.md shows has its map in a pane of the real window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QMenu, QToolButton

from ssim_viewer.app import create_window
from ssim_viewer.metrics import broken_plugins, catalogue
from ssim_viewer.session.intents import ShowMetrics
from tests.app.conftest import Driver, photographs
from tests.docs.pages import install_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

__all__ = ["photographs"]


@pytest.fixture
def extended(
    qtbot: QtBot, photographs: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Driver]:
    """The real window with the metric of the page installed."""
    folder = tmp_path / "installed"
    folder.mkdir()
    for module in install_page("own-metric.md", folder):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.syspath_prepend(folder)
    _forget()
    window = create_window(*photographs)
    window.show()
    driver = Driver(window, qtbot)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    sys.modules["ssim_viewer.metrics.registry"]._found.cache_clear()


def test_a_new_map_is_chosen_from_the_menu_of_a_pane_and_shown(extended: Driver) -> None:
    assert broken_plugins() == {}
    (name,) = (each for each in catalogue() if each.startswith("minkowski"))
    menu = extended.window.findChild(QMenu, f"pane_3_show_{name}")
    title = extended.window.findChild(QToolButton, "pane_3_menu")
    assert menu is not None
    assert title is not None
    for _ in range(2):  # its maps are known by name once it was measured
        menu.aboutToShow.emit()
        first = menu.actions()[0]
        assert isinstance(first, QAction)
        first.trigger()
        extended.settle()
    assert title.text().startswith(f"{catalogue()[name].symbol} · error")
    pane = extended.window.panes.panes[2]
    assert pane.canvas.accessibleDescription().startswith("from 0")


def test_its_setting_is_changed_in_the_metric_panel_and_the_score_follows(
    extended: Driver,
) -> None:
    extended.want(ShowMetrics(("minkowski",)))
    box = extended.window.findChild(QComboBox, "metric_settings_of")
    assert box is not None
    box.setFocus()
    while box.currentText() != catalogue()["minkowski"].symbol:
        extended.qtbot.keyClick(box, Qt.Key.Key_Down)
    spin = extended.window.findChild(QDoubleSpinBox, "metric_minkowski_p_value")
    assert spin is not None
    assert spin.accessibleName() == "Exponent p, exact value"
    spin.setFocus()
    spin.selectAll()
    extended.qtbot.keyClicks(spin, "1")
    extended.qtbot.keyClick(spin, Qt.Key.Key_Return)
    extended.settle()
    family, measured = extended.session.measurements, extended.session.measured
    assert family is not None
    assert measured is not None
    assert family.values["minkowski"] == pytest.approx(measured.values["mae"])
    cell = extended.window.findChild(QLabel, "score_minkowski")
    assert cell is not None
    assert "exponent p 1" in cell.toolTip()
