"""What is done to which image, how strongly: the settings of the window of robustness."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ssim_viewer.distortions import Kind
from ssim_viewer.features.robustness.actions import DistortBy
from ssim_viewer.features.robustness.state import (
    KIND_WORDS,
    REACHES,
    RobustnessSettings,
    robustness_of,
)
from ssim_viewer.ui.controls.fields import Form, NumberField, Scale, muted_label, name_control
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

METRICS_HINT = QT_TR_NOOP(
    "Drawn are SSIM, PSNR, CW-SSIM, the metric that a climb follows, and those of "
    "Metric ▸ Scores in the strip."
)


class RobustnessForm(QWidget):
    """Shows the settings and changes them.

    Signals
    -------
    intended
        Carries `DistortBy`.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._settings = RobustnessSettings()
        self._kind = Choice([(KIND_WORDS[kind], kind) for kind in Kind])
        tip = tr(
            "Translation to the right, rotation and growth about the middle, Gaussian blur, white "
            "noise. Beyond its edges the image is mirrored."
        )
        name_control(self._kind, "robustness_kind", tr("Distortion"), tip)
        self._strength = NumberField(_scale(self._settings.kind), decimals=2)
        self._strength.name(
            "robustness_strength",
            tr("Strength"),
            tr("How strong the distortion is. A click in a plot chooses it too."),
        )
        self._seed = NumberSpin(0, 2**31 - 1, decimals=0)
        tip = tr("The same seed brings the same pattern, only stronger, at every strength.")
        name_control(self._seed, "robustness_seed", tr("Seed of the noise"), tip)
        self._base = _base_segments()
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show the settings of a session."""
        self._settings = settings = robustness_of(session).settings
        self._kind.show_value(settings.kind)
        self._strength.rescale(_scale(settings.kind))
        self._strength.show_value(settings.strength)
        self._seed.show_value(settings.seed)
        self._seed.setEnabled(settings.kind is Kind.NOISE)
        self._base.show_value(settings.of_reference)

    def choose_strength(self, strength: float) -> None:
        """Take the strength of the slider's step nearest to one."""
        reach = REACHES[self._settings.kind]
        steps = round(strength / reach.step)
        self._change(
            replace(self._settings, strength=round(min(steps * reach.step, reach.largest), 6))
        )

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._base.restyle(colors)

    def _lay_out(self) -> None:
        form = Form(self)
        form.add_wide(self._base)
        form.add_field(tr("Distortion"), self._kind)
        form.add_field(tr("Strength"), self._strength)
        form.add_field(tr("Seed"), self._seed)
        form.add_wide(muted_label(METRICS_HINT, wrap=True))

    def _connect(self) -> None:
        self._kind.chosen.connect(
            lambda kind: self._change(
                replace(self._settings, kind=kind, strength=REACHES[kind].first)
            )
        )
        self._strength.changed.connect(
            lambda value: self._change(replace(self._settings, strength=round(value, 6)))
        )
        self._seed.valueChanged.connect(
            lambda value: self._change(replace(self._settings, seed=round(value)))
        )
        self._base.chosen.connect(
            lambda value: self._change(replace(self._settings, of_reference=value))
        )

    def _change(self, settings: RobustnessSettings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.intended.emit(DistortBy(settings))


def _scale(kind: Kind) -> Scale:
    reach = REACHES[kind]
    return Scale(0.0, reach.largest, reach.step)


def _base_segments() -> Segments:
    segments = Segments(
        [
            (
                tr("Distorted image"),
                False,
                "robustness_of_distorted",
                tr("Distort the distorted image on screen further."),
            ),
            (
                tr("Reference"),
                True,
                "robustness_of_reference",
                tr(
                    "Distort the reference itself: at strength 0 every metric finds identical"
                    " images."
                ),
            ),
        ]
    )
    name_control(segments, "robustness_of", tr("Image to distort"), tr("Which image is distorted."))
    return segments
