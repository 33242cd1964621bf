"""What docs/extending.md shows works from outside the package, in the real window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLabel

from ssim_viewer.app import create_window
from ssim_viewer.distortions import apply, broken_distortions, solve_for_mse
from ssim_viewer.distortions.registry import find_distortions
from ssim_viewer.features import registry
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
    """The real window with everything that the page shows installed."""
    folder = tmp_path / "installed"
    folder.mkdir()
    modules = install_page("extending.md", folder)
    for module in modules:
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
    registry.find_features.cache_clear()
    find_distortions.cache_clear()


def bias_of(driver: Driver) -> float:
    pair, shown = driver.session.document.pair, driver.session.document.shown
    assert pair is not None
    assert shown is not None
    return float(np.mean(np.subtract(shown, pair.reference.pixels, dtype=np.float64)))


def test_everything_on_the_page_is_loaded(extended: Driver) -> None:
    assert registry.broken_features() == {}
    assert broken_distortions() == {}
    assert {"bias", "swap-command"} <= {feature.id for feature in registry.features()}


def test_the_dock_opens_by_its_key_and_shows_what_its_job_found(extended: Driver) -> None:
    extended.qtbot.keyClick(
        extended.window,
        Qt.Key.Key_B,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
    )
    extended.settle()
    label = extended.window.findChild(QLabel, "bias")
    assert label is not None
    assert label.isVisible()
    assert label.text() == f"bias {bias_of(extended):+.3f}"


def test_the_dock_follows_the_pair_and_rests_when_it_is_closed(extended: Driver) -> None:
    extended.trigger("open_bias")
    extended.settle()
    before = bias_of(extended)
    extended.trigger("swap_again")
    extended.settle()
    label = extended.window.findChild(QLabel, "bias")
    assert label is not None
    assert bias_of(extended) == pytest.approx(-before)
    assert label.text() == f"bias {-before:+.3f}"
    dock = extended.window.findChild(QDockWidget, "bias_dock")
    assert dock is not None
    dock.close()
    extended.trigger("swap_again")
    extended.settle()
    assert label.text() == f"bias {-before:+.3f}"


def test_commands_stand_in_their_menus_and_in_the_palette(extended: Driver) -> None:
    edit = next(a.menu() for a in extended.window.menuBar().actions() if a.text() == "&Edit")
    assert "swap_again" in {action.objectName() for action in edit.actions()}  # type: ignore[attr-defined]
    names = {action.objectName() for action in extended.window.actions_by_name.all()}
    assert {"open_bias", "swap_again"} <= names


def test_the_distortion_is_one_of_the_catalogue(extended: Driver) -> None:
    pair = extended.session.document.pair
    assert pair is not None
    lined = apply("scan_lines", pair.reference.pixels, 50.0, parameters={"period": 8.0})
    np.testing.assert_allclose(lined[::8], pair.reference.pixels[::8] / 2)
    np.testing.assert_allclose(lined[1:8], pair.reference.pixels[1:8])
    assert solve_for_mse("scan-lines", pair.reference.pixels, 100.0).reached


def test_the_tool_puts_flags_on_the_image_until_escape(extended: Driver) -> None:
    control_alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    extended.qtbot.keyClick(extended.window, Qt.Key.Key_F, control_alt)
    assert extended.window.actions_by_name["flag_tool"].isChecked()
    canvas = extended.window.panes.panes[1].canvas
    place = canvas.view.to_widget(20.5, 30.5).toPoint()
    extended.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    extended.qtbot.keyClick(extended.window, Qt.Key.Key_Escape)
    extended.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    flags = extended.program.store.session.features["flags"]
    assert flags == (pytest.approx((20.5, 30.5), abs=0.2),)
    assert not extended.window.actions_by_name["flag_tool"].isChecked()
