"""Inputs that can be written without telling, and that a passing wheel does not change.

Each tells what a person chose by a signal; ``show_value`` writes without it, so that
rendering a session never comes back as an intent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QPoint, QRectF, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QStandardItemModel,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionButton,
    QToolTip,
    QWidget,
)

from ssim_viewer.ui.controls.numbers import plain
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from collections.abc import Iterable


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

    A number beyond its limits can be typed; once it is finished the last one comes back, and a
    tip below the box says the limits.

    Parameters
    ----------
    decimals
        How many are written; None writes as few as the number needs.

    Attributes
    ----------
    first_step
        The step from 0, where a part of the number would be nothing.
    """

    first_step = 0.01

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
        self._soon = QTimer(self, interval=0, singleShot=True)  # the focus that moves hides tips
        self._soon.timeout.connect(self._say_limits)
        self.setFont(tabular(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(64)  # else it asks for room for its largest number
        if decimals is None:
            self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's own name
        """Return the number as it is written in the box."""
        return plain(value) if self._decimals is None else f"{value:.{self._decimals}f}"

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Let any number of few enough decimals be typed, be it within the limits or not."""
        found = super().validate(text, place)
        if found[0] is QValidator.State.Invalid and self._may_become_number(text):
            return QValidator.State.Intermediate, text, place
        return found

    def fixup(self, text: str) -> str:
        """Say the limits where the number that was typed lies beyond them."""
        number = _number(self._bare(text))
        if number is not None and not self.minimum() <= number <= self.maximum():
            self._soon.start()
        return super().fixup(text)

    def _may_become_number(self, text: str) -> bool:
        bare = self._bare(text)
        _, _, decimals = bare.partition(".")
        return bare == "-" or (_number(bare) is not None and len(decimals) <= self.decimals())

    def _bare(self, text: str) -> str:
        return text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip()

    def _say_limits(self) -> None:
        low, high = self.textFromValue(self.minimum()), self.textFromValue(self.maximum())
        words = tr(
            "Only numbers from {low} to {high} are possible here; {value} stays.",
            low=low,
            high=high,
            value=self.textFromValue(self.value()),
        )
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height() // 2)), words, self)

    def stepBy(self, steps: int) -> None:  # noqa: N802 - Qt's own name
        """Step by a part of the number, and from 0 by the first step."""
        if self._decimals is None and self.value() == 0.0:
            self.setValue(steps * self.first_step)
            self.selectAll()
        else:
            super().stepBy(steps)

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


def _number(text: str) -> float | None:
    """Return the number that is written in figures, or None."""
    return float(text) if re.fullmatch(r"-?(\d+\.?\d*|\.\d+)", text) else None


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
        self.fill(options)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)
        self.currentIndexChanged.connect(lambda index: self.chosen.emit(self._values[index]))

    def fill(self, options: Iterable[tuple[str, Any]]) -> None:
        """Offer other values without telling."""
        with QSignalBlocker(self):
            self.clear()
            self._values = []
            for text, value in options:
                self.addItem(tr(text))
                self._values.append(value)

    def show_value(self, value: object) -> None:
        """Show a value without telling."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self._values.index(value))

    def disable(self, place: int) -> None:
        """Show a value that cannot be chosen."""
        model = self.model()
        if isinstance(model, QStandardItemModel):
            model.item(place).setEnabled(False)

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
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
