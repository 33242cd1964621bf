"""One colour for each of several runs, the same in its tile and in every plot.

After Okabe and Ito (2008), told apart with every kind of colour vision; darker on light ground.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.reports.film_plot import INKS
from ssim_viewer.ui.theme.colors import DARK

if TYPE_CHECKING:
    from ssim_viewer.ui.theme.colors import Colors

_ON_DARK = ("#5aa9e6", "#f0a35e", "#3fc79a", "#e08cc2", "#e6cf4a", "#8fd3e8", "#b5b5b5", "#b79af0")


def run_color(colors: Colors, index: int) -> str:
    """Return the colour of a run as #rrggbb; past the eighth they come again."""
    palette = _ON_DARK if colors is DARK else INKS
    return palette[index % len(palette)]
