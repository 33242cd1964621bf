"""What a pane shows, as a line of text in files."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ssim_viewer.metrics import Quantity, catalogue, plugin_maps
from ssim_viewer.session.map_key import PAIR, MetricLayer

if TYPE_CHECKING:
    from collections.abc import Iterable


def line_of(content: Quantity | MetricLayer) -> str:
    """Return what a pane shows as a line."""
    if isinstance(content, MetricLayer):
        return f"{content.metric}\t{content.layer}"
    return content.value


def content_of(line: str) -> Quantity | MetricLayer | None:
    """Return what a pane shows, or None for a metric or a map that is not there."""
    metric, tab, layer = line.partition("\t")
    if tab:
        known = layer in plugin_maps() if metric == PAIR else metric in catalogue()
        return MetricLayer(metric, layer) if known else None
    with suppress(ValueError):
        return Quantity(line)
    return None


def contents_of(
    lines: Iterable[str], usual: tuple[Quantity | MetricLayer, ...]
) -> tuple[Quantity | MetricLayer, ...]:
    """Return what panes show by their lines; the usual where a line is missing or unknown."""
    shown = (content_of(line) for line in lines)
    known = [now or before for now, before in zip(shown, usual, strict=False)]
    return (*known, *usual[len(known) :])
