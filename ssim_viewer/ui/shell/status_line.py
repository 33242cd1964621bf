"""The status bar: values under the cursor, means over the region, zoom, and what is worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton
from superqt import QElidingLabel

from ssim_viewer.session.intents import Cancel
from ssim_viewer.session.readout import layers_text, readout
from ssim_viewer.session.region_readout import region_text
from ssim_viewer.ui.shell.zoom_readout import ZoomReadout
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.shell.shell_window import ShellWindow
    from ssim_viewer.ui.theme.colors import Colors


class StatusLine(QObject):
    """Fills the status bar of the main window."""

    def __init__(self, window: ShellWindow) -> None:
        super().__init__(window)
        self._window = window
        self._pixel: tuple[int, int] | None = None
        self._readout = QLabel(window)
        self._readout.setObjectName("readout")
        self._readout.setAccessibleName(tr("Values under the cursor"))
        self._region = QElidingLabel(window)
        self._region.setObjectName("region_readout")
        self._region.setAccessibleName(tr("Means over the selected region"))
        for label in (self._readout, self._region):
            label.setFont(tabular(label.font()))
        self._busy = QLabel(window)
        self._busy.setObjectName("busy")
        self._busy.setAccessibleName(tr("What is being worked on"))
        self._zoom = ZoomReadout(window.panes, window.actions_by_name, window)
        self._progress = QProgressBar(window)
        self._progress.setObjectName("progress")
        self._progress.setAccessibleName(tr("How far the work is"))
        self._progress.setFixedSize(120, 12)
        self._progress.setTextVisible(False)
        self._cancel = QToolButton(window)
        self._cancel.setObjectName("cancel")
        self._cancel.setText(tr("Cancel"))
        self._cancel.setAccessibleName(tr("Cancel the work"))
        self._cancel.setToolTip(tr("Stop what is being read or computed; what is on screen stays."))
        self._cancel.clicked.connect(lambda: window.intended.emit(Cancel()))
        bar = window.statusBar()
        bar.addPermanentWidget(self._zoom)
        bar.addWidget(self._readout, 1)
        bar.addWidget(self._region, 1)
        for widget in (self._busy, self._progress, self._cancel):
            bar.addPermanentWidget(widget)
        bar.setFixedHeight(self._cancel.sizeHint().height() + 4)
        self._region.installEventFilter(self)
        window.panes.hovered.connect(self._hover)
        window.panes.selection.armed.connect(self._tell_region)

    def show_session(self, session: Session) -> None:
        """Show what a session is working on, and its numbers at the cursor and in the region."""
        self._zoom.show_session(session)
        self._show_work(session)
        self._tell_pixel()
        self._tell_region()

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        self._zoom.restyle(colors)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Copy the numbers of the region by a click on them, as the menu Edit does."""
        if event.type() is QEvent.Type.MouseButtonRelease and self._window.session.look.region:
            self._window.actions_by_name["copy_region"].trigger()
        return super().eventFilter(watched, event)

    def _show_work(self, session: Session) -> None:
        self._busy.setText(tr(session.busy).replace("\n", ", "))
        for widget in (self._busy, self._progress, self._cancel):
            widget.setVisible(bool(session.busy))
        known = session.progress is not None
        self._progress.setRange(0, 100 if known else 0)  # without an end it says: at work
        if session.progress is not None:
            self._progress.setValue(round(100 * session.progress))

    def _hover(self, pixel: tuple[int, int] | None) -> None:
        self._pixel = pixel
        self._tell_pixel()

    def _tell_pixel(self) -> None:
        session = self._window.session
        measured, shown = session.pictured, session.look.visible
        anchors = session.look.anchors
        pixel = self._pixel
        values = readout(measured, *pixel, shown, anchors) if measured and pixel else None
        texts = (values.text(), layers_text(session, values.x, values.y)) if values else ()
        self._readout.setText("   ".join(tr(text) for text in texts if text))

    def _tell_region(self) -> None:
        session = self._window.session
        text = tr(region_text(session))
        if self._window.panes.selection.ready and not text:
            text = tr("Drag a rectangle in any pane; Esc leaves it.")
        if session.tool is not None:
            text = tr(session.tool.hint)
        self._region.setText(text)
        tip = tr("Click to copy.")
        self._region.setToolTip(f"{text}\n{tip}" if self._window.session.look.region else text)
        self._region.setVisible(bool(text))
