"""The grid of panes: six panes that look at the same place of the pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ssim_viewer.session.intents import SelectRegion
from ssim_viewer.views.image_pane import ImagePane
from ssim_viewer.views.navigation import Navigation
from ssim_viewer.views.pane_content import content_picture
from ssim_viewer.views.selection import Selection

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage, QShowEvent

    from ssim_viewer.metrics import Quantity
    from ssim_viewer.session.family import MetricLayer
    from ssim_viewer.session.state import Layout, Session
    from ssim_viewer.views.theme import Colors

PANES = 6


class PaneGrid(QWidget):
    """Shows the panes of the session's layout, linked exactly.

    Signals
    -------
    intended
        Carries intents of the panes.
    hovered
        Carries the pixel (x, y) under the cursor, or None.
    export_requested
        Carries a pane's index and ``"native"``, ``"as shown"`` or ``"values"``.
    """

    intended = Signal(object)
    hovered = Signal(object)
    export_requested = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane_grid")
        self.setAccessibleName("Image panes")
        self.navigation = Navigation(self)
        self.selection = Selection(self.navigation, self)
        self.selection.selected.connect(lambda region: self.intended.emit(SelectRegion(region)))
        self.panes = tuple(
            ImagePane(index, self.navigation, self.selection, self) for index in range(PANES)
        )
        self._layout: Layout | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)
        for pane in self.panes:
            pane.intended.connect(self.intended)
            pane.export_requested.connect(self.export_requested)
            pane.canvas.hovered.connect(self._hover)
            pane.canvas.resized.connect(self._measure)

    def show_session(self, session: Session) -> None:
        """Show the session."""
        self._lay_out(session.look.layout)
        if (pair := session.document.pair) is not None:
            self.navigation.set_size(pair.reference.width, pair.reference.height)
        for pane in self.panes:
            if not pane.isHidden():
                pane.show_session(session)

    def show_pictures(self, session: Session) -> None:
        """Show another step of the pair on screen: the pictures, without any words."""
        for pane in self.panes:
            if not pane.isHidden():
                pane.show_picture(session)

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        for pane in self.panes:
            pane.restyle(colors)

    def fit(self) -> None:
        """Show the whole image in every pane."""
        self.navigation.fit()

    def actual_pixels(self) -> None:
        """Show one image pixel as one device pixel."""
        self.navigation.actual_pixels()

    def zoom_in(self) -> None:
        """Zoom in about the centre."""
        self.navigation.zoom_in()

    def zoom_out(self) -> None:
        """Zoom out about the centre."""
        self.navigation.zoom_out()

    def picture_as_shown(self, pane: int) -> QImage:
        """Return what is seen in a pane, with its colour bar, in device pixels."""
        return self.panes[pane].as_shown()

    def lookup(
        self, quantity: Quantity | MetricLayer, session: Session
    ) -> tuple[NDArray[np.uint8], tuple[float, float]] | None:
        """Return the colours of a map and the values of their ends.

        None for the two pictures, and while nothing is measured.
        """
        picture = content_picture(session, quantity)
        if picture is None or picture.scale is None:
            return None
        return picture.scale.table, picture.scale.levels

    def sizeHint(self) -> QSize:
        """Return a size at which six panes are comfortable."""
        return QSize(960, 640)

    def minimumSizeHint(self) -> QSize:
        """Return the size below which panes say nothing."""
        return QSize(320, 200)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch for Shift: keys go to the window before the widget that has the focus."""
        super().showEvent(event)
        if (window := self.window().windowHandle()) is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold the reference under the cursor while Shift is down."""
        if isinstance(event, QKeyEvent):
            self._hold(event)
        elif event.type() is QEvent.Type.FocusOut:
            self._hold_reference(held=False)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer Shift that was sent to a pane itself."""
        self._hold(event)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Bring the picture back."""
        self._hold(event)
        super().keyReleaseEvent(event)

    def _hold(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Shift and not event.isAutoRepeat():
            self._hold_reference(held=event.type() is QEvent.Type.KeyPress)

    def _hold_reference(self, *, held: bool) -> None:
        """Show the reference in the pane under the cursor, else in the one with the focus."""
        over = [pane for pane in self.panes if pane.underMouse()]
        over = over or [pane for pane in self.panes if pane.canvas.hasFocus()]
        for pane in self.panes:
            pane.canvas.hold_reference(held and pane in over)

    def _lay_out(self, layout: Layout) -> None:
        if layout is self._layout:
            return
        self._layout = layout
        for index, pane in enumerate(self.panes):
            self._grid.removeWidget(pane)
            visible = index < layout.rows * layout.columns
            if visible:
                self._grid.addWidget(pane, index // layout.columns, index % layout.columns)
            pane.setVisible(visible)
        for row in range(2):
            self._grid.setRowStretch(row, int(row < layout.rows))
        for column in range(3):
            self._grid.setColumnStretch(column, int(column < layout.columns))
        self._measure()

    def _measure(self) -> None:
        """Tell the navigation how large the visible panes are."""
        visible = [pane for pane in self.panes if not pane.isHidden()]
        self.navigation.set_viewports(pane.canvas.device_size for pane in visible)

    def _hover(self, pixel: tuple[int, int] | None) -> None:
        for pane in self.panes:
            pane.canvas.set_marker(pixel)
        self.hovered.emit(pixel)
