"""The navigator: the whole image in a corner while only a part of it is seen."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from superqt import QElidingLabel

from ssim_viewer.session.intents import SelectRegion, Tell
from ssim_viewer.session.region import Region
from ssim_viewer.ui.pane.navigator import Navigator
from tests.app.conftest import SIZE, Driver


def navigator_of(driver: Driver) -> Navigator:
    found = driver.window.findChild(Navigator, "navigator")
    assert found is not None
    return found


def test_it_is_seen_only_while_a_part_of_the_image_is_not(driver: Driver) -> None:
    navigator = navigator_of(driver)
    assert not navigator.isVisible()
    driver.window.panes.navigation.zoom_to(16.0)
    assert navigator.isVisible()
    driver.trigger("fit")
    assert not navigator.isVisible()


def test_a_drag_in_it_moves_what_all_panes_show(driver: Driver) -> None:
    navigation = driver.window.panes.navigation
    navigation.zoom_to(16.0)
    navigator = navigator_of(driver)
    place = QPoint(navigator.width() // 4, navigator.height() // 2)
    QTest.mousePress(navigator, Qt.MouseButton.LeftButton, pos=place)
    target = QPoint(navigator.width() // 2, navigator.height() // 4)
    QTest.mouseMove(navigator, target)
    QTest.mouseRelease(navigator, Qt.MouseButton.LeftButton, pos=target)
    x, y = navigation.centre
    assert navigation.zoom == 16.0
    assert abs(x - SIZE * target.x() / navigator.width()) < 1
    assert abs(y - SIZE * target.y() / navigator.height()) < 1


def test_it_covers_no_word_of_a_notice(driver: Driver) -> None:
    driver.want(Tell("One sentence."))
    driver.window.panes.navigation.zoom_to(16.0)
    navigator, bar = navigator_of(driver), driver.window.notice_bar
    both = navigator.geometry() & bar.geometry()
    assert bar.isVisible()
    assert navigator.isVisible()
    assert both.isEmpty() or driver.window.panes.childAt(both.center()) is not navigator


def test_it_can_be_switched_off_for_good(driver: Driver) -> None:
    driver.trigger("show_navigator")
    driver.window.panes.navigation.zoom_to(16.0)
    assert not navigator_of(driver).isVisible()
    assert driver.window.preferences.text("navigator") == "hidden"


def test_a_click_on_the_numbers_of_the_region_copies_them(driver: Driver) -> None:
    driver.want(SelectRegion(Region(8, 8, 24, 24)))
    label = driver.window.findChild(QElidingLabel, "region_readout")
    assert label is not None
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert "MSSIM" in QGuiApplication.clipboard().text()
