"""The settings of the metrics: every convention of SSIM, live, and those of any other metric.

What a metric is with these settings is computed elsewhere; this panel shows and changes them.
"""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ssim_viewer.metrics import PRESETS, Ssim
from ssim_viewer.session.family import SSIM, symbol_of
from ssim_viewer.session.intents import ChangeMetric
from ssim_viewer.session.metric_settings import adjustable_metrics
from ssim_viewer.ui.controls import metric_fields as fields
from ssim_viewer.ui.controls.fields import Form, muted_label, name_control
from ssim_viewer.ui.controls.other_settings import OtherSettings
from ssim_viewer.ui.controls.section import Section
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

WANG = "Wang 2004"
FRACTIONAL = QT_TR_NOOP(
    "With a fractional α or γ a negative l or s counts as 0: a negative number has no real power."
)


class MetricPanel(QWidget):
    """Shows the metric in use and changes it.

    Signals
    -------
    intended
        Carries `ChangeMetric` or `ChangeMetricSettings`, continuously while a slider moves.
    settled
        A gesture has ended, so the next change is undone by itself.
    """

    intended = Signal(object)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._metric = Ssim()
        self._shown: tuple[object, object] | None = None
        self._add_fields()
        self._lay_out()
        self._connect()
        self._body.setEnabled(False)

    def show_session(self, session: Session) -> None:
        """Show the metric of a session."""
        self._others.show_session(session)
        pair, metric = session.document.pair, session.document.metric
        if self._shown is not None and self._shown[0] is metric and self._shown[1] is pair:
            return
        self._shown = (metric, pair)
        self._metric = metric
        self._body.setEnabled(pair is not None)
        self._show_settings(metric)
        if pair is not None:
            pixels = pair.reference.pixels
            self._show_limits(free=pixels.dtype != np.uint8, color=pixels.ndim == 3)
            self._automatic.setText(_automatic_text(metric, pixels.shape))

    def restyle(self, colors: Colors) -> None:
        """Paint the icon in a theme's colours."""
        self._reset.setIcon(themed_icon("restore", colors))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Unfold the settings and hand the focus on to the first of them."""
        super().focusInEvent(event)
        self._section.unfold()
        self._preset.setFocus(event.reason())

    def _add_fields(self) -> None:
        self._preset = fields.preset_choice([*PRESETS])
        self._reset = QToolButton()
        self._reset.setAutoRaise(True)
        name_control(
            self._reset,
            "metric_reset",
            tr("Reset the metric"),
            tr(
                "Back to Wang et al. 2004: 11×11 Gaussian window σ 1.5, K = 0.01, 0.03, valid,"
                " luma."
            ),
        )
        self._of = fields.metric_choice([(symbol_of(name), name) for name in adjustable_metrics()])
        self._others = OtherSettings()
        self._window = fields.window_choice()
        self._size = fields.size_field()
        self._sigma = fields.sigma_field()
        self._k1, self._k2 = fields.constant_field(1), fields.constant_field(2)
        self._range = fields.range_spin()
        self._border = fields.border_choice()
        self._covariance = fields.covariance_choice()
        self._exponents = tuple(fields.exponent_field(part) for part in range(3))
        self._hint: QLabel = muted_label(FRACTIONAL, wrap=True)
        self._hint.setObjectName("metric_exponent_hint")
        self._color = fields.color_choice()
        self._automatic = fields.automatic_switch()
        self._crop = fields.crop_field()

    def _lay_out(self) -> None:
        self._ssim = QWidget()
        form = Form(self._ssim)
        preset = QWidget()
        row = QHBoxLayout(preset)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._preset, 1)
        row.addWidget(self._reset)
        preset.setFocusProxy(self._preset)
        form.add_field(tr("Preset"), preset)
        form.add_field(tr("Window"), self._window)
        form.add_field(tr("Size"), self._size)
        form.add_field("σ", self._sigma)
        form.add_field("K₁", self._k1)
        form.add_field("K₂", self._k2)
        form.add_field(tr("Data range L"), self._range)
        form.add_field(tr("Border"), self._border)
        form.add_field(tr("Covariance"), self._covariance)
        for caption, field in zip(fields.EXPONENT_CAPTIONS, self._exponents, strict=True):
            form.add_field(caption, field)
        form.add_wide(self._hint)
        form.add_field(tr("Colour"), self._color)
        form.add_field(tr("Downsample"), self._automatic)
        form.add_field(tr("Crop"), self._crop)
        self._body = QWidget()
        above = Form()
        above.add_field(tr("Settings of"), self._of)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(above)
        body.addWidget(self._ssim)
        body.addWidget(self._others)
        self._others.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._section = Section(tr("Metric"), "metric_section", self._body)
        column.addWidget(self._section)

    def _connect(self) -> None:
        self._of.chosen.connect(self._show_metric)
        self._others.intended.connect(self.intended)
        self._others.settled.connect(self.settled)
        self._preset.chosen.connect(self._apply_preset)
        self._reset.clicked.connect(lambda: self._apply_preset(WANG))
        for name, choice in (
            ("window", self._window),
            ("border", self._border),
            ("covariance", self._covariance),
            ("color", self._color),
        ):
            choice.chosen.connect(
                lambda value, name=name: self._choose(replace(self._metric, **{name: value}))
            )
        for name, field in (("sigma", self._sigma), ("k1", self._k1), ("k2", self._k2)):
            field.changed.connect(
                lambda value, name=name: self._change(replace(self._metric, **{name: value}))
            )
        self._size.changed.connect(
            lambda value: self._change(replace(self._metric, window_size=round(value)))
        )
        self._crop.changed.connect(
            lambda value: self._change(replace(self._metric, crop=round(value)))
        )
        for part, field in enumerate(self._exponents):
            field.changed.connect(lambda value, part=part: self._change_exponent(part, value))
        numbers = self._size, self._sigma, self._k1, self._k2, self._crop, *self._exponents
        for field in numbers:
            field.settled.connect(self.settled)
        self._range.valueChanged.connect(
            lambda value: self._change(replace(self._metric, data_range=value))
        )
        self._range.editingFinished.connect(self.settled)
        self._automatic.toggled.connect(
            lambda on: self._choose(replace(self._metric, downsample="auto" if on else 1))
        )

    def _show_metric(self, name: str) -> None:
        """Show the settings of SSIM, or those of another metric."""
        self._ssim.setVisible(name == SSIM)
        self._others.setVisible(name != SSIM)
        if name != SSIM:
            self._others.show_metric(name)

    def _show_settings(self, metric: Ssim) -> None:
        self._preset.show_value(preset_of(metric))
        self._window.show_value(metric.window)
        self._size.show_value(metric.window_size)
        self._sigma.show_value(metric.sigma)
        self._sigma.setEnabled(metric.window == "gaussian")
        self._k1.show_value(metric.k1)
        self._k2.show_value(metric.k2)
        self._range.show_value(metric.data_range)
        self._border.show_value(metric.border)
        self._covariance.show_value(metric.covariance)
        for field, value in zip(self._exponents, metric.exponents, strict=True):
            field.show_value(value)
        alpha, _, gamma = metric.exponents
        self._hint.setVisible(not (alpha.is_integer() and gamma.is_integer()))
        self._color.show_value(metric.color)
        self._automatic.show_value(isinstance(metric.downsample, str))
        self._crop.show_value(metric.crop)

    def _show_limits(self, *, free: bool, color: bool) -> None:
        self._range.setEnabled(free)
        self._range.setToolTip(tr(fields.RANGE_TIP if free else fields.FIXED_RANGE_TIP))
        self._color.setEnabled(color)
        self._color.setToolTip(tr(fields.COLOR_TIP if color else fields.GREY_TIP))

    def _apply_preset(self, name: str) -> None:
        if name in PRESETS:
            preset = replace(PRESETS[name], data_range=self._metric.data_range)
            self.intended.emit(ChangeMetric(preset))
            self.settled.emit()

    def _change_exponent(self, part: int, value: float) -> None:
        alpha, beta, gamma = (
            value if place == part else before
            for place, before in enumerate(self._metric.exponents)
        )
        self._change(replace(self._metric, exponents=(alpha, beta, gamma)))

    def _choose(self, metric: Ssim) -> None:
        self._change(metric)
        self.settled.emit()

    def _change(self, metric: Ssim) -> None:
        if metric != self._metric:
            self._metric = metric
            self.intended.emit(ChangeMetric(metric))


_PRESET = tuple(each.name for each in fields_of(Ssim) if each.name not in {"data_range", "color"})
"""The settings by which a preset is known."""


def preset_of(metric: Ssim) -> str:
    """Return the name of the preset that a metric is, whatever its range and colour, or Custom."""
    for name, preset in PRESETS.items():
        if all(getattr(metric, each) == getattr(preset, each) for each in _PRESET):
            return name
    return fields.CUSTOM


def _automatic_text(metric: Ssim, shape: tuple[int, ...]) -> str:
    if metric.downsample == 1:
        return tr("automatically")
    kind = tr("automatic") if isinstance(metric.downsample, str) else tr("fixed")
    return f"×{metric.factor(shape)} ({kind})"
