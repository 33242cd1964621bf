"""Undo takes back settings of looking as well as changes of the document, in their order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from ssim_viewer.metrics import Quantity
from ssim_viewer.session import intents
from ssim_viewer.session.map_scale import Ends, MapScale
from ssim_viewer.session.playback import Playback
from ssim_viewer.session.region import Region
from ssim_viewer.session.state import Layout, Role, Session
from ssim_viewer.session.ways import Way
from tests.app.conftest import Driver


def way(session: Session) -> Way:
    return Way.of(session)


@pytest.mark.parametrize(
    ("intent", "name"),
    [
        (intents.ChooseLayout(Layout.TWO), "layout"),
        (intents.ChooseQuantity(2, Quantity.GRADIENT), "choice of map"),
        (intents.ScaleMap(Quantity.SSIM, MapScale(Ends.CHOSEN, 0.5, 0.9)), "colours"),
        (intents.SelectRegion(Region(2, 3, 20, 30)), "region"),
        (intents.ShowMetrics(("gmsd",)), "choice of scores"),
        (intents.ChangePlayback(Playback(steps_per_second=5.0)), "playback"),
    ],
)
def test_a_setting_is_taken_back_and_made_again(
    driver: Driver, intent: intents.Intent, name: str
) -> None:
    before = driver.session
    driver.want(intent)
    changed = driver.session
    assert changed.undo_name == name
    driver.trigger("undo")
    driver.settle()
    assert way(driver.session).same_settings(way(before))
    assert driver.session.document is before.document
    assert driver.session.redo_name == name
    driver.trigger("redo")
    driver.settle()
    assert way(driver.session).same_settings(way(changed))


def test_settings_and_documents_are_taken_back_in_their_order(driver: Driver) -> None:
    metric = driver.session.document.metric
    driver.want(intents.ChooseLayout(Layout.TWO))
    driver.want(intents.ChangeMetric(replace(metric, sigma=2.0)))
    driver.want(intents.ChooseLayout(Layout.ONE))
    seen = []
    for _ in range(3):
        driver.trigger("undo")
        driver.settle()
        session = driver.session
        seen.append((session.look.layout, session.document.metric.sigma))
    assert seen == [(Layout.TWO, 2.0), (Layout.TWO, 1.5), (Layout.SIX, 1.5)]


def test_two_layouts_in_a_row_are_two_changes(driver: Driver) -> None:
    driver.want(intents.ChooseLayout(Layout.TWO))
    driver.want(intents.ChooseLayout(Layout.FOUR))
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert driver.session.look.layout is Layout.TWO


def test_another_driver_is_taken_back_with_the_panes_that_it_changed(driver: Driver) -> None:
    driver.want(intents.ChooseQuantity(2, Quantity.GRADIENT))
    panes = driver.session.look.panes
    driver.want(intents.ChooseDriver("gmsd"))
    assert driver.session.look.panes != panes
    driver.trigger("undo")
    driver.settle()
    assert driver.session.document.driver == "ssim"
    assert driver.session.look.panes == panes


def test_the_region_comes_back_with_the_pair_that_had_it(driver: Driver, tmp_path: Path) -> None:
    region = Region(2, 3, 20, 30)
    driver.want(intents.SelectRegion(region))
    driver.want(intents.OpenSample("camera"))
    assert driver.session.look.region is None
    driver.trigger("undo")
    driver.settle()
    assert driver.session.look.region == region


def test_what_is_passing_is_no_change(driver: Driver) -> None:
    for intent in (
        intents.ActivatePane(3),
        intents.BlinkPane(1),
        intents.SetWipe(0.3),
        intents.ShowPixelValues(shown=True),
    ):
        driver.want(intent)
    assert driver.session.undo_name == ""


def test_undoing_a_setting_leaves_a_climb_running(driver: Driver) -> None:
    driver.want(intents.ChooseLayout(Layout.TWO))
    driver.window.intended.emit(intents.Play())
    driver.until(lambda: driver.session.document.run is not None)
    driver.window.intended.emit(intents.ChooseLayout(Layout.FOUR))
    if driver.session.undo_name == "layout" and driver.session.playing:  # no step has come since
        driver.window.intended.emit(intents.Undo())
        assert driver.session.look.layout is Layout.TWO
        assert driver.session.playing
    driver.want(intents.Pause())


def test_undo_of_another_background_brings_its_tick_back(
    driver: Driver, photographs: tuple[Path, Path]
) -> None:
    driver.want(intents.ChooseBackground(1.0))
    driver.want(intents.OpenFile(Role.DISTORTED, photographs[1]))
    driver.trigger("undo")
    driver.settle()
    opened = driver.session.document.opened
    assert opened is not None
    assert driver.session.look.background == opened.background
