"""The bar of the scores: as wide as the window, without margins in every theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QToolBar, QWidget

from ssim_viewer.ui.text import tr


class ScoreBar(QToolBar):
    """A bar that holds the strip of scores, and nothing else."""

    def __init__(self, strip: QWidget) -> None:
        super().__init__(tr("Scores"))
        self.setObjectName("score_bar")
        self.setMovable(False)
        self.addWidget(strip)
        self._leave_no_margin()

    def changeEvent(self, event: QEvent) -> None:
        """Take back the margins that a tool bar gets with each style."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._leave_no_margin()

    def _leave_no_margin(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
