"""What is swept and how it is drawn: the settings at the right of the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssim_viewer.distortions import catalogue, get_distortion
from ssim_viewer.features.sweep.actions import SweepBy
from ssim_viewer.features.sweep.quantities import COMPONENTS, quantity_of
from ssim_viewer.features.sweep.state import REACH_STEPS, SweepSettings, sweep_of
from ssim_viewer.metrics import catalogue as metrics
from ssim_viewer.reports.gallery import CLASSIC
from ssim_viewer.ui.controls.fields import Form, NumberField, Scale, muted_label, name_control
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin, Switch
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.controls.type_tree import TypeTree
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

POSITIONS = 400
METRICS_HINT = QT_TR_NOOP("Metrics of Metric ▸ Scores in the strip are drawn too.")


class SweepForm(QWidget):
    """Shows the settings and changes them.

    Signals
    -------
    intended
        Carries `SweepBy`.
    moved
        Carries a strength.
    settled
        A gesture has ended.
    """

    intended = Signal(object)
    moved = Signal(float)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._settings = SweepSettings()
        self._view = Segments(
            (
                (
                    tr("Against strength"),
                    "strength",
                    "sweep_against_strength",
                    tr("One distortion: every score while it grows."),
                ),
                (
                    tr("In a plane"),
                    "plane",
                    "sweep_in_plane",
                    tr("Several distortions, two scores."),
                ),
            )
        )
        self._name = Choice([(kind.title, name) for name, kind in catalogue().items()])
        name_control(
            self._name, "sweep_type", tr("Distortion"), tr("The distortion that is swept.")
        )
        self._strength = NumberField(_scale(self._settings.name), decimals=2)
        self._strength.name(
            "sweep_strength",
            tr("Strength"),
            tr("The image of this strength comes on screen. A click in a plot chooses it too."),
        )
        self._seed = NumberSpin(0, 2**31 - 1, decimals=0)
        name_control(
            self._seed, "sweep_seed", tr("Seed"), tr("The same seed, the same random patterns.")
        )
        names = [*COMPONENTS, *metrics()]
        options = [(quantity_of(name).symbol, name) for name in names]
        self._x, self._y = Choice(options), Choice(options)
        name_control(self._x, "sweep_x", tr("Across"), tr("The score of the horizontal axis."))
        name_control(self._y, "sweep_y", tr("Up"), tr("The score of the vertical axis."))
        self._reach = Switch(tr("What climbs can reach"))
        name_control(
            self._reach,
            "sweep_reach",
            tr("What climbs can reach"),
            tr(
                "Climb {reach_steps} steps from noise to the best and to the worst MSSIM at each "
                "MSE, and shade what lies between. More steps reach further.",
                reach_steps=REACH_STEPS,
            ),
        )
        self._types = TypeTree("sweep_types", CLASSIC)
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show the settings of a session."""
        self._settings = settings = sweep_of(session).settings
        self._view.show_value(settings.view)
        self._name.show_value(settings.name)
        self._strength.rescale(_scale(settings.name))
        self._strength.show_value(settings.strength)
        self._seed.show_value(settings.seed)
        self._x.show_value(settings.x)
        self._y.show_value(settings.y)
        self._reach.show_value(settings.reach)
        self._reach.setEnabled({settings.x, settings.y} == {"mse", "ssim"})
        self._types.show_names(settings.names)
        self._of_strength.setVisible(settings.view == "strength")
        self._of_plane.setVisible(settings.view == "plane")

    def nearest(self, strength: float) -> float:
        """Return the position of the slider that is nearest to a strength."""
        scale = _scale(self._settings.name)
        return scale.value(scale.position(strength))

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._view.restyle(colors)

    def _lay_out(self) -> None:
        self._of_strength, self._of_plane = QWidget(), QWidget()
        form = Form(self._of_strength)
        form.add_field(tr("Distortion"), self._name)
        form.add_field(tr("Strength"), self._strength)
        plane = QVBoxLayout(self._of_plane)
        plane.setContentsMargins(0, 0, 0, 0)
        axes = QWidget()
        fields = Form(axes)
        fields.add_field(tr("Up"), self._y)
        fields.add_field(tr("Across"), self._x)
        fields.add_wide(self._reach)
        plane.addWidget(axes)
        plane.addWidget(self._types, 1)
        common = QWidget()
        shared = Form(common)
        shared.add_field(tr("Seed"), self._seed)
        shared.add_wide(muted_label(METRICS_HINT, wrap=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 0)
        column.addWidget(self._view)
        column.addWidget(common)
        column.addWidget(self._of_strength)
        column.addWidget(self._of_plane, 1)
        column.addStretch(0)

    def _connect(self) -> None:
        self._view.chosen.connect(lambda view: self._change(replace(self._settings, view=view)))
        self._name.chosen.connect(
            lambda name: self._change(replace(self._settings, name=name, strength=0.0))
        )
        self._strength.changed.connect(self.moved)
        self._strength.settled.connect(self.settled)
        self._seed.valueChanged.connect(
            lambda seed: self._change(replace(self._settings, seed=round(seed)))
        )
        self._x.chosen.connect(lambda name: self._change(replace(self._settings, x=name)))
        self._y.chosen.connect(lambda name: self._change(replace(self._settings, y=name)))
        self._reach.toggled.connect(lambda on: self._change(replace(self._settings, reach=on)))
        self._types.chosen.connect(lambda names: self._change(replace(self._settings, names=names)))

    def _change(self, settings: SweepSettings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.intended.emit(SweepBy(settings))


def _scale(name: str) -> Scale:
    kind = get_distortion(name)
    return Scale(0.0, kind.largest, 1.0 if kind.whole else kind.largest / POSITIONS)
