"""The row of the table of maps for whatever a pane shows."""

from __future__ import annotations

from ssim_viewer.metrics import MapKind, MapSpec, Quantity, Unit, catalogue, plugin_maps
from ssim_viewer.metrics.maps.builtin_maps import BUILT_IN_MAPS
from ssim_viewer.session.family import GRADIENT, PAIR, MetricLayer, symbol_of
from ssim_viewer.text import joined, tr


def map_contents() -> tuple[Quantity | MetricLayer, ...]:
    """Return every map that belongs to no other metric than SSIM, in the order of menus."""
    return (*Quantity, *(MetricLayer(PAIR, name) for name in plugin_maps()))


def map_spec(content: Quantity | MetricLayer) -> MapSpec:
    """Return what the table says of a map; of a map of a metric, what follows from the metric."""
    if isinstance(content, Quantity):
        return BUILT_IN_MAPS[content]
    if content.metric != PAIR:
        return _layer_spec(content)
    found = plugin_maps().get(content.layer)
    return found or MapSpec(
        content.layer, content.layer, tr("A map that is not installed any more.")
    )


def _layer_spec(content: MetricLayer) -> MapSpec:
    symbol, entry = symbol_of(content.metric), catalogue().get(content.metric)
    title = joined(" · ", (part for part in (symbol, content.layer) if part))
    words = joined(" ", (symbol, content.layer))
    if content.layer == GRADIENT:
        meaning = tr(
            "∂{symbol} / ∂y: how much the score rises when a pixel of y gets brighter.",
            symbol=symbol,
        )
        kind, unit = MapKind.SIGNED, Unit.PER_LEVEL
        return MapSpec(str(content), title, meaning, None, kind, unit, None, words)
    kind = MapKind.SIMILARITY if entry is None or entry.higher_is_better else MapKind.ERROR
    meaning = tr("A map of {symbol}; its own size stands behind its name.", symbol=symbol)
    return MapSpec(str(content), title, meaning, kind=kind, symbol=words)
