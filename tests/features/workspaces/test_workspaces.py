"""Workspaces: the window follows the work, and each of them is remembered on its own."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QDockWidget,
    QInputDialog,
    QToolBar,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from ssim_viewer.app import create_window
from ssim_viewer.app.program import Program
from ssim_viewer.features.window_inspector.state import inspector_of, is_held, shown_pixel
from ssim_viewer.features.workspaces.state import as_plain, from_plain, workspaces_of
from ssim_viewer.metrics import Quantity
from ssim_viewer.session.comparison import Mode
from ssim_viewer.session.intents import ChooseQuantity, SelectRegion, StepOnce
from ssim_viewer.session.map_key import MetricLayer
from ssim_viewer.session.region import Region
from ssim_viewer.session.state import Layout
from ssim_viewer.ui.shell.main_window import MainWindow
from tests.app.conftest import Driver


def trigger(window: MainWindow, name: str) -> None:
    action = window.findChild(QAction, name)
    assert action is not None
    assert action.isEnabled()
    action.trigger()


def open_docks(window: MainWindow) -> set[str]:
    found = window.findChildren(QDockWidget)
    return {dock.objectName() for dock in found if not dock.isHidden()}


def dock(window: MainWindow, name: str) -> QDockWidget:
    found = window.findChild(QDockWidget, f"{name}_dock")
    assert found is not None
    return found


def opened_again(qtbot: QtBot, files: tuple[Path, Path]) -> MainWindow:
    window = create_window(*files)
    window.show()
    program = window.findChild(Program)
    assert program is not None
    qtbot.waitUntil(lambda: program.idle, timeout=30_000)
    return window


def test_a_workspace_is_chosen_by_a_click_at_the_top_left(driver: Driver, qtbot: QtBot) -> None:
    bar = driver.window.findChild(QToolBar, "tool_bar")
    assert bar is not None
    action = driver.window.actions_by_name["workspace_compare"]
    button = bar.widgetForAction(action)
    assert isinstance(button, QToolButton)
    assert button.x() < 100
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    driver.settle()
    assert action.isChecked()
    assert open_docks(driver.window) == {"candidates_dock", "distributions_dock"}
    assert driver.session.look.layout is Layout.TWO


@pytest.mark.parametrize(
    ("name", "docks", "layout"),
    [
        ("compare", {"candidates_dock", "distributions_dock"}, Layout.TWO),
        ("explain", {"window_inspector_dock"}, Layout.SIX),
        ("experiment", {"settings_dock"}, Layout.SIX),
    ],
)
def test_each_workspace_has_docks_and_panes_of_its_own(
    driver: Driver, name: str, docks: set[str], layout: Layout
) -> None:
    trigger(driver.window, f"workspace_{name}")
    driver.settle()
    assert open_docks(driver.window) == docks
    assert driver.session.look.layout is layout
    ticked = [each for each in ("compare", "explain", "experiment") if is_ticked(driver, each)]
    assert ticked == [name]


def is_ticked(driver: Driver, name: str) -> bool:
    return driver.window.actions_by_name[f"workspace_{name}"].isChecked()


def test_file_zoom_and_region_stay_when_the_workspace_changes(driver: Driver) -> None:
    driver.want(SelectRegion(Region(8, 8, 24, 24)))
    navigation = driver.window.panes.navigation
    navigation.zoom_to(5.0, (20.0, 30.0))
    opened, centre = driver.session.document.opened, navigation.centre
    for name in ("compare", "explain", "experiment"):
        trigger(driver.window, f"workspace_{name}")
        driver.settle()
        assert driver.session.document.opened is opened
        assert driver.session.look.region == Region(8, 8, 24, 24)
        assert (navigation.zoom, navigation.centre) == (5.0, centre)


def test_plots_come_with_the_first_run(driver: Driver) -> None:
    plots = driver.window.docks.plots
    assert plots.isHidden()
    driver.want(StepOnce())
    assert not plots.isHidden()
    assert driver.window.actions_by_name["show_plots"].isChecked()


def test_plots_that_come_after_another_workspace_leave_the_pictures_their_room(
    driver: Driver,
) -> None:
    for name in ("workspace_compare", "workspace_experiment"):
        trigger(driver.window, name)
        driver.settle()
    driver.want(StepOnce())
    plots = driver.window.docks.plots
    driver.until(lambda: plots.isVisible() and plots.height() > 0)
    driver.settle()
    assert plots.height() < driver.window.height() / 3


def test_plots_that_were_closed_stay_closed(driver: Driver) -> None:
    driver.want(StepOnce())
    driver.window.docks.plots.close()
    driver.want(StepOnce())
    assert driver.window.docks.plots.isHidden()
    assert not driver.window.actions_by_name["show_plots"].isChecked()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the one without a screen
def test_a_workspace_comes_back_as_it_was_left(driver: Driver) -> None:
    window = driver.window
    trigger(window, "workspace_compare")
    driver.settle()
    dock(window, "distributions").close()
    dock(window, "candidates").setFloating(True)
    trigger(window, "layout_1x1")
    trigger(window, "workspace_experiment")
    driver.settle()
    assert open_docks(window) == {"settings_dock"}
    trigger(window, "workspace_compare")
    driver.settle()
    assert open_docks(window) == {"candidates_dock"}
    assert dock(window, "candidates").isFloating()
    assert driver.session.look.layout is Layout.ONE


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the one without a screen
def test_a_reset_brings_back_the_usual_places(driver: Driver) -> None:
    window = driver.window
    trigger(window, "workspace_compare")
    driver.settle()
    driver.want(ChooseQuantity(0, Quantity.CONTRAST))
    dock(window, "candidates").setFloating(True)
    dock(window, "distributions").close()
    trigger(window, "reset_workspace")
    driver.settle()
    assert open_docks(window) == {"candidates_dock", "distributions_dock"}
    assert not dock(window, "candidates").isFloating()
    assert driver.session.look.visible == (Quantity.REFERENCE, Quantity.DISTORTED)


def test_panes_show_again_what_they_showed_in_a_workspace(driver: Driver) -> None:
    window, gmsd = driver.window, MetricLayer("gmsd", "")
    driver.want(ChooseQuantity(0, Quantity.GRADIENT))
    trigger(window, "workspace_compare")
    driver.settle()
    assert driver.session.look.visible == (Quantity.REFERENCE, Quantity.DISTORTED)
    driver.want(ChooseQuantity(1, gmsd))
    trigger(window, "workspace_experiment")
    driver.settle()
    assert driver.session.look.panes[:2] == (Quantity.GRADIENT, Quantity.DISTORTED)
    trigger(window, "workspace_compare")
    driver.settle()
    assert [*driver.session.look.visible] == [Quantity.REFERENCE, gmsd]
    kept = from_plain(json.loads(json.dumps(as_plain(workspaces_of(driver.session)))))
    assert kept.arrangements["compare"].panes[1] == gmsd


def test_docks_stand_where_they_were_at_the_next_start(
    qtbot: QtBot, photographs: tuple[Path, Path]
) -> None:
    window = opened_again(qtbot, photographs)
    trigger(window, "workspace_compare")
    trigger(window, "open_window_inspector")
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock(window, "distributions"))
    window.close()
    again = opened_again(qtbot, photographs)
    docks = {"candidates_dock", "distributions_dock", "window_inspector_dock"}
    assert open_docks(again) == docks
    area = again.dockWidgetArea(dock(again, "distributions"))
    assert area is Qt.DockWidgetArea.LeftDockWidgetArea
    assert again.session.look.layout is Layout.TWO
    again.close()


def test_plots_come_with_the_first_run_of_the_next_start_too(
    qtbot: QtBot, photographs: tuple[Path, Path]
) -> None:
    window = opened_again(qtbot, photographs)
    window.intended.emit(StepOnce())
    qtbot.waitUntil(lambda: not window.docks.plots.isHidden(), timeout=30_000)
    window.close()
    again = opened_again(qtbot, photographs)
    assert again.docks.plots.isHidden()
    again.intended.emit(StepOnce())
    qtbot.waitUntil(lambda: not again.docks.plots.isHidden(), timeout=30_000)
    again.close()


def test_a_workspace_of_ones_own_has_a_name_and_can_be_removed(driver: Driver) -> None:
    window = driver.window
    trigger(window, "workspace_explain")
    trigger(window, "layout_1x3")
    trigger(window, "save_workspace")
    dialog = window.findChild(QInputDialog, "workspace_name")
    assert dialog is not None
    dialog.setTextValue("Print checks")
    dialog.accept()
    assert workspaces_of(driver.session).current == "Print checks"
    trigger(window, "workspace_experiment")
    trigger(window, "own_workspace_1")
    driver.settle()
    assert open_docks(window) == {"window_inspector_dock"}
    assert driver.session.look.layout is Layout.THREE
    trigger(window, "remove_workspace")
    driver.settle()
    assert workspaces_of(driver.session).own == ()
    assert open_docks(window) == {"settings_dock"}


def test_changing_the_workspace_is_no_step_of_undo(driver: Driver) -> None:
    before = driver.session.undo_name
    trigger(driver.window, "workspace_compare")
    driver.settle()
    assert driver.session.undo_name == before


def test_one_key_hides_all_but_the_pictures_and_the_other_keys_still_work(
    driver: Driver, qtbot: QtBot
) -> None:
    window = driver.window
    before = open_docks(window)
    qtbot.keyClick(window, Qt.Key.Key_H)
    bars = [window.menuBar(), window.statusBar(), *window.findChildren(QToolBar)]
    assert not any(bar.isVisible() for bar in bars)
    assert open_docks(window) == set()
    qtbot.keyClick(window, Qt.Key.Key_W)
    assert driver.session.look.comparison.mode is Mode.WIPE
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert all(bar.isVisible() for bar in bars)
    assert open_docks(window) == before


def test_the_clicked_window_is_explained_until_the_next_click(driver: Driver, qtbot: QtBot) -> None:
    trigger(driver.window, "workspace_explain")
    driver.settle()
    canvas = driver.window.panes.panes[0].canvas
    left = Qt.MouseButton.LeftButton
    for pixel in ((20, 30), (40, 12)):
        point = canvas.view.to_widget(pixel[0] + 0.5, pixel[1] + 0.5).toPoint()
        qtbot.mouseClick(canvas, left, pos=point)
        driver.settle()
        assert shown_pixel(driver.program.store.session) == pixel
    qtbot.mouseClick(canvas, left, pos=point)
    assert not is_held(inspector_of(driver.program.store.session))


@pytest.mark.parametrize("way", ["its button", "other workspaces"])
def test_space_plays_after_the_dock_with_the_keyboard_has_gone(
    driver: Driver, qtbot: QtBot, way: str
) -> None:
    window = driver.window
    settings = dock(window, "settings")
    window.experiment_panel.transport.setFocus()
    if way == "its button":
        button = settings.findChild(QAbstractButton, "qt_dockwidget_closebutton")
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        trigger(window, "workspace_compare")
        trigger(window, "workspace_experiment")
        trigger(window, "workspace_compare")
    driver.settle()
    assert settings.isHidden()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    driver.until(lambda: driver.session.document.run is not None)
    trigger(window, "play")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the one without a screen
def test_a_dock_that_floats_when_it_is_opened_brings_no_second_f1(
    driver: Driver, qtbot: QtBot, photographs: tuple[Path, Path]
) -> None:
    trigger(driver.window, "workspace_compare")
    driver.settle()
    dock(driver.window, "candidates").setFloating(True)
    dock(driver.window, "candidates").close()
    driver.window.close()
    window = opened_again(qtbot, photographs)
    trigger(window, "open_candidates")
    floating = dock(window, "candidates")
    assert floating.isFloating()
    assert not floating.findChildren(QShortcut)
    window.close()
