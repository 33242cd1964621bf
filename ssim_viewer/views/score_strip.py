"""The numbers of the pair on screen, and the convention they were measured by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget
from superqt import QElidingLabel

from ssim_viewer.views.fields import muted_label, name_control, tinted
from ssim_viewer.views.icons import themed_icon
from ssim_viewer.views.numbers import NONE, fixed, quantity
from ssim_viewer.views.theme import tabular

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent

    from ssim_viewer.metrics import Evaluation, Scores
    from ssim_viewer.session.state import Measured, Session
    from ssim_viewer.views.theme import Colors

# The name of the score, its caption, the widest text that is usual, and its explanation.
_CELLS = (
    (
        "mse",
        "MSE",
        "00000.00",
        "Mean squared error: mean of (distorted − reference)² over all samples of all channels,"
        " also when SSIM is of luma.",
    ),
    (
        "psnr",
        "PSNR",
        "00.00 dB",
        "Peak signal-to-noise ratio: 10 log₁₀(L² / MSE) decibels; ∞ for identical images.",
    ),
    (
        "mae",
        "MAE",
        "000.00",
        "Mean absolute error: mean of |distorted − reference| over all samples of all channels.",
    ),
    (
        "ssim",
        "MSSIM",
        "−0.0000",
        "Mean of the SSIM map, SSIM = l^α · c^β · s^γ. From −1 to 1; 1 only for identical images.",
    ),
    (
        "luminance",
        "mean l",
        "0.000",
        "Mean luminance similarity: l = (2μₓμᵧ + C₁) / (μₓ² + μᵧ² + C₁).",
    ),
    (
        "contrast",
        "mean c",
        "0.000",
        "Mean contrast similarity: c = (2σₓσᵧ + C₂) / (σₓ² + σᵧ² + C₂).",
    ),
    (
        "structure",
        "mean s",
        "−0.000",
        "Mean structure similarity: s = (σₓᵧ + C₃) / (σₓσᵧ + C₃), C₃ = C₂ / 2. It can be negative.",
    ),
)
_EMPTY_CONVENTION = "Open two images to compare them"


class ScoreStrip(QFrame):
    """MSE, PSNR, MAE, MSSIM and the means of l, c, s, with the convention in words.

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
        self._measured: Measured | None = None
        self.setObjectName("score_strip")
        self.setAccessibleName("Scores")
        self.setMinimumHeight(56)
        self._values: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 6, 8, 6)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(0)
        for name, caption, widest, tip in _CELLS:
            self._add_cell(grid, name, caption, widest, tip)
        grid.setColumnMinimumWidth(len(_CELLS), 8)
        self._add_convention(grid, len(_CELLS) + 1)
        self._show(None)

    def show_session(self, session: Session) -> None:
        """Show the scores of a session."""
        if session.measured is not self._measured:
            self._show(session.measured)

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._copy.setIcon(themed_icon("content-copy", colors, color=colors.muted))
        self._note.setPixmap(themed_icon("alert-outline", colors, color=colors.mse).pixmap(13, 13))
        tinted(self._values["ssim"], colors.ssim)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the scores and to change the convention."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy scores", self.copy_requested.emit)
        menu.addAction("Change the convention…", self.settings_requested.emit)
        menu.popup(event.globalPos())

    def _add_cell(self, grid: QGridLayout, name: str, caption: str, widest: str, tip: str) -> None:
        column = grid.columnCount() - 1 if name == "mse" else grid.columnCount()
        label = muted_label(caption)
        value = QLabel(NONE)
        value.setFont(_large(value.font()))
        value.setMinimumWidth(QFontMetrics(value.font()).horizontalAdvance(widest))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        name_control(value, f"score_{name}", _WORDS[name], tip)
        label.setToolTip(tip)
        grid.addWidget(label, 0, column)
        grid.addWidget(value, 1, column)
        self._values[name] = value

    def _add_convention(self, grid: QGridLayout, column: int) -> None:
        caption = QHBoxLayout()
        caption.setSpacing(8)
        caption.addWidget(muted_label("SSIM convention"))
        self._change = muted_label('<a href="#">Change…</a>')
        self._change.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        name_control(
            self._change,
            "score_change_convention",
            "Change the convention",
            "Go to the settings of the metric.",
        )
        self._change.linkActivated.connect(lambda _: self.settings_requested.emit())
        caption.addWidget(self._change)
        self._note = QLabel()
        self._note.setObjectName("score_note")
        caption.addWidget(self._note)
        caption.addStretch(1)
        grid.addLayout(caption, 0, column)
        self._convention = QElidingLabel(_EMPTY_CONVENTION)
        self._convention.setElideMode(Qt.TextElideMode.ElideRight)
        self._convention.setObjectName("score_convention")
        self._convention.setAccessibleName("SSIM convention")
        grid.addWidget(self._convention, 1, column)
        grid.setColumnStretch(column, 1)
        self._copy = QToolButton()
        self._copy.setAutoRaise(True)
        name_control(
            self._copy, "score_copy", "Copy scores", "Copy all scores and the convention as text."
        )
        self._copy.clicked.connect(self.copy_requested)
        grid.addWidget(self._copy, 0, column + 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def _show(self, measured: Measured | None) -> None:
        self._measured = measured
        self._copy.setEnabled(measured is not None)
        evaluation = measured.evaluation if measured else None
        texts = _texts(evaluation.scores) if evaluation else {}
        for name, label in self._values.items():
            label.setText(texts.get(name, NONE))
            label.setAccessibleDescription(label.text())
        if measured and evaluation:
            self._show_convention(evaluation, measured.reference.shape)
        else:
            self._convention.setText(_EMPTY_CONVENTION)
            self._convention.setToolTip("")
            self._note.hide()

    def _show_convention(self, evaluation: Evaluation, shape: tuple[int, ...]) -> None:
        words = evaluation.metric.describe(shape)
        if words != self._convention.text():
            self._convention.setText(words)
            self._convention.setToolTip(f"SSIM is measured by this convention: {words}.")
        note = " ".join(evaluation.notes)
        self._note.setVisible(bool(note))
        self._note.setToolTip(note)
        self._note.setAccessibleName(note)


_WORDS = {
    "mse": "MSE",
    "psnr": "PSNR in dB",
    "mae": "MAE",
    "ssim": "MSSIM",
    "luminance": "mean luminance",
    "contrast": "mean contrast",
    "structure": "mean structure",
}


def _texts(scores: Scores) -> dict[str, str]:
    return {
        "mse": quantity(scores.mse),
        "psnr": f"{fixed(scores.psnr, 2)} dB",
        "mae": quantity(scores.mae),
        "ssim": fixed(scores.ssim, 4),
        "luminance": fixed(scores.luminance, 3),
        "contrast": fixed(scores.contrast, 3),
        "structure": fixed(scores.structure, 3),
    }


def _large(font: QFont) -> QFont:
    font = tabular(font)
    font.setPointSizeF(font.pointSizeF() * 1.65)
    font.setWeight(QFont.Weight.Medium)
    return font
