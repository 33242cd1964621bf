"""Labelled inputs that a panel is made of; what they mean is the panel's.

Each tells what a person chose by a signal, and ``show_value`` writes without telling,
so that rendering a session never comes back as an intent. Wheels that scroll a panel
past an input do not change it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from ssim_viewer.views.numbers import plain
from ssim_viewer.views.theme import tabular

if TYPE_CHECKING:
    from collections.abc import Iterable

CAPTION_WIDTH = 84
"""One width for every caption, so that the panels of a column share their edges."""

VALUE_WIDTH = 76


def name_control(widget: QWidget, name: str, title: str, tip: str) -> None:
    """Give a control its stable name, the name that is read aloud, and its tooltip."""
    widget.setObjectName(name)
    widget.setAccessibleName(title)
    widget.setToolTip(tip)


def muted_label(text: str = "", *, wrap: bool = False) -> QLabel:
    """Return a smaller, quieter label."""
    label = QLabel(text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    font = tabular(label.font())
    font.setPointSizeF(font.pointSizeF() * 0.9)
    label.setFont(font)
    label.setWordWrap(wrap)
    return label


def tinted(label: QLabel, color: str) -> None:
    """Write a label in a colour of the theme."""
    palette = QPalette(label.palette())
    palette.setColor(QPalette.ColorRole.WindowText, color)
    label.setForegroundRole(QPalette.ColorRole.WindowText)
    label.setPalette(palette)


class Slider(QSlider):
    """A horizontal slider that says when a gesture on it has ended.

    Signals
    -------
    settled
        The handle or the key that moved it was let go.
    """

    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sliderReleased.connect(self.settled)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel scroll the panel unless the slider was chosen first."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End the gesture when the key is let go."""
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self.settled.emit()


class NumberSpin(QDoubleSpinBox):
    """A box for a number, written with a decimal point everywhere; it tells finished numbers only.

    Parameters
    ----------
    decimals
        How many are written; None writes as few as the number needs.
    """

    def __init__(
        self,
        low: float,
        high: float,
        *,
        decimals: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._decimals = decimals
        locale = QLocale(QLocale.Language.C)
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        self.setLocale(locale)
        self.setDecimals(9 if decimals is None else decimals)
        self.setRange(low, high)
        self.setKeyboardTracking(False)
        self.setFont(tabular(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(64)  # else it asks for room for its largest number
        if decimals is None:
            self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's own name
        """Return the number as it is written in the box."""
        return plain(value) if self._decimals is None else f"{value:.{self._decimals}f}"

    def show_value(self, value: float) -> None:
        """Write a number without telling; what is being typed stays if it is the same number."""
        if value != self.value():
            with QSignalBlocker(self):
                self.setValue(value)

    def show_largest(self, value: float) -> None:
        """Allow numbers up to a value, without telling if the present one is cut to it."""
        with QSignalBlocker(self):
            self.setMaximum(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel scroll the panel unless the box was chosen first."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


@dataclass(frozen=True, slots=True)
class Scale:
    """How the positions of a slider stand for numbers: evenly, or a hundred a decade."""

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
        if self.logarithmic:
            return float(f"{self.low * 10 ** (position / 100):.2g}")
        return round(self.low + position * self.step, 6)

    def position(self, value: float) -> int:
        """Return the position nearest to a number."""
        return min(self.last, max(0, self._position(value)))

    def _position(self, value: float) -> int:
        if self.logarithmic:
            return round(100 * math.log10(max(value, self.low) / self.low))
        return round((value - self.low) / self.step)


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
        name_control(self.spin, f"{name}_value", f"{title}, exact value", tip)

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


class Choice(QComboBox):
    """One of a few values, each with its words.

    Signals
    -------
    chosen
        Carries the value.
    """

    chosen = Signal(object)

    def __init__(self, options: Iterable[tuple[str, Any]]) -> None:
        super().__init__()
        self._values: list[Any] = []
        for text, value in options:
            self.addItem(text)
            self._values.append(value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)
        self.currentIndexChanged.connect(lambda index: self.chosen.emit(self._values[index]))

    def show_value(self, value: object) -> None:
        """Show a value without telling."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self._values.index(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel scroll the panel."""
        event.ignore()


class Switch(QCheckBox):
    """A check box that can be written without telling, and whose box is seen in the dark too."""

    def show_value(self, value: bool) -> None:  # noqa: FBT001 - it is the value
        """Show whether it is on, without telling."""
        with QSignalBlocker(self):
            self.setChecked(value)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the outline that the style leaves out on dark ground."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        box = QRectF(self.style().subElementRect(part, option, self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)


class Form(QGridLayout):
    """Captions at the left, fields at the right, notes below their fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(8, 8, 8, 8)
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(6)
        self.setColumnMinimumWidth(0, CAPTION_WIDTH)
        self.setColumnStretch(1, 1)

    def add_field(self, caption: str, field: QWidget) -> None:
        """Add a row; the caption shares the tooltip of its field."""
        label = QLabel(caption)
        label.setToolTip(field.toolTip())
        label.setBuddy(field)
        row = self.rowCount()
        self.addWidget(label, row, 0)
        self.addWidget(field, row, 1)

    def add_wide(self, widget: QWidget) -> None:
        """Add a row of one widget over both columns."""
        self.addWidget(widget, self.rowCount(), 0, 1, 2)
