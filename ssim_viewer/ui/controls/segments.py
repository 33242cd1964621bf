"""A few buttons in one frame of which one is down: a choice that can be seen whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.ui.theme.colors import Colors


class Segments(QWidget):
    """One of a few values, all on screen; arrow keys go from one to the next.

    Signals
    -------
    chosen
        Carries the value.

    Parameters
    ----------
    options
        The words, the value, the object name and the tooltip of each.
    """

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[str, Any, str, str]]) -> None:
        super().__init__()
        self._values = [value for _, value, _, _ in options]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, (text, _, name, tip) in enumerate(options):
            button = QPushButton(tr(text))
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            name_control(button, name, text, tip)
            button.setProperty("place", _place(index, len(options)))
            self._group.addButton(button, index)
            row.addWidget(button, 1)
        self._group.idToggled.connect(self._toggle)

    def show_value(self, value: object) -> None:
        """Show a value without telling."""
        with QSignalBlocker(self._group):
            self._group.button(self._values.index(value)).setChecked(True)
        self._lead_tab_to_choice()

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self.setStyleSheet(
            f"QPushButton {{ background: {colors.raised}; color: {colors.text};"
            f" border: 1px solid {colors.line}; padding: 4px 6px; }}"
            f"QPushButton:hover {{ background: {colors.window}; }}"
            f"QPushButton:checked {{ background: {colors.accent}; color: {colors.on_accent};"
            f" border-color: {colors.accent}; }}"
            f"QPushButton:focus {{ border-color: {colors.text}; }}"
            f"QPushButton:disabled {{ color: {colors.muted}; }}"
            f"QPushButton:checked:disabled {{ background: {colors.line}; color: {colors.muted};"
            f" border-color: {colors.line}; }}"
            'QPushButton[place="first"] { border-top-left-radius: 4px;'
            " border-bottom-left-radius: 4px; border-right: none; }"
            'QPushButton[place="last"] { border-top-right-radius: 4px;'
            " border-bottom-right-radius: 4px; }"
        )

    def _lead_tab_to_choice(self) -> None:
        """Let Tab come to the button that is down; from there the arrow keys go on."""
        for button in self._group.buttons():
            down = button.isChecked()
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if down else Qt.FocusPolicy.ClickFocus)

    def _toggle(self, index: int, checked: bool) -> None:  # noqa: FBT001 - the signal's own
        if checked:
            self._lead_tab_to_choice()
            self.chosen.emit(self._values[index])


def _place(index: int, count: int) -> str:
    if index == 0:
        return "first"
    return "last" if index == count - 1 else "middle"
