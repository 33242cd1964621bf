"""A part of a column that folds under its heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont
from superqt import QCollapsible

from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


OPEN, FOLDED = "▼", "▶"

HEADING = """
QPushButton, QPushButton:checked {{
    text-align: left; padding: 0px; background: transparent; border: 1px solid transparent;
    color: {text};
}}
QPushButton:focus {{ border: 1px solid {focus}; }}
"""
"""A heading looks like text, and like a button only while it has the focus."""


class Section(QCollapsible):
    """A heading and, below it while it is open, the body."""

    def __init__(self, title: str, name: str, body: QWidget) -> None:
        title = tr(title)
        super().__init__(title, expandedIcon=OPEN, collapsedIcon=FOLDED)
        self.setDuration(0)
        for layout, above in ((self.layout(), 4), (self.content().layout(), 0)):
            if layout is not None:
                layout.setContentsMargins(0, above, 0, 0)
        heading = self.toggleButton()
        font = heading.font()
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        name_control(heading, name, title, tr("Fold or unfold the settings: {title}.", title=title))
        self._paint()
        self.addWidget(body)
        self.toggled.connect(self.content().setVisible)  # what is folded takes no focus
        self.unfold()

    def changeEvent(self, event: QEvent) -> None:
        """Give the heading, which has a style sheet of its own, the colours of another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._paint()

    def _paint(self) -> None:
        palette = self.palette()
        text, focus = palette.windowText().color().name(), palette.highlight().color().name()
        self.toggleButton().setStyleSheet(HEADING.format(text=text, focus=focus))
        self.setExpandedIcon(OPEN)
        self.setCollapsedIcon(FOLDED)

    def unfold(self) -> None:
        """Show the body."""
        self.expand(animate=False)
