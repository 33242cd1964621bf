"""What a pane can show, in words: what it is called and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.session.maps import map_spec
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.metrics import Quantity
    from ssim_viewer.session.family import MetricLayer


def title_of(content: Quantity | MetricLayer) -> str:
    """Return what stands above a pane: ``Signed difference``, or ``MS-SSIM · scale 3``."""
    return tr(map_spec(content).title)


def meaning_of(content: Quantity | MetricLayer) -> str:
    """Return what a pane's content means, in a sentence or two."""
    return tr(map_spec(content).meaning)
