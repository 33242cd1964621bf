"""Whoever works by keys sees where the focus is, on every control."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ssim_viewer.ui.theme.colors import Theme
from tests.app.conftest import Driver


def focusable(window: QWidget) -> list[QWidget]:
    """Return the controls that Tab reaches; a label with a link marks the link itself."""
    tab = Qt.FocusPolicy.TabFocus
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and bool(each.focusPolicy() & tab)
        and each.focusProxy() is None
        and not each.visibleRegion().isEmpty()
        and not isinstance(each, QLabel)
    ]


def pictures_of(widget: QWidget) -> tuple[QImage, QImage]:
    QCoreApplication.processEvents()
    around = widget.parentWidget() or widget
    return widget.grab().toImage(), around.grab().toImage()


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK, Theme.HIGH_CONTRAST])
@pytest.mark.parametrize("workspace", ["compare", "explain", "experiment"])
def test_the_focus_can_be_seen(driver: Driver, theme: Theme, workspace: str) -> None:
    driver.window.set_theme(theme)
    driver.trigger(f"workspace_{workspace}")
    driver.settle()
    unseen = []
    for each in focusable(driver.window):
        if (focused := QApplication.focusWidget()) is not None:
            focused.clearFocus()
        before = pictures_of(each)
        each.setFocus(Qt.FocusReason.TabFocusReason)
        driver.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # as Tab does
        if pictures_of(each) == before:
            unseen.append(each.objectName() or type(each).__name__)
    assert not unseen
