"""One colour for each of several runs, the same in its tile and in every plot.

After Okabe and Ito (2008), told apart with every kind of colour vision; darker on light ground.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.ui.theme.colors import DARK

if TYPE_CHECKING:
    from ssim_viewer.ui.theme.colors import Colors

_ON_LIGHT = ("#1f6fb2", "#b4540a", "#007a58", "#a33b7e", "#8a6d00", "#3d8fa8", "#5f5f5f", "#7a4bb0")
_ON_DARK = ("#5aa9e6", "#f0a35e", "#3fc79a", "#e08cc2", "#e6cf4a", "#8fd3e8", "#b5b5b5", "#b79af0")


def run_color(colors: Colors, index: int) -> str:
    """Return the colour of a run as #rrggbb; past the eighth they come again."""
    palette = _ON_DARK if colors is DARK else _ON_LIGHT
    return palette[index % len(palette)]
