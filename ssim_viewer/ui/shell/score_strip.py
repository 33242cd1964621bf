"""The numbers of the pair on screen, and the convention they were measured by.

The scores of other metrics stand behind those of SSIM; see `strip_cells`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget
from superqt import QElidingLabel

from ssim_viewer.session.range_words import convention
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.shell.strip_cells import CONVENTION_COLUMN, StripCells
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent

    from ssim_viewer.images import Channel, RangeSource
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

_EMPTY_CONVENTION = QT_TR_NOOP("Open two images to compare them")
_AWAITED_CONVENTION = QT_TR_NOOP("The images are being measured")


class ScoreStrip(QFrame):
    """MSE, PSNR, MAE, MSSIM, the means of l, c, s, other metrics, and the convention in words.

    Signals
    -------
    settings_requested
        The person wants to change the metric.
    copy_requested
        The person wants the scores as text.
    """

    settings_requested = Signal()
    copy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictured: SsimMeasurement | None = None
        self._source: RangeSource = "type"
        self._channel: Channel = "all"
        self.setObjectName("score_strip")
        self.setAccessibleName(tr("Scores"))
        self.setMinimumHeight(56)
        self._values: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 6, 8, 6)
        grid.setVerticalSpacing(0)
        self._cells = StripCells(grid)
        self._add_convention(grid, CONVENTION_COLUMN)
        self._show(None)

    def show_session(self, session: Session) -> None:
        """Show the scores of a session."""
        document = session.document
        beside = document.range_source, document.channel
        if session.pictured is not self._pictured or beside != (self._source, self._channel):
            self._pictured = session.pictured
            self._source, self._channel = beside
            self._show(session.pictured)
        if session.pictured is None:
            awaited = document.pair is not None
            self._convention.setText(tr(_AWAITED_CONVENTION if awaited else _EMPTY_CONVENTION))
        self._cells.show_others(session)
        pair = session.document.pair
        place = None if pair is None else pair.registered
        self._registered.setText("" if place is None else tr(place.words()))

    def rescale(self, scale: float) -> None:
        """Write the numbers anew where all words are so many times as large."""
        self._cells.rescale(scale)

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._copy.setIcon(themed_icon("content-copy", colors, color=colors.muted))
        self._note.setPixmap(themed_icon("alert-outline", colors, color=colors.mse).pixmap(13, 13))
        self._cells.restyle(colors)
        # A link keeps the colour that the palette had when its text was set.
        words = tr("Change…")
        link = f'<a href="#" style="color: {colors.accent}">{words}</a>'
        self._change.setText(link)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the scores and to change the convention."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Copy scores"), self.copy_requested.emit)
        menu.addAction(tr("Change the convention…"), self.settings_requested.emit)
        menu.popup(event.globalPos())

    def _add_convention(self, grid: QGridLayout, column: int) -> None:
        caption = QHBoxLayout()
        caption.setSpacing(8)
        caption.addWidget(muted_label(tr("SSIM convention"), elides=True), 1000)  # up to all of it
        self._change = muted_label()
        self._change.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        name_control(
            self._change,
            "score_change_convention",
            tr("Change the convention"),
            tr("Go to the settings of the metric."),
        )
        self._change.linkActivated.connect(lambda _: self.settings_requested.emit())
        caption.addWidget(self._change)
        self._registered = muted_label()
        self._registered.setObjectName("score_registered")
        caption.addWidget(self._registered)
        self._note = QLabel()
        self._note.setObjectName("score_note")
        caption.addWidget(self._note)
        caption.addStretch(1)
        grid.addLayout(caption, 0, column)
        self._convention = QElidingLabel(tr(_EMPTY_CONVENTION))
        self._convention.setElideMode(Qt.TextElideMode.ElideRight)
        self._convention.setObjectName("score_convention")
        self._convention.setAccessibleName(tr("SSIM convention"))
        grid.addWidget(self._convention, 1, column)
        grid.setColumnStretch(column, 1)
        self._copy = QToolButton()
        self._copy.setAutoRaise(True)
        name_control(
            self._copy,
            "score_copy",
            tr("Copy scores"),
            tr("Copy all scores and the convention as text."),
        )
        self._copy.clicked.connect(self.copy_requested)
        grid.addWidget(self._copy, 0, column + 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def _show(self, measured: SsimMeasurement | None) -> None:
        self._copy.setEnabled(measured is not None and not measured.missing)
        self._cells.show_scores(measured)
        self._cells.say_planes(color=measured is not None and measured.reference.ndim == 3)
        if measured is not None:
            self._show_convention(measured)
        else:
            self._convention.setToolTip("")
            self._note.hide()

    def _show_convention(self, measured: SsimMeasurement) -> None:
        shape = measured.reference.shape
        words = tr(
            convention(measured.metric, shape, self._source, measured.mask, channel=self._channel)
        )
        if words != self._convention.text():
            self._convention.setText(words)
            self._convention.setToolTip(
                tr("SSIM is measured by this convention: {words}.", words=words)
            )
        note = " ".join(tr(note) for note in measured.notes)
        self._note.setVisible(bool(note))
        self._note.setToolTip(note)
        self._note.setAccessibleName(note)
