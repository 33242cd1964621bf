"""Every entry of every menu that lists things, chosen as a person does, changes what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from ssim_viewer.images import samples
from ssim_viewer.metrics import PRESETS, Quantity
from ssim_viewer.session import intents
from ssim_viewer.session.state import Layout
from ssim_viewer.ui.pane.quantities import title_of
from ssim_viewer.ui.theme.colors import Theme

if TYPE_CHECKING:
    from tests.app.conftest import Driver

pytestmark = pytest.mark.qt_log_ignore("plugin does not support", extend=True)
"""The offscreen platform cannot raise a menu or grab the keyboard for it, and says so."""


def click(menu: QMenu, place: int) -> None:
    """Open a menu and click one of its entries."""
    action = menu.actions()[place]
    menu.popup(menu.pos())
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def part(driver: Driver, name: str) -> QWidget:
    found = driver.window.findChild(QWidget, name)
    assert found is not None, name
    return found


def title(driver: Driver, pane: int) -> str:
    menu = part(driver, f"pane_{pane}_menu")
    return str(menu.property("text"))


@pytest.mark.parametrize("place", range(len(Layout)))
def test_each_layout_of_the_menu_shows_as_many_panes(driver: Driver, place: int) -> None:
    layout = list(Layout)[place]
    click(driver.window.listings.layouts, place)
    panes = [driver.window.findChild(QWidget, f"pane_{number}") for number in range(1, 10)]
    visible = [pane for pane in panes if pane is not None and pane.isVisible()]
    assert len(visible) == layout.rows * layout.columns
    ticked = [a.isChecked() for a in driver.window.listings.layouts.actions()]
    assert ticked == [each is layout for each in Layout]


def test_only_panes_that_are_seen_can_be_made_active_unless_one_is_alone(driver: Driver) -> None:
    def offered() -> int:
        return sum(action.isEnabled() for action in driver.window.listings.panes.actions())

    driver.want(intents.ChooseLayout(Layout.TWO))
    assert offered() == 2
    driver.want(intents.ChooseLayout(Layout.ONE))
    assert offered() == len(driver.session.look.panes)


@pytest.mark.parametrize("place", range(len(Quantity)))
def test_each_quantity_of_the_menu_is_shown_by_the_active_pane(driver: Driver, place: int) -> None:
    quantity = list(Quantity)[place]
    click(driver.window.listings.quantities, place)
    driver.settle()
    assert title(driver, driver.session.look.active + 1).startswith(title_of(quantity))


@pytest.mark.parametrize("place", range(len(Quantity)))
def test_each_key_from_1_to_9_shows_its_quantity_in_the_active_pane(
    driver: Driver, place: int
) -> None:
    QTest.keyClick(part(driver, "pane_2_canvas"), Qt.Key(Qt.Key.Key_1 + place))
    driver.settle()
    assert title(driver, 2).startswith(title_of(list(Quantity)[place]))


@pytest.mark.parametrize("place", range(len(Theme)))
def test_each_theme_of_the_menu_paints_the_window(driver: Driver, place: int) -> None:
    theme = list(Theme)[place]
    click(driver.window.listings.themes, place)
    assert driver.window.theme is theme
    wanted = driver.window.colors.window
    driver.until(lambda: driver.window.grab().toImage().pixelColor(2, 2).name() == wanted)
    assert driver.window.preferences.theme is theme


@pytest.mark.parametrize("place", range(len(PRESETS)))
def test_each_preset_of_the_menu_measures_by_its_settings(driver: Driver, place: int) -> None:
    click(driver.window.listings.presets, place)
    driver.settle()
    assert driver.session.document.metric == list(PRESETS.values())[place]


@pytest.mark.parametrize("place", range(len(samples())))
def test_each_sample_of_the_menu_is_opened(driver: Driver, place: int) -> None:
    click(driver.window.listings.samples, place)
    driver.settle()
    opened = driver.session.document.opened
    assert opened is not None
    names = opened.reference.name + opened.distorted.name
    assert samples()[place].title in names or samples()[place].name in names
