"""The cells of the score strip: a caption over a number; those of SSIM, then other metrics."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import sqrt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel

from ssim_viewer.metrics import catalogue
from ssim_viewer.session.family import WITH_SSIM, family_on_screen, is_of_image_on_screen
from ssim_viewer.session.metric_settings import settings_words
from ssim_viewer.ui.controls.fields import muted_label, name_control, set_text_color
from ssim_viewer.ui.controls.metric_words import direction_of, tip_of
from ssim_viewer.ui.controls.numbers import NONE, fixed, quantity, score
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT, tabular

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssim_viewer.metrics import MetricEntry
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

CONVENTION_COLUMN = 64
"""The column behind all cells; those that are empty take no room."""

PENDING = "…"
"""Stands where a number is on its way."""

CHANGED = "*"
"""Stands behind the name of a metric with other settings than the usual ones."""

NOTED = "⚠"
"""Stands behind the name of a metric of whose number something is to be said."""

WIDE, NARROW = 20, 12
"""Room between cells: less of it where other metrics stand there too."""

OVER_ALL_CHANNELS = ("mse", "psnr", "mae")
"""The cells of errors of pixels; those of single channels are in a window of their own."""

LARGE, SMALLER = 1.65, 1.4
"""The size of the numbers: from the third other metric on they are smaller."""


@dataclass(frozen=True, slots=True)
class CellSpec:
    """A cell: its stable name, its caption, the widest text that is usual, and two explanations."""

    name: str
    caption: str
    spoken: str
    widest: str
    tip: str


_CELLS = (
    CellSpec(
        "mse",
        "MSE",
        "MSE",
        "00000.00",
        QT_TR_NOOP(
            "Mean squared error: mean of (distorted − reference)² over all samples of all channels,"
            " also when SSIM is of luma."
        ),
    ),
    CellSpec(
        "psnr",
        "PSNR",
        QT_TR_NOOP("PSNR in dB"),
        "00.00 dB",
        QT_TR_NOOP(
            "Peak signal-to-noise ratio: 10 log₁₀(L² / MSE) decibels; ∞ for identical images."
        ),
    ),
    CellSpec(
        "mae",
        "MAE",
        "MAE",
        "000.00",
        QT_TR_NOOP(
            "Mean absolute error: mean of |distorted − reference| over all samples of all channels."
        ),
    ),
    CellSpec(
        "ssim",
        "MSSIM",
        "MSSIM",
        "−0.0000",
        QT_TR_NOOP(
            "Mean of the SSIM map, SSIM = l^α · c^β · s^γ. From −1 to 1; 1 only for identical"
            " images."
        ),
    ),
    CellSpec(
        "luminance",
        QT_TR_NOOP("mean l"),
        QT_TR_NOOP("mean luminance"),
        "0.000",
        QT_TR_NOOP("Mean luminance similarity: l = (2μₓμᵧ + C₁) / (μₓ² + μᵧ² + C₁)."),
    ),
    CellSpec(
        "contrast",
        QT_TR_NOOP("mean c"),
        QT_TR_NOOP("mean contrast"),
        "0.000",
        QT_TR_NOOP("Mean contrast similarity: c = (2σₓσᵧ + C₂) / (σₓ² + σᵧ² + C₂)."),
    ),
    CellSpec(
        "structure",
        QT_TR_NOOP("mean s"),
        QT_TR_NOOP("mean structure"),
        "−0.000",
        QT_TR_NOOP(
            "Mean structure similarity: s = (σₓᵧ + C₃) / (σₓσᵧ + C₃), C₃ = C₂ / 2. It can be"
            " negative."
        ),
    ),
)


class Cell:
    """A caption over a number, in a column of the strip's grid."""

    def __init__(self, grid: QGridLayout, column: int, spec: CellSpec) -> None:
        self._spec = spec
        self._color = ""
        self._said: tuple[str, tuple[str, ...]] = ("", ())
        self._caption = muted_label(tr(spec.caption))
        self._caption.setToolTip(tr(spec.tip))
        self._value = QLabel(NONE)
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._value.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        name_control(self._value, f"score_{spec.name.replace('-', '_')}", spec.spoken, spec.tip)
        self.enlarge(LARGE)
        grid.addWidget(self._caption, 0, column)
        grid.addWidget(self._value, 1, column)

    def show_text(self, text: str) -> None:
        """Write the number."""
        if text != self._value.text():
            self._value.setText(text)
            self._value.setAccessibleDescription(text)

    def say_over(self, planes: str) -> None:
        """Say behind the caption what the number is over, or nothing for ""."""
        caption = f"{tr(self._spec.caption)} {planes}".rstrip()
        if caption != self._caption.text():
            self._caption.setText(caption)

    def say_about(self, settings: str, notes: tuple[str, ...]) -> None:
        """Mark a score that is not by the usual settings, or that notes are about, and say them."""
        if (settings, notes) == self._said:
            return
        self._said = settings, notes
        self.say_over(" ".join(filter(None, (CHANGED * bool(settings), NOTED * bool(notes)))))
        paragraphs = (f"<p>{escape(tr(each))}</p>" for each in (settings, *notes) if each)
        tip = "".join((tr(self._spec.tip), *paragraphs))
        self._caption.setToolTip(tip)
        self._value.setToolTip(tip)

    def enlarge(self, factor: float) -> None:
        """Write the number so many times as large as other text."""
        base = QApplication.font()
        font = tabular(base)
        font.setPointSizeF(base.pointSizeF() * factor)
        font.setWeight(QFont.Weight.Medium)
        self._value.setFont(font)
        self._value.setMinimumWidth(QFontMetrics(font).horizontalAdvance(self._spec.widest))
        if self._color:
            set_text_color(
                self._value, self._color
            )  # text that can be selected forgets it with its font

    def tint(self, color: str) -> None:
        """Write the number in a colour."""
        if color != self._color:
            self._color = color
            set_text_color(self._value, color)

    def remove(self) -> None:
        """Take the cell out of the strip."""
        for label in (self._caption, self._value):
            label.setParent(None)
            label.deleteLater()


class StripCells:
    """All cells of a strip."""

    def __init__(self, grid: QGridLayout) -> None:
        self._grid = grid
        self._colors = LIGHT
        self._cells = {spec.name: Cell(grid, i, spec) for i, spec in enumerate(_CELLS)}
        self._others: dict[str, Cell] = {}
        self._names: tuple[str, ...] = ()
        grid.setHorizontalSpacing(WIDE)

    def show_scores(self, measured: SsimMeasurement | None) -> None:
        """Write the numbers of SSIM's own measurement."""
        texts: dict[str, str] = {}
        if measured is not None and not measured.missing:
            texts = _texts(measured.values)
        empty = NONE if measured is None else PENDING
        for name, cell in self._cells.items():
            cell.show_text(texts.get(name, empty))

    def say_planes(self, *, color: bool) -> None:
        """Say of colour that pixel errors are over all channels, whatever SSIM makes of it."""
        for name in OVER_ALL_CHANNELS:
            self._cells[name].say_over("RGB" if color else "")

    def show_others(self, session: Session) -> None:
        """Write the scores of the other metrics that are wanted in the strip.

        A number of another image than the one on screen is held back, except while a climb
        plays: there it follows a few steps behind, in a quieter colour.
        """
        self._arrange(session.look.metrics)
        if not self._others:
            return
        family = family_on_screen(session)
        for name, cell in self._others.items():
            current = is_of_image_on_screen(session, name)
            steady = current and not session.playing
            color = self._colors.text if steady else self._colors.muted
            value = family.values.get(name) if family is not None else None
            shown = value is not None and (current or session.playing)
            empty = NONE if session.pictured is None else PENDING
            cell.show_text(score(value) if shown and value is not None else empty)
            cell.tint(color)
            found = family.others.get(name) if family is not None and shown else None
            notes = () if found is None else found.notes
            cell.say_about(settings_words(session.document, (name,)), notes)

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        self._cells["ssim"].tint(colors.ssim)
        for cell in self._others.values():
            cell.tint(colors.text)  # until the next session is shown

    def _arrange(self, names: tuple[str, ...]) -> None:
        """Have a cell for each metric that does not stand in the strip anyway."""
        if names == self._names:
            return
        self._names = names
        for cell in self._others.values():
            cell.remove()
        entries = [catalogue()[name] for name in names if name in catalogue()]
        others = [entry for entry in entries if entry.name not in WITH_SSIM]
        first = len(self._cells)
        self._others = {
            entry.name: Cell(self._grid, first + place, _spec(entry))
            for place, entry in enumerate(others)
        }
        self._grid.setHorizontalSpacing(NARROW if others else WIDE)
        self.rescale()

    def rescale(self, scale: float = 1.0) -> None:
        """Write the numbers anew where all words are `scale` times as large: they grow less."""
        factor = SMALLER if len(self._others) > 2 else LARGE
        for cell in (*self._cells.values(), *self._others.values()):
            cell.enlarge(factor / sqrt(scale))


def _spec(entry: MetricEntry) -> CellSpec:
    spoken = f"{entry.symbol}, {direction_of(entry)}"
    return CellSpec(entry.name, entry.symbol, spoken, "0.0000", tip_of(entry))


def _texts(scores: Mapping[str, float]) -> dict[str, str]:
    return {
        "mse": quantity(scores["mse"]),
        "psnr": f"{fixed(scores['psnr'], 2)} dB",
        "mae": quantity(scores["mae"]),
        "ssim": fixed(scores["ssim"], 4),
        "luminance": fixed(scores["luminance"], 3),
        "contrast": fixed(scores["contrast"], 3),
        "structure": fixed(scores["structure"], 3),
    }
