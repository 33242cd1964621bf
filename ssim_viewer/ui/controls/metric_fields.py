"""The inputs of the metric panel with their names, ranges and explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.ui.controls.fields import NumberField, Scale, name_control
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin, Switch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QStandardItemModel

CUSTOM = "Custom"
EXPONENT_CAPTIONS = ("α luminance", "β contrast", "γ structure")
RANGE_TIP = "The distance L between black and white; C₁ = (K₁L)² and C₂ = (K₂L)² follow it."
FIXED_RANGE_TIP = (
    "The data range L is given by the type of an integer image: 255 for 8 bits."
    " It can be changed for float images, and for 16 bits that hold fewer."
)
COLOR_TIP = (
    "Luma: SSIM of 0.299 R + 0.587 G + 0.114 B. Channel mean: SSIM of R, of G and of B, averaged."
)
GREY_TIP = "A grey image has one channel: luma and channel mean are the same."


def metric_choice(options: Sequence[tuple[str, str]]) -> Choice:
    """Return the choice of the metric whose settings are shown."""
    choice = Choice(options)
    name_control(
        choice,
        "metric_settings_of",
        "Settings of",
        "The metric whose settings are shown. Window, constants, border and colour of the others"
        " follow those of SSIM until they are changed.",
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
        "Preset of the metric",
        "A known convention, all settings at once. Custom is shown when none of them matches.",
    )
    return choice


def window_choice() -> Choice:
    """Return the choice of the window's weights."""
    choice = Choice([("Gaussian", "gaussian"), ("Uniform", "uniform")])
    tip = "How the pixels around a place are weighted for its μ, σ and σₓᵧ; weights sum to 1."
    name_control(choice, "metric_window", "Window type", tip)
    return choice


def size_field() -> NumberField:
    """Return the field of the window's side."""
    field = NumberField(Scale(3, 31, 2), decimals=0)
    field.name(
        "metric_window_size",
        "Window size in pixels",
        "Side of the square window in pixels. Even sizes can be typed.",
    )
    return field


def sigma_field() -> NumberField:
    """Return the field of the Gaussian's width."""
    field = NumberField(Scale(0.3, 5, 0.1), decimals=2, low=0.1, high=20)
    field.name(
        "metric_sigma",
        "Sigma of the Gaussian window in pixels",
        "Standard deviation of the Gaussian window in pixels: w ∝ exp(−r² / 2σ²).",
    )
    return field


def constant_field(number: int) -> NumberField:
    """Return the field of K1 or K2."""
    field = NumberField(Scale(0.001, 1, logarithmic=True), decimals=4, low=0, high=10)
    tips = (
        "Keeps luminance stable in the dark: C₁ = (K₁L)². Wang et al. use 0.01.",
        "Keeps contrast and structure stable in flat regions: C₂ = (K₂L)². Wang et al. use 0.03.",
    )
    field.name(f"metric_k{number}", f"Constant K{number}", tips[number - 1])
    return field


def range_spin() -> NumberSpin:
    """Return the box of the data range."""
    spin = NumberSpin(1e-6, 1e9)
    name_control(spin, "metric_data_range", "Data range L", RANGE_TIP)
    return spin


def border_choice() -> Choice:
    """Return the choice of what happens at the border."""
    choice = Choice(
        [
            ("Valid", "valid"),
            ("Reflect", "reflect"),
            ("Reflect 101", "reflect-101"),
            ("Replicate", "replicate"),
            ("Zero", "zero"),
        ]
    )
    tip = (
        "Valid: only windows inside the image count. With the others the map is full size: beyond"
        " its border the image goes on as its mirror image, as that without its outermost pixels"
        " (reflect 101), as its outermost pixels (replicate), or as zeros."
    )
    name_control(choice, "metric_border", "Border", tip)
    return choice


def covariance_choice() -> Choice:
    """Return the choice of the divisor of variances."""
    choice = Choice([("Population", "population"), ("Sample", "sample")])
    tip = (
        "Population: σ² = E[x²] − μ². Sample: that times n / (n − 1), n pixels in the window,"
        " as scikit-image does by default."
    )
    name_control(choice, "metric_covariance", "Covariance", tip)
    return choice


def exponent_field(part: int) -> NumberField:
    """Return the field of α, β or γ."""
    field = NumberField(Scale(0, 3, 0.05), decimals=2, high=20)
    name = ("alpha", "beta", "gamma")[part]
    quantity = ("luminance", "contrast", "structure")[part]
    tips = (
        "Weight of luminance in SSIM = l^α · c^β · s^γ; 0 leaves it out.",
        "Weight of contrast in SSIM = l^α · c^β · s^γ; 0 leaves it out.",
        "Weight of structure in SSIM = l^α · c^β · s^γ; 0 leaves it out."
        " With a fractional γ a negative s counts as 0.",
    )
    field.name(f"metric_{name}", f"Exponent {name} of {quantity}", tips[part])
    return field


def color_choice() -> Choice:
    """Return the choice of what is done with colour."""
    choice = Choice(
        [
            ("Luma", "luma"),
            ("Luma, 8 bits (MATLAB)", "luma-rounded"),
            ("Luma, studio range", "luma-studio"),
            ("Luma, BT.709", "luma-709"),
            ("Channel mean", "mean"),
        ]
    )
    name_control(choice, "metric_color", "Colour", COLOR_TIP)
    return choice


def automatic_switch() -> Switch:
    """Return the switch of automatic downsampling."""
    switch = Switch("automatically")
    tip = (
        "Shrink both images by max(1, round(shorter side / 256)) first, as Wang's ssim.m does,"
        " for the distance from which they are usually seen."
    )
    name_control(switch, "metric_downsample", "Automatic downsampling", tip)
    return switch
