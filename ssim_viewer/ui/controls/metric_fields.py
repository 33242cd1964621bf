"""The inputs of the metric panel with their names, ranges and explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.ui.controls.fields import NumberField, Scale, name_control
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin, Switch
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QStandardItemModel

CUSTOM = QT_TR_NOOP("Custom")
EXPONENT_CAPTIONS = (QT_TR_NOOP("α luminance"), QT_TR_NOOP("β contrast"), QT_TR_NOOP("γ structure"))
RANGE_TIP = QT_TR_NOOP(
    "The distance L between black and white; C₁ = (K₁L)² and C₂ = (K₂L)² follow it."
)
FIXED_RANGE_TIP = QT_TR_NOOP(
    "The data range L is given by the type of an integer image: 255 for 8 bits."
    " It can be changed for float images, and for 16 bits that hold fewer."
)
COLOR_TIP = QT_TR_NOOP(
    "Luma: SSIM of 0.299 R + 0.587 G + 0.114 B. Channel mean: SSIM of R, of G and of B, averaged."
)
GREY_TIP = QT_TR_NOOP("A grey image has one channel: luma and channel mean are the same.")


def metric_choice(options: Sequence[tuple[str, str]]) -> Choice:
    """Return the choice of the metric whose settings are shown."""
    choice = Choice(options)
    name_control(
        choice,
        "metric_settings_of",
        tr("Settings of"),
        tr(
            "The metric whose settings are shown. Window, constants, border and colour of the"
            " others"
            " follow those of SSIM until they are changed."
        ),
    )
    return choice


def preset_choice(names: Sequence[str]) -> Choice:
    """Return the choice of a known convention."""
    choice = Choice([(name, name) for name in (*names, CUSTOM)])
    model: QStandardItemModel = choice.model()  # type: ignore[assignment]  # a combo box's default
    model.item(len(names)).setEnabled(False)
    name_control(
        choice,
        "metric_preset",
        tr("Preset of the metric"),
        tr("A known convention, all settings at once. Custom is shown when none of them matches."),
    )
    return choice


def window_choice() -> Choice:
    """Return the choice of the window's weights."""
    choice = Choice([(tr("Gaussian"), "gaussian"), (tr("Uniform"), "uniform")])
    tip = tr("How the pixels around a place are weighted for its μ, σ and σₓᵧ; weights sum to 1.")
    name_control(choice, "metric_window", tr("Window type"), tip)
    return choice


def size_field() -> NumberField:
    """Return the field of the window's side."""
    field = NumberField(Scale(3, 31, 2), decimals=0)
    field.name(
        "metric_window_size",
        tr("Window size in pixels"),
        tr("Side of the square window in pixels. Even sizes can be typed."),
    )
    return field


def crop_field() -> NumberField:
    """Return the field of the border that is left out."""
    field = NumberField(Scale(0, 32, 1), decimals=0, high=4096)
    field.name(
        "metric_crop",
        tr("Border that is left out, in pixels"),
        tr(
            "So many pixels on each side do not count, in any score: papers on super-resolution"
            " leave out as many as the factor."
        ),
    )
    return field


def sigma_field() -> NumberField:
    """Return the field of the Gaussian's width."""
    field = NumberField(Scale(0.3, 5, 0.1), decimals=2, low=0.1, high=20)
    field.name(
        "metric_sigma",
        tr("Sigma of the Gaussian window in pixels"),
        tr("Standard deviation of the Gaussian window in pixels: w ∝ exp(−r² / 2σ²)."),
    )
    return field


def constant_field(number: int) -> NumberField:
    """Return the field of K1 or K2."""
    field = NumberField(Scale(0.001, 1, logarithmic=True), decimals=4, low=0, high=10)
    tips = (
        tr("Keeps luminance stable in the dark: C₁ = (K₁L)². Wang et al. use 0.01."),
        tr(
            "Keeps contrast and structure stable in flat regions: C₂ = (K₂L)². Wang et al. use"
            " 0.03."
        ),
    )
    field.name(f"metric_k{number}", tr("Constant K{number}", number=number), tips[number - 1])
    return field


def range_spin() -> NumberSpin:
    """Return the box of the data range."""
    spin = NumberSpin(1e-6, 1e9)
    name_control(spin, "metric_data_range", tr("Data range L"), RANGE_TIP)
    return spin


def border_choice() -> Choice:
    """Return the choice of what happens at the border."""
    choice = Choice(
        [
            (tr("Valid"), "valid"),
            (tr("Reflect"), "reflect"),
            (tr("Reflect 101"), "reflect-101"),
            (tr("Replicate"), "replicate"),
            (tr("Zero"), "zero"),
        ]
    )
    tip = tr(
        "Valid: only windows inside the image count. With the others the map is full size: beyond"
        " its border the image goes on as its mirror image, as that without its outermost pixels"
        " (reflect 101), as its outermost pixels (replicate), or as zeros."
    )
    name_control(choice, "metric_border", tr("Border"), tip)
    return choice


def covariance_choice() -> Choice:
    """Return the choice of the divisor of variances."""
    choice = Choice([(tr("Population"), "population"), (tr("Sample"), "sample")])
    tip = tr(
        "Population: σ² = E[x²] − μ². Sample: that times n / (n − 1), n pixels in the window,"
        " as scikit-image does by default."
    )
    name_control(choice, "metric_covariance", tr("Covariance"), tip)
    return choice


def exponent_field(part: int) -> NumberField:
    """Return the field of α, β or γ."""
    field = NumberField(Scale(0, 3, 0.05), decimals=2, high=20)
    name, spoken = (("alpha", tr("alpha")), ("beta", tr("beta")), ("gamma", tr("gamma")))[part]
    quantity = (tr("luminance"), tr("contrast"), tr("structure"))[part]
    tips = (
        tr("Weight of luminance in SSIM = l^α · c^β · s^γ; 0 leaves it out."),
        tr("Weight of contrast in SSIM = l^α · c^β · s^γ; 0 leaves it out."),
        tr(
            "Weight of structure in SSIM = l^α · c^β · s^γ; 0 leaves it out."
            " With a fractional γ a negative s counts as 0."
        ),
    )
    field.name(
        f"metric_{name}",
        tr("Exponent {name} of {quantity}", name=spoken, quantity=quantity),
        tips[part],
    )
    return field


def color_choice() -> Choice:
    """Return the choice of what is done with colour."""
    choice = Choice(
        [
            (tr("Luma"), "luma"),
            (tr("Luma, 8 bits (MATLAB)"), "luma-rounded"),
            (tr("Luma, studio range"), "luma-studio"),
            (tr("Luma, BT.709"), "luma-709"),
            (tr("Channel mean"), "mean"),
        ]
    )
    name_control(choice, "metric_color", tr("Colour"), COLOR_TIP)
    return choice


def automatic_switch() -> Switch:
    """Return the switch of automatic downsampling."""
    switch = Switch(tr("automatically"))
    tip = tr(
        "Shrink both images by max(1, round(shorter side / 256)) first, as Wang's ssim.m does,"
        " for the distance from which they are usually seen."
    )
    name_control(switch, "metric_downsample", tr("Automatic downsampling"), tip)
    return switch
