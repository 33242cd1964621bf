"""The menu of a pane for a mode of comparing of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ssim_viewer.session.comparison import Mode
from ssim_viewer.ui.text import QT_TR_NOOP, tr

_ENTRIES: tuple[tuple[str, str, Mode | None], ...] = (
    ("common", QT_TR_NOOP("As in all panes"), None),
    ("alone", QT_TR_NOOP("Picture alone"), Mode.ALONE),
    ("wipe", QT_TR_NOOP("Wipe"), Mode.WIPE),
    ("blink", QT_TR_NOOP("Blink automatically"), Mode.BLINK),
    ("overlay", QT_TR_NOOP("Overlay"), Mode.OVERLAY),
    ("difference", QT_TR_NOOP("Amplified difference"), Mode.DIFFERENCE),
)


class ModeMenu(QMenu):
    """One entry for each mode, and one for the mode of all panes.

    Signals
    -------
    chosen
        Carries the `Mode`, or None for that of all panes.
    """

    chosen = Signal(object)

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(tr("Co&mpare in this pane"), parent)
        self._group = QActionGroup(self)
        self._actions = {mode: self._add(number, name, text) for name, text, mode in _ENTRIES}
        for mode, action in self._actions.items():
            action.triggered.connect(lambda _=False, mode=mode: self.chosen.emit(mode))

    def tick(self, own: Mode | None) -> None:
        """Tick the mode of the pane alone; None follows that of all panes."""
        self._actions[own].setChecked(True)

    def _add(self, number: int, name: str, text: str) -> QAction:
        action = self.addAction(tr(text))
        action.setObjectName(f"pane_{number}_compare_{name}")
        action.setCheckable(True)
        self._group.addAction(action)
        return action
