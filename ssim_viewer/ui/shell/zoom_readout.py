"""The zoom in percent, in the status line; and why no values are drawn, while they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from ssim_viewer.ui.controls.fields import set_text_color
from ssim_viewer.ui.pane.pixel_values import SMALLEST_CELL
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import LIGHT, tabular

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.pane.pane_grid import PaneGrid
    from ssim_viewer.ui.shell.shell_window import ActionTable
    from ssim_viewer.ui.theme.colors import Colors


class ZoomReadout(QWidget):
    """Follows the navigation of the panes; its menu holds the ways to zoom."""

    def __init__(
        self, panes: PaneGrid, actions: ActionTable, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._panes = panes
        self._colors = LIGHT
        self._wanted = self._opened = False
        self._hint = QLabel(self)
        self._hint.setObjectName("values_hint")
        self._hint.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._hint.linkActivated.connect(lambda _: panes.show_values_closely())
        self._zoom = QToolButton(self)
        self._zoom.setObjectName("zoom")
        self._zoom.setAutoRaise(True)
        self._zoom.setFont(tabular(self._zoom.font()))
        self._zoom.setToolTip(tr("Screen pixels for each image pixel, in percent. Click to zoom."))
        self._zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._zoom)
        for name in ("fit", "actual_pixels", "zoom_in", "zoom_out"):
            menu.addAction(actions[name])
        self._zoom.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._hint)
        row.addWidget(self._zoom)
        panes.navigation.changed.connect(self._follow)
        self._follow()

    def show_session(self, session: Session) -> None:
        """Take over whether values are wanted on pixels."""
        self._wanted = session.look.pixel_values
        self._opened = session.document.pair is not None
        self._follow()

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        self._hint.setText("")
        set_text_color(self._hint, colors.text)
        self._zoom.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._follow()

    def _follow(self) -> None:
        zoom = self._panes.navigation.zoom
        text = percent(zoom) if self._opened else ""
        if text != self._zoom.text():
            self._zoom.setText(text)
            self._zoom.setAccessibleName(tr("Zoom {text}", text=text))
        self._zoom.setVisible(self._opened)
        hint = ""
        if self._wanted and self._opened and not self._panes.shows_values:
            needed = percent(SMALLEST_CELL * self._panes.devicePixelRatioF())
            words = tr("zoom in")
            link = f'<a style="color: {self._colors.accent}" href="#">{words}</a>'
            hint = tr("Pixel values have room from {needed} on: {link}", needed=needed, link=link)
        if hint != self._hint.text():
            self._hint.setText(hint)
        self._hint.setVisible(bool(hint))


def percent(zoom: float) -> str:
    """Return a zoom in percent, such as ``45 %``; with a decimal below ten."""
    value = 100 * zoom
    return f"{value:.0f} %" if value >= 10 else f"{value:.1f} %"
