"""The experiment: a climb, up or down in quality, while the MSE stays what it is."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ssim_viewer.session.intents import ChangeExperiment, ChooseDriver
from ssim_viewer.session.run import COLUMNS
from ssim_viewer.session.state import Experiment, Start
from ssim_viewer.ui.controls import experiment_fields as fields
from ssim_viewer.ui.controls.fields import Form, muted_label, set_text_color
from ssim_viewer.ui.controls.numbers import drift, held_mse, quantity
from ssim_viewer.ui.controls.section import Section
from ssim_viewer.ui.controls.transport import Transport
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from ssim_viewer.session.run import Run
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

STEP_SIZE = COLUMNS.index("step_size")
FREE_WARNING = QT_TR_NOOP(
    "Free pixels leave what can be shown: saved as 8 bit the image is clipped and its MSE changes."
)


class ExperimentPanel(QWidget):
    """Shows the settings of the climb and its transport, and changes them.

    Signals
    -------
    intended
        Carries `ChangeExperiment`, `ChooseDriver`, or what the transport wants.
    settled
        A gesture has ended, so the next change is undone by itself.
    """

    intended = Signal(object)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._experiment = Experiment()
        self._data_range = 255.0
        self._run: Run | None = None
        self._shown: Experiment | None = None
        self._driven_by = ""
        self._add_fields()
        self._lay_out()
        self._connect()
        self._show_experiment(self._experiment)
        self._show_run(None)

    @property
    def transport(self) -> Transport:
        """The buttons and the history slider, for who wants to give them the focus."""
        return self._transport

    def show_session(self, session: Session) -> None:
        """Show the experiment of a session."""
        document = session.document
        data_range = document.metric.data_range
        if document.experiment is not self._shown or data_range != self._data_range:
            self._shown = self._experiment = document.experiment
            self._data_range = data_range
            self._noise.show_largest(data_range**2)
            self._show_experiment(document.experiment)
        if document.driver != self._driven_by:
            self._driven_by = document.driver
            self._driver.show_value(document.driver)
        self._transport.show_session(session)
        if document.run is not self._run:
            self._show_run(document.run)
            self._show_step_size()

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        for part in (self._start, self._direction, self._transport):
            part.restyle(colors)
        set_text_color(self._warning, colors.mse)

    def _add_fields(self) -> None:
        self._start = fields.start_segments()
        self._noise = fields.noise_spin()
        self._noise_level: QLabel = muted_label()
        self._noise_level.setObjectName("experiment_noise_sigma")
        self._noise_level.setMinimumWidth(
            self._noise_level.fontMetrics().horizontalAdvance("σ = 000.00")
        )
        self._seed = fields.seed_spin()
        self._driver = fields.driver_choice()
        self._direction = fields.direction_segments()
        self._rule = fields.rule_choice()
        self._automatic = fields.automatic_switch()
        self._step = fields.step_spin()
        self._in_range = fields.range_switch()
        self._warning: QLabel = muted_label(FREE_WARNING, wrap=True)
        self._warning.setObjectName("experiment_free_warning")
        self._transport = Transport()
        self._held: QLabel = muted_label()
        self._held.setObjectName("experiment_held")

    def _lay_out(self) -> None:
        body = QWidget()
        form = Form(body)
        form.add_wide(self._start)
        form.add_field(tr("Noise MSE"), _row(self._noise, self._noise_level))
        form.add_field(tr("Seed"), self._seed)
        form.add_field(tr("Climb by"), self._driver)
        form.add_wide(self._direction)
        form.add_field(tr("Rule"), self._rule)
        form.add_field(tr("Step, RMS"), _row(self._automatic, self._step))
        form.add_wide(self._in_range)
        form.add_wide(self._warning)
        form.add_wide(self._transport)
        form.add_wide(self._held)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Section(tr("Experiment"), "experiment_section", body))

    def _connect(self) -> None:
        self._start.chosen.connect(
            lambda value: self._choose(replace(self._experiment, start=value))
        )
        self._noise.valueChanged.connect(
            lambda value: self._change(replace(self._experiment, noise_mse=value))
        )
        self._noise.editingFinished.connect(self.settled)
        self._seed.valueChanged.connect(
            lambda value: self._change(replace(self._experiment, seed=round(value)))
        )
        self._seed.editingFinished.connect(self.settled)
        self._driver.chosen.connect(lambda name: self.intended.emit(ChooseDriver(name)))
        self._direction.chosen.connect(
            lambda value: self._choose(replace(self._experiment, direction=value))
        )
        self._rule.chosen.connect(lambda value: self._choose(replace(self._experiment, rule=value)))
        self._automatic.toggled.connect(
            lambda on: self._choose(
                replace(self._experiment, step_size=None if on else self._step.value())
            )
        )
        self._step.valueChanged.connect(
            lambda value: self._change(replace(self._experiment, step_size=value))
        )
        self._step.editingFinished.connect(self.settled)
        self._in_range.toggled.connect(
            lambda on: self._choose(replace(self._experiment, in_range=on))
        )
        self._transport.intended.connect(self.intended)
        self._transport.settled.connect(self.settled)

    def _show_experiment(self, experiment: Experiment) -> None:
        self._start.show_value(experiment.start)
        self._noise.show_value(experiment.noise_mse)
        self._noise_level.setText(f"σ = {quantity(math.sqrt(experiment.noise_mse))}")
        self._seed.show_value(experiment.seed)
        for spin in (self._noise, self._seed):
            spin.setEnabled(experiment.start is Start.NOISE)
        self._noise_level.setEnabled(experiment.start is Start.NOISE)
        self._direction.show_value(experiment.direction)
        self._rule.show_value(experiment.rule)
        automatic = experiment.step_size is None
        self._automatic.show_value(automatic)
        self._step.setEnabled(not automatic)
        self._show_step_size()
        self._in_range.show_value(experiment.in_range)
        self._warning.setVisible(not experiment.in_range)

    def _show_step_size(self) -> None:
        """Show the chosen length, or the one that the automatic choice led to."""
        size = self._experiment.step_size
        if size is None and self._run is not None:
            size = float(f"{self._run.trace[self._run.cursor, STEP_SIZE]:.3g}")
        self._step.show_value(size or self._data_range / 100)

    def _show_run(self, run: Run | None) -> None:
        self._run = run
        self._held.setText(
            tr("MSE held at {held_mse}, drift {drift}", held_mse=held_mse(run), drift=drift(run))
            if run
            else tr("MSE is held constant")
        )

    def _choose(self, experiment: Experiment) -> None:
        self._change(experiment)
        self.settled.emit()

    def _change(self, experiment: Experiment) -> None:
        if experiment != self._experiment:
            self._experiment = experiment
            self.intended.emit(ChangeExperiment(experiment))


def _row(first: QWidget, second: QWidget) -> QWidget:
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(first, 1)
    row.addWidget(second)
    widget.setToolTip(first.toolTip())
    widget.setFocusProxy(first)
    return widget
