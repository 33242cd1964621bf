"""Captions, notes and rows that a panel is made of; what they mean is the panel's."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget
from superqt import QElidingLabel

from ssim_viewer.ui.controls.inputs import NumberSpin, Slider
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import tabular

CAPTION_WIDTH = 84
"""One width for every caption, so that the panels of a column share their edges."""

VALUE_WIDTH = 76


def name_control(widget: QWidget, name: str, title: str, tip: str) -> None:
    """Give a control its stable name, the name that is read aloud, and its tooltip."""
    widget.setObjectName(name)
    widget.setAccessibleName(tr(title))
    widget.setToolTip(tr(tip))


def muted_label(text: str = "", *, wrap: bool = False, elides: bool = False) -> QLabel:
    """Return a smaller, quieter label; one that elides says all of its text in its tooltip."""
    label = _ElidingCaption(tr(text)) if elides else QLabel(tr(text))
    if elides:
        label.setToolTip(tr(text))
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    font = tabular(label.font())
    font.setPointSizeF(font.pointSizeF() * 0.9)
    label.setFont(font)
    label.setWordWrap(wrap)
    return label


class _ElidingCaption(QElidingLabel):
    """Takes the room of its whole text where it can, in whatever font, and never more."""

    def changeEvent(self, event: QEvent) -> None:
        """Take the room that the text has in another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.setMaximumWidth(self.fontMetrics().horizontalAdvance(self.text()) + 12)
            self.setText(self.text())


def set_text_color(label: QLabel, color: str) -> None:
    """Write a label in a colour of the theme."""
    palette = QPalette(label.palette())
    palette.setColor(QPalette.ColorRole.WindowText, color)
    label.setForegroundRole(QPalette.ColorRole.WindowText)
    label.setPalette(palette)
    flags = label.textInteractionFlags()  # text that can be selected keeps the palette it was
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)  # made with
    label.setTextInteractionFlags(flags)


@dataclass(frozen=True, slots=True)
class Scale:
    """How the positions of a slider stand for numbers: evenly, or one for each of two figures."""

    low: float
    high: float
    step: float = 0.0
    logarithmic: bool = False

    @property
    def last(self) -> int:
        """The last position; the first one is 0."""
        return self._position(self.high)

    def value(self, position: int) -> float:
        """Return the number that a position stands for: two figures, or a multiple of the step."""
        if not self.logarithmic:
            return round(self.low + position * self.step, 6)
        decade, place = divmod(position + _rung(self.low), RUNGS)
        return float(f"{10.0**decade * (1 + place / 10):.2g}")

    def position(self, value: float) -> int:
        """Return the position nearest to a number."""
        return min(self.last, max(0, self._position(value)))

    def _position(self, value: float) -> int:
        if self.logarithmic:
            return _rung(max(value, self.low)) - _rung(self.low)
        return round((value - self.low) / self.step)


RUNGS = 90
"""Numbers of two figures in a decade: 1.0, 1.1, … 9.9."""


def _rung(value: float) -> int:
    """Return the place of the nearest number of two figures among all of them; 1 has place 0."""
    mantissa, exponent = f"{value:.1e}".split("e")
    return RUNGS * int(exponent) + round(10 * float(mantissa)) - 10


class NumberField(QWidget):
    """A slider with a box for the exact number beside it.

    Signals
    -------
    changed
        Carries the number, while the slider moves and when one was typed.
    settled
        The gesture has ended.
    """

    changed = Signal(float)
    settled = Signal()

    def __init__(
        self, scale: Scale, *, decimals: int, low: float | None = None, high: float | None = None
    ) -> None:
        super().__init__()
        self._scale = scale
        self.slider = Slider()
        self.slider.setRange(0, scale.last)
        self.slider.setMinimumWidth(48)
        self.spin = NumberSpin(
            scale.low if low is None else low,
            scale.high if high is None else high,
            decimals=decimals,
        )
        self.spin.setSingleStep(scale.step or 10.0**-decimals)
        self.spin.setFixedWidth(VALUE_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.slider, 1)
        row.addWidget(self.spin)
        self.setFocusProxy(self.slider)
        self.slider.valueChanged.connect(self._slide)
        self.spin.valueChanged.connect(self._type)
        self.slider.settled.connect(self.settled)
        self.spin.editingFinished.connect(self.settled)

    def name(self, name: str, title: str, tip: str) -> None:
        """Name the field and both of its parts."""
        name_control(self, name, title, tip)
        name_control(self.slider, f"{name}_slider", title, tip)
        exact = tr("{title}, exact value", title=tr(title))
        name_control(self.spin, f"{name}_value", exact, tip)

    def rescale(self, scale: Scale) -> None:
        """Let the slider and the box stand for other numbers, without telling."""
        self._scale = scale
        with QSignalBlocker(self.slider), QSignalBlocker(self.spin):
            self.slider.setRange(0, scale.last)
            self.spin.setRange(scale.low, scale.high)
            self.spin.setSingleStep(scale.step)

    def show_value(self, value: float) -> None:
        """Write a number without telling."""
        self.spin.show_value(value)
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._scale.position(value))

    def _slide(self, position: int) -> None:
        value = self._scale.value(position)
        self.spin.show_value(value)
        self.changed.emit(value)

    def _type(self, value: float) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._scale.position(value))
        self.changed.emit(value)


class Form(QGridLayout):
    """Captions at the left, fields at the right, notes below their fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(8, 0, 8, 0)
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(1)
        self.setColumnMinimumWidth(0, CAPTION_WIDTH)
        self.setColumnStretch(1, 1)

    def add_field(self, caption: str, field: QWidget) -> None:
        """Add a row; the caption shares the tooltip of its field."""
        label = QLabel(tr(caption))
        label.setToolTip(field.toolTip())
        label.setBuddy(field)
        row = self.rowCount()
        self.addWidget(label, row, 0)
        self.addWidget(field, row, 1)

    def add_wide(self, widget: QWidget) -> None:
        """Add a row of one widget over both columns."""
        self.addWidget(widget, self.rowCount(), 0, 1, 2)
