"""The types of distortion to tick, family by family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.distortions import catalogue
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECKABLE = Qt.ItemFlag.ItemIsUserCheckable
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class TypeTree(QWidget):
    """A tree of families; ticking a family ticks all of its types.

    Signals
    -------
    chosen
        Carries the names of the ticked types, in the order of the catalogue.

    Parameters
    ----------
    name
        What its parts are called after.
    few
        The types that a button beside "All" and "None" ticks.
    """

    chosen = Signal(object)

    def __init__(self, name: str, few: Sequence[str]) -> None:
        super().__init__()
        self._tree = QTreeWidget()
        self._tree.setHeaderHidden(True)
        name_control(
            self._tree, name, tr("Types of distortion"), tr("Space ticks a type or a family.")
        )
        self._tree.verticalScrollBar().setAccessibleName(tr("Scroll the types"))
        self._tree.horizontalScrollBar().setAccessibleName(tr("Scroll the types sideways"))
        self._items: dict[str, QTreeWidgetItem] = {}
        self._fill()
        row = QHBoxLayout()
        row.setSpacing(4)
        sets = (
            ("few", tr("Classic"), tuple(few)),
            ("all", tr("All"), (*catalogue(),)),
            ("none", tr("None"), ()),
        )
        for part, title, names in sets:
            button = QPushButton(title)
            name_control(
                button, f"{name}_{part}", tr("Tick: {title}", title=title.lower()), _TIPS[part]
            )
            button.clicked.connect(lambda _=False, names=names: self.chosen.emit(names))
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 2)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._tree, 1)
        self._tree.itemChanged.connect(self._tell)

    def show_names(self, names: Sequence[str]) -> None:
        """Tick exactly these, without telling."""
        with QSignalBlocker(self._tree):
            for name, item in self._items.items():
                item.setCheckState(0, ON if name in names else OFF)

    def _fill(self) -> None:
        families: dict[str, QTreeWidgetItem] = {}
        for name, kind in catalogue().items():
            if kind.family not in families:
                families[kind.family] = top = QTreeWidgetItem(self._tree, [tr(kind.family)])
                top.setFlags(top.flags() | CHECKABLE | Qt.ItemFlag.ItemIsAutoTristate)
            item = QTreeWidgetItem(families[kind.family], [tr(kind.title)])
            item.setFlags(item.flags() | CHECKABLE)
            item.setToolTip(0, "\n".join(tr(text) for text in (kind.meaning, *kind.known_as)))
            item.setCheckState(0, OFF)
            self._items[name] = item

    def _tell(self) -> None:
        self.chosen.emit(
            tuple(name for name, item in self._items.items() if item.checkState(0) == ON)
        )


_TIPS = {
    "few": QT_TR_NOOP("Tick the types of the published figure."),
    "all": QT_TR_NOOP("Tick every type of the catalogue."),
    "none": QT_TR_NOOP("Untick every type."),
}
