"""A submenu for each metric of the catalogue, with the maps that it has, in a pane's menu."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QActionGroup

from ssim_viewer.metrics import catalogue
from ssim_viewer.session.family import FIRST_MAP, GRADIENT, SSIM, MetricLayer
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from ssim_viewer.metrics import MetricEntry, Quantity
    from ssim_viewer.session.measurement import Measurements

MANY = 20
"""More maps than these stand in a submenu for each scale."""
UNKNOWN_MAP = QT_TR_NOOP("Its map")
"""Stands for the maps of a metric that has not been measured: choosing it measures them."""


class LayerMenus(QObject):
    """Fills a submenu a metric when it opens, since what maps there are depends on the images.

    Signals
    -------
    chosen
        Carries the `MetricLayer` that is wanted.
    """

    chosen = Signal(object)

    def __init__(self, prefix: str, menu: QMenu) -> None:
        super().__init__(menu)
        self._prefix = prefix
        self._family: Measurements | None = None
        self._shown: Quantity | MetricLayer | None = None
        self.menus = {
            entry.name: self._add_menu(menu, entry)
            for entry in catalogue().values()
            if entry.name != SSIM  # whose maps are the quantities above
        }

    def show_family(self, family: Measurements | None) -> None:
        """Take over which maps there are."""
        self._family = family

    def show_content(self, content: Quantity | MetricLayer) -> None:
        """Take over what the pane shows."""
        self._shown = content

    def _add_menu(self, menu: QMenu, entry: MetricEntry) -> QMenu:
        submenu = menu.addMenu(entry.symbol)
        submenu.setObjectName(f"{self._prefix}_{_name(entry.name)}")
        submenu.setToolTip(tr(entry.title))
        submenu.aboutToShow.connect(partial(self._fill, submenu, entry.name))
        return submenu

    def _fill(self, menu: QMenu, metric: str) -> None:
        for before in menu.findChildren(QActionGroup):
            before.deleteLater()
        for scale in menu.findChildren(type(menu)):
            scale.deleteLater()
        menu.clear()
        group = QActionGroup(menu)
        layers = self._family.layers_of(metric) if self._family else ()
        maps = [(name, name) for name in layers if name != GRADIENT] or [(UNKNOWN_MAP, FIRST_MAP)]
        for text, layer in maps:
            place = self._scale_menu(menu, text) if len(maps) > MANY else menu
            self._add_layer(place, group, text, MetricLayer(metric, layer))
        if not catalogue()[metric].has_gradient:
            return
        menu.addSeparator()
        self._add_layer(menu, group, GRADIENT, MetricLayer(metric, GRADIENT))

    def _scale_menu(self, menu: QMenu, text: str) -> QMenu:
        """Return the submenu of the scale that a map belongs to."""
        scale = text.rpartition(", ")[2]
        name = f"{menu.objectName()}_{_name(scale)}"
        found = menu.findChild(type(menu), name, Qt.FindChildOption.FindDirectChildrenOnly)
        if found is None:
            found = menu.addMenu(scale[0].upper() + scale[1:])
            found.setObjectName(name)
        return found

    def _add_layer(self, menu: QMenu, group: QActionGroup, text: str, layer: MetricLayer) -> None:
        words = tr(text)
        action = menu.addAction(words[0].upper() + words[1:])
        action.setObjectName(f"{menu.objectName()}_{_name(text)}")
        action.setCheckable(True)
        group.addAction(action)
        action.setChecked(layer == self._on_screen)
        action.triggered.connect(lambda: self.chosen.emit(layer))

    @property
    def _on_screen(self) -> Quantity | MetricLayer | None:
        """The map that is shown, also where another one was wanted."""
        shown = self._shown
        if isinstance(shown, MetricLayer) and self._family is not None:
            return self._family.found(shown) or shown
        return shown


def _name(text: str) -> str:
    return "_".join(re.findall(r"\w+", text.lower()))
