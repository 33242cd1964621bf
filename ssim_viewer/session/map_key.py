"""By what name a pane asks for a map of a metric, or of a plug-in."""

from __future__ import annotations

from dataclasses import dataclass

from ssim_viewer.text import tr

SSIM = "ssim"
"""The metric that the window stands around."""

PAIR = ""
"""Stands in the place of a metric for maps of plug-ins, which are of the pair alone."""

GRADIENT = tr("gradient")
"""The layer that every metric has besides its maps: the gradient of its value."""

FIRST_MAP = ""
"""The layer that stands for whichever map a metric names first, before its maps are known."""


@dataclass(frozen=True, slots=True)
class MetricLayer:
    """A map of a metric, as a pane shows it: by the names of the metric and of the map."""

    metric: str
    layer: str

    def __str__(self) -> str:
        """Return it in words, as `Quantity` does."""
        return f"{self.metric} {self.layer}".rstrip()
