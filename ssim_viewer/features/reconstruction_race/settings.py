"""The settings of a race: who runs, from where, how, and where it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ssim_viewer.features.reconstruction_race.state import Finish, RaceSettings, RaceStart
from ssim_viewer.metrics import catalogue
from ssim_viewer.session.run_actions import ChangeSettings
from ssim_viewer.synthesis import Optimizer
from ssim_viewer.ui.controls.fields import Form, muted_label, name_control
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin, Switch
from ssim_viewer.ui.controls.metric_options import about, metric_options
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.experiments.multi_run_part import MultiRunPart
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.session.multi_run import MultiRun
    from ssim_viewer.ui.theme.colors import Colors

_STARTS = [
    (QT_TR_NOOP("Noise"), RaceStart.NOISE),
    (QT_TR_NOOP("Noise of an MSE"), RaceStart.NOISE_OF_MSE),
    (QT_TR_NOOP("Grey"), RaceStart.GREY),
    (QT_TR_NOOP("Blur of the reference"), RaceStart.BLUR),
    (QT_TR_NOOP("Image on screen"), RaceStart.SHOWN),
]
_KEPT = (0.9, 0.999)
_OTHER = 0.99
_FINISHES = [
    (QT_TR_NOOP("a threshold of 0.9"), (Finish.VALUE, 0.9)),
    (QT_TR_NOOP("a threshold of 0.999"), (Finish.VALUE, 0.999)),
    (QT_TR_NOOP("another threshold"), (Finish.VALUE, None)),
    (QT_TR_NOOP("a number of steps"), (Finish.STEPS, None)),
    (QT_TR_NOOP("a time"), (Finish.SECONDS, None)),
]
THRESHOLD = QT_TR_NOOP(
    "Each racer ends where its own metric reaches the threshold. An error has to fall to"
    " 1 − threshold of what it is at the start: 0.9 means to a tenth."
)


class RaceFields(MultiRunPart[RaceSettings]):
    """Shows the settings of a race, and changes them by `ChangeSettings`."""

    def __init__(self) -> None:
        super().__init__()
        self._settings = RaceSettings()
        self._racers = {name: _racer(symbol, name) for symbol, name in metric_options()}
        self._start = Choice(_STARTS)
        tip = tr("Where every racer starts: the same image for all of them.")
        name_control(self._start, "race_start", tr("Start of the race"), tip)
        self._noise = NumberSpin(1e-9, 65025.0)
        tip = tr("MSE of the white noise in 8-bit units.")
        name_control(self._noise, "race_noise_mse", tr("MSE of the white noise"), tip)
        self._seed = NumberSpin(0, 2**31 - 1, decimals=0)
        name_control(
            self._seed,
            "race_seed",
            tr("Seed of the noise"),
            tr("The same seed makes the same noise."),
        )
        self._optimizer = _optimizer_segments()
        self._finish = Choice(_FINISHES)
        name_control(self._finish, "race_finish", tr("Where a racer stops"), tr("What ends a run."))
        self._value = NumberSpin(0.0, 0.999999)
        self._value.setSingleStep(0.01)
        name_control(self._value, "race_value", tr("Threshold"), THRESHOLD)
        self._steps = NumberSpin(1, 1e6, decimals=0)
        name_control(
            self._steps, "race_steps", tr("Steps"), tr("Steps after which each racer stops.")
        )
        self._seconds = NumberSpin(0.1, 1e6)
        self._seconds.setSuffix(" s")
        tip = tr("Time that each racer works before it stops; the others' turns do not count.")
        name_control(self._seconds, "race_seconds", tr("Seconds"), tip)
        self._note = muted_label(THRESHOLD, wrap=True)
        self._lay_out()
        self._connect()
        self._show(self._settings)

    def show_state(self, state: MultiRun[RaceSettings]) -> None:
        """Show the settings."""
        settings = state.settings
        if settings is not self._settings:
            self._settings = settings
            self._show(settings)

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._optimizer.restyle(colors)

    def _show(self, settings: RaceSettings) -> None:
        for name, switch in self._racers.items():
            switch.show_value(name in settings.racers)
        self._start.show_value(settings.start)
        self._noise.show_value(settings.noise_mse)
        self._noise.setEnabled(settings.start is RaceStart.NOISE_OF_MSE)
        self._seed.show_value(settings.seed)
        self._seed.setEnabled(settings.start in {RaceStart.NOISE, RaceStart.NOISE_OF_MSE})
        self._optimizer.show_value(settings.optimizer)
        finish, value = settings.finish, settings.value
        kept = finish is Finish.VALUE and value in _KEPT
        self._finish.show_value((finish, value if kept else None))
        self._value.show_value(value)
        self._steps.show_value(settings.steps)
        self._seconds.show_value(settings.seconds)
        self._value.setVisible(finish is Finish.VALUE and not kept)
        self._steps.setVisible(finish is Finish.STEPS)
        self._seconds.setVisible(finish is Finish.SECONDS)
        self._note.setVisible(finish is Finish.VALUE)

    def _connect(self) -> None:
        for switch in self._racers.values():
            switch.toggled.connect(self._change_racers)
        self._start.chosen.connect(lambda start: self._change(replace(self._settings, start=start)))
        self._optimizer.chosen.connect(
            lambda optimizer: self._change(replace(self._settings, optimizer=optimizer))
        )
        self._finish.chosen.connect(self._change_finish)
        numbers: tuple[tuple[NumberSpin, str, Callable[[float], float]], ...] = (
            (self._noise, "noise_mse", float),
            (self._seed, "seed", round),
            (self._value, "value", float),
            (self._steps, "steps", round),
            (self._seconds, "seconds", float),
        )
        for spin, field, number in numbers:
            spin.valueChanged.connect(
                lambda value, field=field, number=number: self._change(
                    replace(self._settings, **{field: number(value)})
                )
            )

    def _change_racers(self) -> None:
        on = tuple(name for name, switch in self._racers.items() if switch.isChecked())
        self._change(replace(self._settings, racers=on))

    def _change_finish(self, chosen: tuple[Finish, float | None]) -> None:
        finish, value = chosen
        if finish is Finish.VALUE:
            self._change(
                replace(self._settings, finish=finish, value=_OTHER if value is None else value)
            )
        else:
            self._change(replace(self._settings, finish=finish))

    def _change(self, settings: RaceSettings) -> None:
        if settings != self._settings:
            self.intended.emit(ChangeSettings(settings))

    def _lay_out(self) -> None:
        racers = QWidget()
        racers.setToolTip(tr("The metrics that race; one alone is a reconstruction."))
        grid = QGridLayout(racers)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        for place, switch in enumerate(self._racers.values()):
            grid.addWidget(switch, place // 2, place % 2)
        body = QWidget()
        form = Form(body)
        form.add_field(tr("Racers"), racers)
        form.add_field(tr("Start"), self._start)
        form.add_field(tr("Noise MSE"), self._noise)
        form.add_field(tr("Seed"), self._seed)
        form.add_wide(self._optimizer)
        form.add_field(tr("Stop at"), self._finish)
        for spin in (self._value, self._steps, self._seconds):
            form.addWidget(spin, form.rowCount(), 1)
        form.add_wide(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(body)


def _racer(symbol: str, name: str) -> Switch:
    switch = Switch(tr(symbol))
    part = name.replace("-", "_")
    name_control(
        switch,
        f"race_racer_{part}",
        tr("{title} races", title=catalogue()[name].title),
        about(name),
    )
    return switch


def _optimizer_segments() -> Segments:
    segments = Segments(
        [
            (
                "L-BFGS-B",
                Optimizer.LBFGSB,
                "race_lbfgsb",
                tr("Byrd, Lu, Nocedal and Zhu 1995: remembers curvature, and never gets worse."),
            ),
            (
                tr("Adam"),
                Optimizer.ADAM,
                "race_adam",
                tr("Kingma and Ba 2015: running means of the gradient and its square, by pixel."),
            ),
            (
                tr("Gradient"),
                Optimizer.GRADIENT,
                "race_gradient",
                tr("A constant times the gradient, pixels kept in range."),
            ),
        ]
    )
    name_control(segments, "race_optimizer", tr("Optimiser"), tr("How each racer makes its way."))
    return segments
