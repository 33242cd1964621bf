"""The settings of one link: its strength, its seed, its other numbers."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ssim_viewer.distortions import get_distortion
from ssim_viewer.ui.controls.fields import Form, NumberField, Scale, muted_label, name_control
from ssim_viewer.ui.controls.inputs import NumberSpin
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.distortions import DistortionType, Link, Parameter

POSITIONS = 400
"""Of a slider, at least."""


class LinkForm(QWidget):
    """Shows one link and changes it.

    Signals
    -------
    changed
        Carries the link.
    settled
        A gesture has ended.
    """

    changed = Signal(object)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._link: Link | None = None
        self._body: _Fields | None = None
        self._empty = muted_label(
            tr("Add a distortion: the image follows while its slider moves."), wrap=True
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._empty)
        self._empty.setContentsMargins(8, 4, 8, 4)

    def show_link(self, link: Link | None, *, held: bool) -> None:
        """Show a link; where a level is held, its strength is found and not set."""
        if (link and link.name) != (self._link and self._link.name):
            self._rebuild(link)
        self._link = link
        self._empty.setVisible(link is None)
        if link is not None and self._body is not None:
            self._body.show_link(link, held=held)

    def _rebuild(self, link: Link | None) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            for part in self._body.findChildren(QWidget):
                part.setObjectName("")  # those of the next body have the names
            self._body.deleteLater()
            self._body = None
        if link is not None:
            self._body = _Fields(get_distortion(link.name))
            self._body.changed.connect(self._change)
            self._body.settled.connect(self.settled)
            self._column.addWidget(self._body)

    def _change(self, name: str, value: float) -> None:
        link = self._link
        if link is None:
            return
        if name == "strength":
            link = replace(link, strength=value)
        elif name == "seed":
            link = replace(link, seed=round(value))
        else:
            link = link.with_parameter(name, value)
        self._link = link
        self.changed.emit(link)


class _Fields(QWidget):
    """The fields of one type of distortion."""

    changed = Signal(str, float)
    settled = Signal()

    def __init__(self, kind: DistortionType) -> None:
        super().__init__()
        form = Form(self)
        title = QLabel(tr(kind.title))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        title.setObjectName("distortion_title")
        form.add_wide(title)
        form.add_wide(muted_label("\n".join((kind.meaning, *kind.known_as)), wrap=True))
        self._strength = _field(kind.largest, 0.0, whole=kind.whole)
        measure = f"{kind.measure}, {kind.unit}" if kind.unit else kind.measure
        tip = tr(
            "{measure}, from 0 to {largest:g}.",
            measure=measure.capitalize(),
            largest=kind.largest,
        )
        self._strength.name("distortion_strength", tr("Strength"), tip)
        form.add_field(tr("Strength"), self._strength)
        self._connect("strength", self._strength)
        form.add_wide(muted_label(measure))
        self._parameters = {each.name: self._parameter(form, each) for each in kind.parameters}
        self._seed = NumberSpin(0, 2**31 - 1, decimals=0)
        name_control(
            self._seed, "distortion_seed", tr("Seed"), tr("The same seed, the same pattern.")
        )
        if kind.random:
            form.add_field(tr("Seed"), self._seed)
            self._seed.valueChanged.connect(lambda value: self.changed.emit("seed", value))
            self._seed.editingFinished.connect(self.settled)

    def show_link(self, link: Link, *, held: bool) -> None:
        """Write the numbers of a link without telling."""
        self._strength.show_value(link.strength)
        self._strength.setEnabled(not held)
        self._seed.show_value(link.seed)
        for name, field in self._parameters.items():
            field.show_value(link.parameter(name))

    def _parameter(self, form: Form, parameter: Parameter) -> NumberField:
        field = _field(parameter.largest, parameter.smallest)
        unit = f" ({parameter.unit})" if parameter.unit else ""
        tip = tr(
            "{title}{unit}; {default:g} by default.",
            title=tr(parameter.title),
            unit=unit,
            default=parameter.default,
        )
        field.name(f"distortion_{parameter.name}", parameter.title, tip)
        form.add_field(f"{parameter.title}", field)
        self._connect(parameter.name, field)
        return field

    def _connect(self, name: str, field: NumberField) -> None:
        field.changed.connect(lambda value: self.changed.emit(name, value))
        field.settled.connect(self.settled)


def _field(largest: float, smallest: float, *, whole: bool = False) -> NumberField:
    step = 1.0 if whole else 10.0 ** math.floor(math.log10((largest - smallest) / POSITIONS))
    decimals = 0 if whole else max(0, 1 - round(math.log10(step)))
    return NumberField(Scale(smallest, largest, step), decimals=decimals)
