"""The settings of maximum differentiation: two metrics, a start, a range, an end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssim_viewer.features.maximum_differentiation.state import MadSettings, MadStart
from ssim_viewer.session.run_actions import ChangeSettings
from ssim_viewer.ui.controls.fields import Form, muted_label, name_control, set_text_color
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin, Switch
from ssim_viewer.ui.controls.metric_options import about, metric_options
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.experiments.multi_run_part import MultiRunPart
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from ssim_viewer.session.multi_run import MultiRun
    from ssim_viewer.ui.theme.colors import Colors

PAPER = QT_TR_NOOP(
    "As Wang and Simoncelli, Journal of Vision 8(12):8, 2008: MSE against SSIM with 8×8 windows,"
    " from white noise of MSE 1024 (L = 255)."
)
FREE = QT_TR_NOOP(
    "Free pixels leave what can be shown: an 8-bit file clips them, and the level changes."
)


class MadFields(MultiRunPart[MadSettings]):
    """Shows the settings of the four runs, and changes them by `ChangeSettings`."""

    def __init__(self) -> None:
        super().__init__()
        self._settings = MadSettings()
        self._a = _metric_choice("plate_metric_a", tr("Metric A"), tr("held above, pushed below"))
        self._b = _metric_choice("plate_metric_b", tr("Metric B"), tr("pushed above, held below"))
        self._start = _start_segments()
        self._paper = muted_label(PAPER, wrap=True)
        self._paper.setObjectName("plate_paper_note")
        self._noise = NumberSpin(1e-9, 65025.0)
        tip = tr(
            "MSE of the white noise in 8-bit units; the four images start from the same noise."
        )
        name_control(self._noise, "plate_noise_mse", tr("MSE of the white noise"), tip)
        self._seed = NumberSpin(0, 2**31 - 1, decimals=0)
        tip = tr("The same seed makes the same noise.")
        name_control(self._seed, "plate_seed", tr("Seed of the white noise"), tip)
        self._in_range = Switch(tr("Keep pixels in range"))
        tip = tr("Every pixel stays within 0 and L while the level is kept; else pixels go free.")
        name_control(self._in_range, "plate_in_range", tr("Keep pixels in range"), tip)
        self._free = muted_label(FREE, wrap=True)
        self._steps = NumberSpin(0, 1e6, decimals=0)
        self._steps.setSpecialValueText(tr("nothing better is near"))
        self._steps.setSuffix(tr(" steps are made"))
        tip = tr("Steps after which each run stops; 0 goes on until nothing better is near.")
        name_control(self._steps, "plate_steps", tr("Steps of each run"), tip)
        self._lay_out()
        self._connect()
        self._show(self._settings)

    def show_state(self, state: MultiRun[MadSettings]) -> None:
        """Show the settings."""
        settings = state.settings
        if settings is not self._settings:
            self._settings = settings
            self._show(settings)

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._start.restyle(colors)
        set_text_color(self._free, colors.mse)

    def _show(self, settings: MadSettings) -> None:
        paper = settings.start is MadStart.PAPER
        for choice, name in zip((self._a, self._b), settings.names, strict=True):
            choice.show_value(name)
            choice.setEnabled(not paper)
            choice.setToolTip(about(name))
        self._start.show_value(settings.start)
        self._paper.setVisible(paper)
        self._noise.show_value(1024.0 if paper else settings.noise_mse)
        self._noise.setEnabled(settings.start is MadStart.NOISE)
        self._seed.show_value(settings.seed)
        self._seed.setEnabled(settings.start is not MadStart.SHOWN)
        self._in_range.show_value(settings.in_range)
        self._free.setVisible(not settings.in_range)
        self._steps.show_value(settings.steps)

    def _connect(self) -> None:
        self._a.chosen.connect(lambda name: self._change(replace(self._settings, a=name)))
        self._b.chosen.connect(lambda name: self._change(replace(self._settings, b=name)))
        self._start.chosen.connect(lambda start: self._change(replace(self._settings, start=start)))
        self._noise.valueChanged.connect(
            lambda value: self._change(replace(self._settings, noise_mse=value))
        )
        self._seed.valueChanged.connect(
            lambda value: self._change(replace(self._settings, seed=round(value)))
        )
        self._in_range.toggled.connect(
            lambda on: self._change(replace(self._settings, in_range=on))
        )
        self._steps.valueChanged.connect(
            lambda value: self._change(replace(self._settings, steps=round(value)))
        )

    def _change(self, settings: MadSettings) -> None:
        if settings != self._settings:
            self.intended.emit(ChangeSettings(settings))

    def _lay_out(self) -> None:
        body = QWidget()
        form = Form(body)
        form.add_field(tr("Metric A"), self._a)
        form.add_field(tr("Metric B"), self._b)
        form.add_wide(self._start)
        form.add_wide(self._paper)
        form.add_field(tr("Noise MSE"), self._noise)
        form.add_field(tr("Seed"), self._seed)
        form.add_wide(self._in_range)
        form.add_wide(self._free)
        form.add_field(tr("Stop when"), self._steps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(body)


def _metric_choice(name: str, title: str, part: str) -> Choice:
    choice = Choice(metric_options())
    name_control(choice, name, f"{title}: {part}", tr("The metric that is {part}.", part=part))
    return choice


def _start_segments() -> Segments:
    segments = Segments(
        [
            (
                tr("Noise"),
                MadStart.NOISE,
                "plate_start_noise",
                tr("Start from the reference and white noise."),
            ),
            (
                tr("On screen"),
                MadStart.SHOWN,
                "plate_start_shown",
                tr("Start from the distorted image on screen in the main window."),
            ),
            (tr("2008 paper"), MadStart.PAPER, "plate_start_paper", PAPER),
        ]
    )
    name_control(segments, "plate_start", tr("Start of the runs"), tr("Where all four runs start."))
    return segments
