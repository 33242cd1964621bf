"""A form for the settings of any metric, made from the fields of its dataclass."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ssim_viewer.metrics import SettingKind
from ssim_viewer.ui.controls.fields import Form, NumberField, Scale, name_control
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin, Switch
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.metrics import Metric, Setting

LARGEST = 1e9
FOLLOWS = QT_TR_NOOP("That of SSIM until it is changed here.")


class NumbersEdit(QLineEdit):
    """A line of numbers with commas between them.

    Signals
    -------
    chosen
        Carries the numbers, a tuple of floats; or the text where it holds something else.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[float, ...] = ()
        self.editingFinished.connect(self._finish)

    def show_value(self, values: Sequence[float]) -> None:
        """Write the numbers without telling."""
        self._shown = tuple(values)
        with QSignalBlocker(self):
            self.setText(", ".join(f"{value:.12g}" for value in values))
        self.setCursorPosition(0)

    def _finish(self) -> None:
        parts = [part for part in re.split(r"[,;\s]+", self.text().replace("−", "-")) if part]
        try:
            values: object = tuple(float(part) for part in parts)
        except ValueError:
            values = self.text()
        if values != self._shown:
            self.chosen.emit(values)


class SettingsForm(QWidget):
    """One field for each setting of a metric.

    Signals
    -------
    changed
        Carries the name of a setting and its value, continuously while a slider moves.
    settled
        A gesture has ended.
    """

    changed = Signal(str, object)
    settled = Signal()

    def __init__(self, metric: str, settings: Sequence[Setting]) -> None:
        super().__init__()
        self.setObjectName(f"metric_{_identifier(metric)}_settings")
        self._settings = settings
        self._fields = {each.name: self._field(metric, each) for each in settings}
        form = Form(self)
        for each in settings:
            form.add_field(each.title, self._fields[each.name])

    def show_metric(self, metric: Metric) -> None:
        """Show the settings of a metric; those that do not count by the others are greyed."""
        for each in self._settings:
            field = self._fields[each.name]
            cast("Any", field).show_value(getattr(metric, each.name))
            field.setEnabled(all(getattr(metric, key) == value for key, value in each.needs))

    def _field(self, metric: str, setting: Setting) -> QWidget:
        field, told = _made(setting)
        name = f"metric_{_identifier(metric)}_{setting.name}"
        tip = tr(setting.meaning or setting.title)
        if setting.follows:
            tip = f"{tip} {tr(FOLLOWS)}"
        if isinstance(field, NumberField):
            field.name(name, setting.title, tip)
            field.settled.connect(self.settled)
        else:
            name_control(field, name, setting.title, tip)
        if isinstance(field, NumberSpin):
            field.editingFinished.connect(self.settled)
        sudden = not isinstance(field, NumberField | NumberSpin)

        def tell(value: Any) -> None:
            self.changed.emit(setting.name, _of_kind(setting, value))
            if sudden:
                self.settled.emit()

        told.connect(tell)
        return field


def _made(setting: Setting) -> tuple[QWidget, Any]:
    """Return the widget of a setting, and its signal that carries a value."""
    if setting.kind is SettingKind.CHOICE:
        choice = Choice(setting.choices)
        return choice, choice.chosen
    if setting.kind is SettingKind.SWITCH:
        switch = Switch("")
        return switch, switch.toggled
    if setting.kind is SettingKind.NUMBERS:
        numbers = NumbersEdit()
        return numbers, numbers.chosen
    low = -LARGEST if setting.low is None else setting.low
    high = LARGEST if setting.high is None else setting.high
    whole = setting.kind is SettingKind.WHOLE
    bounded = setting.low is not None and setting.high is not None
    if bounded and (setting.step or (setting.logarithmic and low > 0)):
        scale = Scale(low, high, setting.step, setting.logarithmic)
        field = NumberField(scale, decimals=0 if whole else _decimals(low))
        return field, field.changed
    spin = NumberSpin(low, high, decimals=0 if whole else None)
    return spin, spin.valueChanged


def _of_kind(setting: Setting, value: Any) -> Any:
    return round(value) if setting.kind is SettingKind.WHOLE else value


def _decimals(low: float) -> int:
    return 2 if low >= 0.1 or low <= 0 else 4


def _identifier(name: str) -> str:
    return "_".join(re.findall(r"\w+", name.lower()))
