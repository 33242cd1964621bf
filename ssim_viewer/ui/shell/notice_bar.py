"""One sentence for the person, in the window instead of in a modal box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ssim_viewer.session.intents import ChooseAlignment, ChooseRange, DismissNotice
from ssim_viewer.session.range_words import range_in_words
from ssim_viewer.session.state import Notice, Severity
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT, Colors
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from ssim_viewer.images import Alignment
    from ssim_viewer.session.state import Choice, Session

_ALIGNMENTS: tuple[tuple[Alignment, str, str], ...] = (
    (
        "crop",
        QT_TR_NOOP("Crop"),
        QT_TR_NOOP("Compare the part that both images have, from their top left corners."),
    ),
    (
        "pad",
        QT_TR_NOOP("Pad"),
        QT_TR_NOOP(
            "Repeat the right and bottom edges of the smaller image until both have one size."
        ),
    ),
    (
        "resize",
        QT_TR_NOOP("Resize"),
        QT_TR_NOOP("Resize the distorted image to the size of the reference."),
    ),
    (
        "register",
        QT_TR_NOOP("Register"),
        QT_TR_NOOP(
            "Find where the distorted image lies on the reference, to a part of a pixel, and crop "
            "both to their common part."
        ),
    ),
)


LEAST_TIME, TIME_PER_LETTER = 4000, 60
"""Milliseconds for which good news is shown, so that it can be read."""


class NoticeBar(QFrame):
    """Shows the notice of a session, with what it offers to choose; else hidden.

    Good news goes by itself, but not while the pointer rests on it.

    Signals
    -------
    intended
        Carries `DismissNotice`, `ChooseAlignment`, `ChooseRange`, or what a choice leads to.

    Parameters
    ----------
    name
        What its parts are called after.
    """

    intended = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, name: str = "notice") -> None:
        super().__init__(parent)
        self._name = name
        self.setObjectName(f"{name}_bar")
        self.setAccessibleName(tr("Notice"))
        self._notice: Notice | None = None
        self._colors = LIGHT
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setObjectName(f"{name}_text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)  # file names may hold any sign
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self._buttons = {way: self._alignment_button(way, *rest) for way, *rest in _ALIGNMENTS}
        self._range = QPushButton()
        name_control(
            self._range,
            f"{name}_range",
            tr("Choose this data range"),
            tr("Measure by this white instead; L of the metric and PSNR follow it."),
        )
        self._range.clicked.connect(self._choose_range)
        self._range.hide()
        for button in (*self._buttons.values(), self._range):
            row.addWidget(button)
        self._dismiss = QToolButton()
        self._dismiss.setAutoRaise(True)
        name_control(
            self._dismiss, f"{name}_dismiss", tr("Dismiss the notice"), tr("Take this notice away.")
        )
        self._dismiss.clicked.connect(lambda: self.intended.emit(DismissNotice()))
        row.addWidget(self._dismiss)
        self._row = row
        self._choices: list[QPushButton] = []
        self._below: QWidget | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._pass)
        self.installEventFilter(self)
        self.hide()

    def lie_over(self, widget: QWidget) -> None:
        """Lie over the lower edge of a widget, so that a notice moves nothing."""
        self._below = widget
        self.setParent(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the widget below, and the room that the text needs."""
        below = watched is self._below and event.type() is QEvent.Type.Resize
        if below or (watched is self and event.type() is QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)

    def show_session(self, session: Session) -> None:
        """Show the notice of a session, or nothing."""
        self.show_notice(session.notice)

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice, or nothing."""
        if notice is self._notice:
            return
        self._notice = notice
        self._timer.stop()
        if self._notice is not None:
            self._show(self._notice)
            self._place()
        self.setVisible(self._notice is not None)

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        error = self._notice is not None and self._notice.severity is Severity.ERROR
        back, front = (colors.error, colors.on_error) if error else (colors.raised, colors.text)
        self.setStyleSheet(
            f"#{self._name}_bar {{ background: {back}; border: none;"
            f" border-left: 4px solid {colors.on_error if error else colors.accent}; }}"
            f"#{self._name}_bar QLabel {{ color: {front}; }}"
        )
        icon = "alert-circle-outline" if error else "information-outline"
        tint = front if error else colors.accent
        self._icon.setPixmap(themed_icon(icon, colors, color=tint).pixmap(18, 18))
        self._dismiss.setIcon(themed_icon("close", colors, color=front))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Dismiss the notice with Esc while the focus is in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.intended.emit(DismissNotice())
        else:
            super().keyPressEvent(event)

    def _pass(self) -> None:
        """Take good news away, once nobody is at it any more."""
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start(LEAST_TIME)
        else:
            self.intended.emit(DismissNotice())

    def _place(self) -> None:
        layout, below = self.layout(), self._below
        if layout is None or below is None:
            return
        width = below.width()
        height = min(layout.totalHeightForWidth(width), below.height())
        self.setGeometry(0, below.height() - height, width, height)
        self.raise_()

    def _alignment_button(self, way: Alignment, text: str, tip: str) -> QPushButton:
        button = QPushButton(tr(text))
        name_control(button, f"{self._name}_{way}", tr("{way} to one size", way=tr(text)), tip)
        button.clicked.connect(lambda: self.intended.emit(ChooseAlignment(way)))
        button.hide()
        return button

    def _choose_range(self) -> None:
        if self._notice is not None and self._notice.offer is not None:
            self.intended.emit(ChooseRange(self._notice.offer))

    def _offer(self, choices: tuple[Choice, ...]) -> None:
        """Show a button for each choice, before the one that dismisses the notice."""
        for button in self._choices:
            button.hide()  # it may be the one that is being clicked
            self._row.removeWidget(button)
            button.deleteLater()
        self._choices = [self._choice_button(choice) for choice in choices]
        for button in self._choices:
            self._row.insertWidget(self._row.indexOf(self._dismiss), button)

    def _choice_button(self, choice: Choice) -> QPushButton:
        button = QPushButton(tr(choice.label), self)
        name_control(button, f"{self._name}_{choice.id}", choice.label, choice.tip)
        button.clicked.connect(lambda: self.intended.emit(choice.action))
        return button

    def _show(self, notice: Notice) -> None:
        self._offer(notice.choices)
        self._text.setText(tr(notice.text))
        self._text.setAccessibleName(tr(notice.text))
        for way, button in self._buttons.items():
            button.setVisible(way in notice.alignments)
        self._range.setVisible(notice.offer is not None)
        if notice.offer is not None:
            self._range.setText(tr(range_in_words(notice.offer)))
        self.restyle(self._colors)
        if notice.passing:
            self._timer.start(LEAST_TIME + TIME_PER_LETTER * len(notice.text))
        QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))
