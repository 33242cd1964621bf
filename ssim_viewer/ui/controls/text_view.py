"""Selectable text that changes often: it is laid out alone, not with everything around it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class TextView(QTextBrowser):
    """Shows HTML in a height of its own, which changes only when the text needs another one.

    A label that wraps asks all its neighbours for their heights whenever its text changes, which
    costs several milliseconds; this view does not.
    """

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._html = ""
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setFont(tabular(self.font()))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def show_html(self, html: str) -> None:
        """Show a text, unless it is there already."""
        if html != self._html:
            self._html = html
            self.setHtml(html)
            self._fit()

    def sizeHint(self) -> QSize:
        """Return the size of the text."""
        return QSize(200, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = math.ceil(self.document().size().height())
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
