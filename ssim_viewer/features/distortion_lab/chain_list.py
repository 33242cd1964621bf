"""The chain as a list: on and off, order, choosing one, adding and removing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.distortions import catalogue, get_distortion
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from ssim_viewer.features.distortion_lab.recipe import DistortionRecipe
    from ssim_viewer.ui.theme.colors import Colors

_BUTTONS = (
    ("up", QT_TR_NOOP("Move up"), "arrow-up", QT_TR_NOOP("Apply this distortion earlier.")),
    ("down", QT_TR_NOOP("Move down"), "arrow-down", QT_TR_NOOP("Apply this distortion later.")),
    (
        "remove",
        QT_TR_NOOP("Remove"),
        "delete-outline",
        QT_TR_NOOP("Take this distortion out of the chain."),
    ),
)


class ChainList(QWidget):
    """Shows the links of a recipe.

    Signals
    -------
    chosen
        Carries the place of a link.
    switched
        Carries the place of a link and whether it shall be on.
    added
        Carries the name of a type.
    moved
        Carries -1 or 1.
    removed
        The chosen link shall go.
    """

    chosen = Signal(int)
    switched = Signal(int, bool)
    added = Signal(str)
    moved = Signal(int)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._list = QListWidget()
        self._list.verticalScrollBar().setAccessibleName(tr("Scroll the chain"))
        self._list.horizontalScrollBar().setAccessibleName(tr("Scroll the chain sideways"))
        name_control(
            self._list,
            "distortion_chain",
            tr("Chain of distortions"),
            tr("Applied from top to bottom."),
        )
        self._list.setMinimumHeight(72)
        self._list.setMaximumHeight(120)
        self._buttons = {name: QToolButton() for name, *_ in _BUTTONS}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(self._row_of_buttons())
        column.addWidget(self._list)
        self._list.currentRowChanged.connect(self._choose)
        self._list.itemChanged.connect(self._switch)

    def show_recipe(self, recipe: DistortionRecipe) -> None:
        """Show the links of a recipe without telling."""
        with QSignalBlocker(self._list):
            self._fit_rows(len(recipe.links))
            for place, link in enumerate(recipe.links):
                kind = get_distortion(link.name)
                item = self._list.item(place)
                item.setText(f"{tr(kind.title)}  {link.strength:.4g} {tr(kind.unit)}".rstrip())
                item.setToolTip(tr(kind.meaning))
                state = Qt.CheckState.Checked if link.on else Qt.CheckState.Unchecked
                item.setCheckState(state)
            self._list.setCurrentRow(recipe.current if recipe.links else -1)
        self._buttons["up"].setEnabled(recipe.current > 0)
        self._buttons["down"].setEnabled(recipe.current < len(recipe.links) - 1)
        self._buttons["remove"].setEnabled(bool(recipe.links))

    def restyle(self, colors: Colors) -> None:
        """Paint the icons in the colours of a theme."""
        for name, _, icon, _ in _BUTTONS:
            self._buttons[name].setIcon(themed_icon(icon, colors))

    def _fit_rows(self, count: int) -> None:
        while self._list.count() > count:
            self._list.takeItem(self._list.count() - 1)
        while self._list.count() < count:
            item = QListWidgetItem()
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self._list.addItem(item)

    def _row_of_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        add = QToolButton()
        add.setText(tr("Add distortion"))
        add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        add.setMenu(self._menu(add))
        name_control(add, "distortion_add", tr("Add distortion"), tr("Add one more to the chain."))
        row.addWidget(add)
        row.addStretch(1)
        for name, title, _, tip in _BUTTONS:
            button = self._buttons[name]
            name_control(button, f"distortion_{name}", title, tip)
            row.addWidget(button)
        self._buttons["up"].clicked.connect(lambda: self.moved.emit(-1))
        self._buttons["down"].clicked.connect(lambda: self.moved.emit(1))
        self._buttons["remove"].clicked.connect(self.removed)
        return row

    def _menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        families: dict[str, QMenu] = {}
        for name, kind in catalogue().items():
            if kind.family not in families:
                families[kind.family] = menu.addMenu(tr(kind.family))
                families[kind.family].setToolTipsVisible(True)
            action = families[kind.family].addAction(tr(kind.title))
            action.setObjectName(f"distortion_add_{name}")
            action.setToolTip("\n".join(tr(text) for text in (kind.meaning, *kind.known_as)))
            action.triggered.connect(lambda _on=False, name=name: self.added.emit(name))
        return menu

    def _choose(self, place: int) -> None:
        if place >= 0:
            self.chosen.emit(place)

    def _switch(self, item: QListWidgetItem) -> None:
        self.switched.emit(self._list.row(item), item.checkState() is Qt.CheckState.Checked)
