"""The inputs of the experiment panel with their names, ranges and explanations."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ssim_viewer.metrics import catalogue
from ssim_viewer.session.family import HELD
from ssim_viewer.session.state import Start
from ssim_viewer.synthesis import Direction, Rule
from ssim_viewer.ui.controls.fields import VALUE_WIDTH, name_control
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin, Switch
from ssim_viewer.ui.controls.metric_words import tip_of
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.text import tr


def start_segments() -> Segments:
    """Return the choice of where the climb starts."""
    segments = Segments(
        [
            (
                tr("Distorted image"),
                Start.DISTORTED,
                "experiment_start_distorted",
                tr("Start from the distorted image; the climb holds its MSE."),
            ),
            (
                tr("White noise"),
                Start.NOISE,
                "experiment_start_noise",
                tr("Start from the reference plus white noise of a wanted MSE."),
            ),
        ]
    )
    name_control(
        segments, "experiment_start", tr("Start of the climb"), tr("Where the climb starts.")
    )
    return segments


def noise_spin() -> NumberSpin:
    """Return the box of the wanted MSE."""
    spin = NumberSpin(1e-9, 65025.0)
    tip = tr("MSE of the white noise, exact: it lies on the sphere of radius σ√N, with MSE = σ².")
    name_control(spin, "experiment_noise_mse", tr("MSE of the white noise"), tip)
    return spin


def seed_spin() -> NumberSpin:
    """Return the box of the seed."""
    spin = NumberSpin(0, 2**31 - 1, decimals=0)
    tip = tr("The same seed makes the same noise; another one starts elsewhere on the sphere.")
    name_control(spin, "experiment_seed", tr("Seed of the white noise"), tip)
    return spin


def direction_segments() -> Segments:
    """Return the choice of up or down."""
    segments = Segments(
        [
            (
                tr("Descent ↓ worse"),
                Direction.DESCENT,
                "experiment_descent",
                tr("Towards lower quality at the same MSE: Y ← project(Y − λ · tangent gradient)."),
            ),
            (
                tr("Ascent ↑ better"),
                Direction.ASCENT,
                "experiment_ascent",
                tr(
                    "Towards higher quality at the same MSE: Y ← project(Y + λ · tangent gradient)."
                ),
            ),
        ]
    )
    tip = tr("Whether quality is to fall or to rise, by the metric above, while the MSE stays.")
    name_control(segments, "experiment_direction", tr("Direction of the climb"), tip)
    return segments


def driver_choice() -> Choice:
    """Return the choice of the metric that a climb follows."""
    entries = catalogue().values()
    choice = Choice([(entry.symbol, entry.name) for entry in entries])
    for place, entry in enumerate(entries):
        choice.setItemData(place, tip_of(entry), Qt.ItemDataRole.ToolTipRole)
        if entry.name in HELD or not entry.has_gradient:  # listed, so that nobody looks for it
            choice.disable(place)
    tip = tr("The metric whose gradient is followed. Another one begins anew.")
    name_control(choice, "experiment_driver", tr("Metric to climb by"), tip)
    return choice


def rule_choice() -> Choice:
    """Return the choice of the rule of a step."""
    choice = Choice([(tr("Adaptive"), Rule.ADAPTIVE), (tr("Fixed step (paper)"), Rule.FIXED)])
    tip = tr(
        "Adaptive: conjugate gradient that finds each step's length, about ten times fewer steps."
        " Fixed: the paper's constant λ times the gradient, projected back onto the sphere."
    )
    name_control(choice, "experiment_rule", tr("Rule of a step"), tip)
    return choice


def automatic_switch() -> Switch:
    """Return the switch of the automatic step size."""
    switch = Switch(tr("auto"))
    tip = tr("Take the step size from the noise level √MSE of the start.")
    name_control(switch, "experiment_step_automatic", tr("Automatic step size"), tip)
    return switch


def step_spin() -> NumberSpin:
    """Return the box of the step size."""
    spin = NumberSpin(1e-6, 1e6)
    spin.setFixedWidth(VALUE_WIDTH + 16)
    tip = tr(
        "Root mean square change of the pixels in grey levels. Fixed rule: of the first step,"
        " which sets λ. Adaptive rule: the first length tried."
    )
    name_control(spin, "experiment_step_size", tr("Step size in grey levels RMS"), tip)
    return spin


def range_switch() -> Switch:
    """Return the switch that keeps pixels in range."""
    switch = Switch(tr("Keep pixels in range"))
    tip = tr(
        "Every pixel stays within 0 and L, and the MSE stays exact. Set free, the best case hides"
        " the error in the corners, where valid windows hardly look, and a file of 8 bits clips it."
    )
    name_control(switch, "experiment_in_range", tr("Keep pixels in range"), tip)
    return switch
