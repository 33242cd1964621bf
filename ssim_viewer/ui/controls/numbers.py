"""How numbers are written: decimals that do not dance, a true minus sign, infinity as ∞."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ssim_viewer.session.run import Run

NONE = "–"
"""Stands where there is no number yet."""


def fixed(value: float, decimals: int) -> str:
    """Return a number with so many decimals; a dash where it is none."""
    if math.isnan(value):
        return NONE
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.{decimals}f}"
    return text.replace("-", "−")


def quantity(value: float, decimals: int = 2) -> str:
    """Return a number with so many decimals, or four figures where it is small."""
    if value == 0 or abs(value) >= 1:
        return fixed(value, decimals)
    return f"{value:#.4g}".replace("-", "−")


def score(value: float) -> str:
    """Return the score of any metric: four decimals of a similarity, fewer of a larger number."""
    return fixed(value, 4) if abs(value) < 10 else fixed(value, 2)


def plain(value: float) -> str:
    """Return a number as short as it can be said, never with an exponent."""
    text = f"{value:.9f}".rstrip("0").rstrip(".")
    return text or "0"


def held_mse(run: Run) -> str:
    """Return the MSE that a run holds, with six decimals or six figures."""
    mse = float(run.trace[0, 1])
    return f"{mse:.6f}" if mse >= 1 else f"{mse:.6g}"


def drift(run: Run) -> str:
    """Return the largest relative deviation of a run's MSE from the one it holds."""
    mse = run.trace[:, 1]
    return f"{float(np.abs(mse - mse[0]).max() / mse[0]):.0e}"
