"""A part of a column that folds under its heading."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ssim_viewer.ui.controls.fields import name_control


class Section(QFrame):
    """A heading and, below it while it is open, the body."""

    def __init__(self, title: str, name: str, body: QWidget) -> None:
        super().__init__()
        self._body = body
        self._heading = QToolButton()
        self._heading.setText(title)
        self._heading.setCheckable(True)
        self._heading.setChecked(True)
        self._heading.setAutoRaise(True)
        self._heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        font = self._heading.font()
        font.setWeight(QFont.Weight.DemiBold)
        self._heading.setFont(font)
        name_control(self._heading, name, title, f"Fold or unfold the settings: {title}.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(body)
        self._heading.toggled.connect(self._fold)
        self._fold(True)

    def unfold(self) -> None:
        """Show the body."""
        self._heading.setChecked(True)

    def _fold(self, opened: bool) -> None:  # noqa: FBT001 - the signal's own
        self._heading.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self._body.setVisible(opened)
