"""All words of the program larger or smaller at once, for people at the far end of a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget
from superqt import QElidingLabel

from ssim_viewer.ui.plots.base_plot import scale_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QFont


class LargeType:
    """Scales the font of the application, and every font that a widget has of its own.

    Widgets that are made in between take the font of the application, so that they fit in.

    Parameters
    ----------
    window
        Whose widgets are looked through. All widgets of the application are not asked for: some of
        them may just be destroyed.

    Attributes
    ----------
    factor
        How many times larger than at first.
    others
        Returns the windows beside it that are there now.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.factor = 1.0
        self.others: Callable[[], Iterable[QWidget]] = tuple

    def scale(self, factor: float) -> None:
        """Write everything so many times as large as at first."""
        change, self.factor = factor / self.factor, factor
        if change == 1:
            return
        own = [each for each in self._widgets() if _has_own_font(each)]
        fonts = [_scaled(each.font(), change) for each in own]
        QApplication.setFont(_scaled(QApplication.font(), change))
        for widget, font in zip(own, fonts, strict=True):
            widget.setFont(font)
        for widget in self._widgets():
            if isinstance(widget, pg.PlotWidget):
                scale_type(widget, factor)
            elif widget.styleSheet():
                widget.setStyleSheet(widget.styleSheet())  # it keeps the font it was made with
            elif isinstance(widget, QElidingLabel):
                widget.setText(widget.text())  # it was cut for the font before
            if isinstance(widget, QDockWidget):
                widget.setFont(_title_font())

    def _widgets(self) -> list[QWidget]:
        windows = (self._window, *self.others())
        return [each for window in windows for each in (window, *window.findChildren(QWidget))]


def _title_font() -> QFont:
    """Return the font of a dock's title.

    A dock whose font is that of the application writes its title in the one that it was made with,
    so that its own has to be another one, be it by a hair.
    """
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() + 0.01)
    return font


def _has_own_font(widget: QWidget) -> bool:
    return widget.testAttribute(Qt.WidgetAttribute.WA_SetFont)


def _scaled(font: QFont, factor: float) -> QFont:
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    else:
        font.setPixelSize(max(1, round(font.pixelSize() * factor)))
    return font
