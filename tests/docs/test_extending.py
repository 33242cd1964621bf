"""What docs/extending.md shows works from outside the package, in the real window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QLabel, QPushButton, QToolButton

from ssim_viewer.__main__ import main
from ssim_viewer.app import create_window
from ssim_viewer.distortions import apply, broken_distortions, solve_for_mse
from ssim_viewer.distortions.registry import find_distortions
from ssim_viewer.features import registry
from ssim_viewer.images import read_image
from ssim_viewer.metrics import MapKind, broken_maps
from ssim_viewer.metrics.maps.registry import find_maps
from ssim_viewer.session import intents
from ssim_viewer.session.readout import layers_text
from ssim_viewer.session.region import Region
from ssim_viewer.session.region_readout import region_text
from ssim_viewer.ui.pane.pane_content import content_picture
from ssim_viewer.ui.pane.quantities import title_of
from tests.app.conftest import Driver, photographs
from tests.docs.pages import install_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from ssim_viewer.ui.pane.image_pane import ImagePane

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
    find_maps.cache_clear()
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
    assert broken_maps() == {}
    assert {"bias", "fading", "swap-command"} <= {feature.id for feature in registry.features()}


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


def test_the_experiment_plays_and_pauses_by_the_mouse_and_goes_on_where_it_stood(
    extended: Driver,
) -> None:
    extended.trigger("open_fading")
    button = extended.program.features["fading"].window
    assert isinstance(button, QPushButton)
    assert button.isVisible()
    extended.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    extended.until(lambda: len(scores_of_fading(extended)) > 3)
    extended.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    extended.settle()
    assert button.text().startswith("Play   step ")
    paused = scores_of_fading(extended)
    assert paused[0] == pytest.approx(1.0)
    extended.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    extended.until(lambda: len(scores_of_fading(extended)) > len(paused) + 1)
    button.close()
    extended.settle()
    scores = scores_of_fading(extended)
    assert scores[: len(paused)] == paused
    assert scores[1] < 1.0
    assert not extended.session.playing


def scores_of_fading(driver: Driver) -> tuple[float, ...]:
    scores: tuple[float, ...] = getattr(driver.session.features["fading"], "scores")  # noqa: B009
    return scores


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
    assert flags == (pytest.approx((20.5, 30.5), abs=0.5),)
    assert not extended.window.actions_by_name["flag_tool"].isChecked()


def change_of_edges(driver: Driver) -> NDArray[np.float64]:
    pair = driver.session.document.pair
    assert pair is not None
    before, after = (
        np.hypot(*np.gradient(np.asarray(image.pixels, float)))
        for image in (pair.reference, pair.distorted)
    )
    return np.asarray(after - before)


def show_the_map(driver: Driver) -> ImagePane:
    menu = driver.window.findChild(QToolButton, "pane_3_menu")
    assert menu is not None
    action = next(a for a in menu.menu().actions() if a.objectName() == "pane_3_show_edge_change")
    action.trigger()
    driver.settle()
    assert action.isChecked()
    return driver.window.panes.panes[2]


def test_the_map_is_chosen_in_a_pane_and_drawn_with_its_colours(extended: Driver) -> None:
    pane = show_the_map(extended)
    picture = content_picture(extended.session, extended.session.look.panes[2])
    assert picture is not None
    assert picture.scale is not None
    assert picture.scale.kind is MapKind.SIGNED
    assert picture.scale.unit == "grey levels"
    np.testing.assert_allclose(picture.values, change_of_edges(extended), atol=1e-4)
    assert pane.canvas.accessibleName() == "Edge change"
    assert pane.menu.toolTip().startswith("|∇y| − |∇x|")


def test_the_map_is_read_under_the_cursor_and_over_a_region(extended: Driver) -> None:
    show_the_map(extended)
    change = change_of_edges(extended)
    assert layers_text(extended.session, 20, 30) == f"Δ|∇| {change[30, 20]:+.1f}".replace("-", "−")
    extended.want(intents.SelectRegion(Region(4, 8, 24, 40)))
    mean = f"{change[8:40, 4:24].mean():+.1f}".replace("-", "−")
    assert region_text(extended.session).endswith(f"Δ|∇| {mean}")


def test_the_map_is_in_the_view_menu_and_its_values_are_exported(
    extended: Driver, tmp_path: Path
) -> None:
    action = extended.window.findChild(QAction, "quantity_edge_change")
    assert action is not None
    action.trigger()
    extended.settle()
    content = extended.session.look.panes[extended.session.look.active]
    assert title_of(content) == "Edge change"
    extended.want(intents.ExportMap(content, tmp_path / "edges.npy"))
    np.testing.assert_allclose(
        np.load(tmp_path / "edges.npy"), change_of_edges(extended), atol=1e-4
    )


def test_the_map_stays_from_one_start_to_the_next(extended: Driver) -> None:
    show_the_map(extended)
    preferences = extended.window.preferences
    preferences.look = extended.session.look
    assert preferences.look.panes[2] == extended.session.look.panes[2]


def test_the_map_is_written_by_the_command_line(
    extended: Driver, photographs: tuple[Path, Path], tmp_path: Path
) -> None:
    words = ["score", *map(str, photographs), "--maps", str(tmp_path / "maps")]
    assert main([*words, "--map", "edge-change", "--map", "ssim"]) == 0
    stem = photographs[1].stem
    assert {each.name for each in (tmp_path / "maps").iterdir()} == {
        f"{stem}-edge-change.tif",
        f"{stem}-ssim.tif",
    }
    written = read_image(tmp_path / "maps" / f"{stem}-edge-change.tif").pixels
    np.testing.assert_allclose(written, change_of_edges(extended), atol=1e-4)
