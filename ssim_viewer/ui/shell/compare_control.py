"""The menu of ways to compare in the tool bar, and beside it the setting of the mode that is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QToolButton, QWidget

from ssim_viewer.session.command import Command
from ssim_viewer.session.comparison import Comparison, Mode
from ssim_viewer.ui.shell.rows.compare import COMPARE
from ssim_viewer.ui.shell.rows.row import Line
from ssim_viewer.ui.shell.rows.view_actions import with_setting
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.shell.actions import Actions
    from ssim_viewer.ui.theme.colors import Colors

_ENDS = 1000
"""Steps of the slider from one end to the other."""


class CompareControl(QWidget):
    """Follows the active pane: opacity, rate, gain, or the place of the divider.

    Signals
    -------
    intended
        Carries the intent `Compare`.
    """

    intended = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._shown: Comparison | None = None
        self._button = QToolButton(self)
        self._button.setText(tr("Compare"))
        self._button.setAutoRaise(True)
        self._button.setObjectName("compare_button")
        self._button.setAccessibleName(tr("Compare"))
        self._button.setToolTip(tr("The ways to see the reference and what a pane shows."))
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._button.setMenu(_menu(self._button, actions))
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName("compare_setting")
        self._slider.setRange(0, _ENDS)
        self._slider.setFixedWidth(96)
        self._value = QLabel(self)
        self._value.setObjectName("compare_value")
        self._value.setFont(tabular(self._value.font()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._button, self._slider, self._value):
            row.addWidget(widget)
            widget.setVisible(widget is self._button)
        self._slider.valueChanged.connect(self._change)

    def show_session(self, session: Session) -> None:
        """Show the setting of the mode of the active pane."""
        self._session = session
        comparison = session.look.comparing
        if comparison == self._shown:
            return
        self._shown = comparison
        scale = comparison.scale
        for widget in (self._slider, self._value):
            widget.setVisible(scale is not None)
        if scale is None:
            return
        self._slider.blockSignals(True)
        if not self._slider.isSliderDown():
            self._slider.setValue(round(comparison.fraction * _ENDS))
        self._slider.setSingleStep(round(_ENDS / scale.steps))
        self._slider.setPageStep(round(2 * _ENDS / scale.steps))
        self._slider.blockSignals(False)
        words = tr(scale.words)
        self._slider.setAccessibleName(words)
        self._slider.setToolTip(tr("{what}. Alt+Left and Alt+Right change it too.", what=words))
        self._value.setText(comparison.value_text())
        self._value.setAccessibleName(f"{words} {comparison.value_text()}")

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        self._value.setStyleSheet(f"color: {colors.text};")

    def _change(self, value: int) -> None:
        if self._session is not None:
            changed = self._session.look.comparing.at(value / _ENDS)
            if changed.mode is not Mode.ALONE:
                self.intended.emit(with_setting(self._session, changed))


def _menu(parent: QWidget, actions: Actions) -> QMenu:
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for row in COMPARE:
        if isinstance(row, Line):
            menu.addSeparator()
        elif isinstance(row, Command):
            menu.addAction(actions[row.id])
    return menu
