"""The title of a pane, which is also the menu of what the pane shows and how it is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from ssim_viewer.metrics import Quantity
from ssim_viewer.session.map_scale import USUAL_SCALE
from ssim_viewer.session.maps import map_contents, map_spec
from ssim_viewer.ui.pane.layer_menus import LayerMenus
from ssim_viewer.ui.pane.mode_menu import ModeMenu
from ssim_viewer.ui.pane.quantities import meaning_of
from ssim_viewer.ui.pane.scale_menu import fill_scale_menu
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from ssim_viewer.session.color_scale import ColorScale
    from ssim_viewer.session.comparison import Mode
    from ssim_viewer.session.family import MetricLayer
    from ssim_viewer.session.map_scale import MapScale
    from ssim_viewer.ui.theme.colors import Colors

EXPORTS = (
    ("native", QT_TR_NOOP("Export this pane at &native resolution…")),
    ("as shown", QT_TR_NOOP("Export this pane &as shown, with colour bar…")),
    ("values", QT_TR_NOOP("Export the &values of this pane…")),
)


class PaneMenu(QToolButton):
    """A flat button with the pane's title and a menu.

    Signals
    -------
    chosen
        Carries the quantity, or the map of another metric, that the pane is wanted to show.
    export_wanted
        Carries ``"native"``, ``"as shown"`` or ``"values"``.
    rescaled
        Carries the `MapScale` that is wanted for what the pane shows.
    compared
        Carries the `Mode` that is wanted for the pane alone, or None to follow all panes.
    """

    chosen = Signal(object)
    export_wanted = Signal(str)
    rescaled = Signal(object)
    compared = Signal(object)

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self._shown: tuple[object, ...] = ()
        self._scaled: tuple[ColorScale | None, MapScale] = (None, USUAL_SCALE)
        self.setObjectName(f"pane_{number}_menu")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self._group = QActionGroup(menu)
        self._actions = {
            content: self._add_map(menu, number, content)
            for number, content in enumerate(map_contents())
        }
        menu.addSeparator()
        others = menu.addMenu(tr("&Other metrics"))
        others.setObjectName(f"pane_{number}_metrics")
        self.layers = LayerMenus(f"pane_{number}_show", others)
        self.layers.chosen.connect(self.chosen)
        menu.addSeparator()
        self._scale_menu = menu.addMenu(tr("&Colours and range"))
        self._scale_menu.setObjectName(f"pane_{number}_scale")
        self._scale_menu.aboutToShow.connect(self._fill_scale_menu)
        menu.addSeparator()
        self._modes = ModeMenu(number, menu)
        self._modes.chosen.connect(self.compared)
        menu.addMenu(self._modes)
        menu.addSeparator()
        for kind, text in EXPORTS:
            self._add_export(menu, kind, text)
        self.setMenu(menu)

    def _add_map(self, menu: QMenu, number: int, content: Quantity | MetricLayer) -> QAction:
        # The key stands there to be learnt; the window's own action answers it.
        spec = map_spec(content)
        key = f"\t{number + 1}" if isinstance(content, Quantity) else ""
        action = menu.addAction(f"{tr(spec.title)}{key}")
        action.setObjectName(f"pane_{self._number}_show_{_name(spec.id)}")
        action.setToolTip(tr(spec.meaning))
        action.setCheckable(True)
        self._group.addAction(action)
        action.triggered.connect(lambda: self.chosen.emit(content))
        return action

    def show_scale(self, scale: ColorScale | None, chosen: MapScale) -> None:
        """Offer other colours of a map."""
        self._scaled = (scale, chosen)
        self._scale_menu.menuAction().setEnabled(scale is not None)

    def _fill_scale_menu(self) -> None:
        scale, chosen = self._scaled
        if scale is not None:
            fill_scale_menu(self._scale_menu, scale, chosen, self.rescaled.emit)

    def show_mode(self, own: Mode | None) -> None:
        """Tick the mode of comparing of the pane alone; None follows that of all panes."""
        self._modes.tick(own)

    def _add_export(self, menu: QMenu, kind: str, text: str) -> None:
        action = menu.addAction(tr(text))
        action.setObjectName(f"pane_{self._number}_export_{_name(kind)}")
        action.triggered.connect(lambda: self.export_wanted.emit(kind))

    def show_content(
        self, content: Quantity | MetricLayer, title: str, *, exportable: bool
    ) -> None:
        """Say what the pane shows."""
        shown = (content, title, exportable)
        if shown == self._shown:
            return
        self._shown = shown
        self.setText(f"{title}  ▾")
        self.setToolTip(tr("{meaning} Click to show something else.", meaning=meaning_of(content)))
        self.setAccessibleName(tr("Pane {number} shows {title}", number=self._number, title=title))
        self.layers.show_content(content)
        for each, action in self._actions.items():
            action.setChecked(each == content)
        for action in self.menu().actions()[-len(EXPORTS) :]:
            action.setEnabled(exportable)

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        self.setStyleSheet(
            "QToolButton { border: none; padding: 0 4px; font-weight: 600; }"
            "QToolButton::menu-indicator { image: none; }"
            f"QToolButton:hover, QToolButton:focus {{ color: {colors.accent}; }}"
        )


def _name(text: str) -> str:
    return text.lower().replace(" ", "_").replace("-", "_")
