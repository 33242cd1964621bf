"""The metrics of the catalogue as options of a choice."""

from __future__ import annotations

from ssim_viewer.metrics import catalogue
from ssim_viewer.ui.text import tr


def metric_options() -> list[tuple[str, str]]:
    """Return what stands beside the numbers of each metric that has a gradient, and its name."""
    return [(entry.symbol, name) for name, entry in catalogue().items() if entry.has_gradient]


def about(name: str) -> str:
    """Return what a metric measures, in a paragraph."""
    entry = catalogue()[name]
    return f"{tr(entry.title)}. {tr(entry.summary)}"
