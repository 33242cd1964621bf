"""What is measured at each point of a sweep: scores of SSIM's measurement, and other metrics."""

from __future__ import annotations

from dataclasses import dataclass

from ssim_viewer.metrics import catalogue
from ssim_viewer.text import joined, tr

COMPONENTS = {"luminance": tr("mean l"), "contrast": tr("mean c"), "structure": tr("mean s")}
"""The means of SSIM's parts, by their names among its scores."""

ALWAYS = ("mse", "psnr", "ssim", *COMPONENTS)
"""What is drawn whatever the strip shows."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity as it is read: its symbol, which way is better, whether 1 says identical."""

    name: str
    symbol: str
    better: str
    similarity: bool


def quantity_of(name: str) -> Measured:
    """Return a quantity by its name."""
    if name in COMPONENTS:
        return Measured(name, COMPONENTS[name], tr("higher is better"), similarity=True)
    entry = catalogue()[name]
    better = tr("higher is better") if entry.higher_is_better else tr("lower is better")
    symbol = "MSSIM" if name == "ssim" else entry.symbol
    return Measured(name, symbol, better, similarity=entry.best == 1.0)


def axis_label(name: str) -> str:
    """Return the label of an axis, such as ``MSE / levels², lower is better``."""
    found = quantity_of(name)
    unit = {"mse": tr(" / levels²"), "mae": tr(" / levels"), "psnr": tr(" / dB")}.get(name, "")
    return joined("", (found.symbol, unit, ", ", found.better))
