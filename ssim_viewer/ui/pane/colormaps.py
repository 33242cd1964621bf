"""The colour scale of each false-colour quantity: its kind, its levels and its unit.

Things that are compared share one scale. Similarities (SSIM, l, c, s) usually have one range, that
of SSIM: greys from dark to bright at 1, and magenta below 0, where structure is inverted; so the
one hue in these maps is the sign. Signed quantities have a diverging table centred at 0. A person
may choose other ends, another table or decibels (`session.map_scale`).
Painting is left to `picture` and `color_bar`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ssim_viewer.metrics import MapKind, Quantity, Unit
from ssim_viewer.session.color_scale import ColorScale, scale_of
from ssim_viewer.session.family import GRADIENT, PAIR
from ssim_viewer.session.map_scale import USUAL_SCALE, Ends, MapScale, Reading
from ssim_viewer.session.maps import map_spec
from ssim_viewer.session.robust_range import RobustRange
from ssim_viewer.ui.pane.color_range import levels_of, rounded_up
from ssim_viewer.ui.pane.color_tables import ABOVE, BELOW, NEGATIVE, table_of
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.map_key import MetricLayer
    from ssim_viewer.session.measurement import AnyMeasurement, SsimMeasurement

WHOLE_DIFFERENCE = 0.25
"""Part of the data range at which the whole range of both differences ends, to two figures."""

LARGEST_SIMILARITY = 1.0 + 1e-6
"""A map that goes beyond this is none that says 1 where things are alike."""


def color_scale(
    quantity: Quantity, measured: SsimMeasurement, chosen: MapScale = USUAL_SCALE
) -> ColorScale | None:
    """Return the scale of a quantity, or None for the two pictures."""
    spec = map_spec(quantity)
    if spec.kind is MapKind.IMAGE:
        return None
    if quantity in measured.differences:
        return _difference_scale(quantity, measured, chosen)
    if spec.kind is MapKind.SIGNED:
        robust_range = measured.robust_ranges.get(quantity, RobustRange())
        size = measured.maps[quantity].values.size if quantity in measured.robust_ranges else 1
        return _gradient_scale(robust_range, size * measured.metric.data_range, chosen)
    return _similarity_scale(quantity, measured, chosen)


def layer_scale(
    name: MetricLayer,
    measurement: AnyMeasurement,
    data_range: float,
    chosen: MapScale = USUAL_SCALE,
    shared: RobustRange | None = None,
) -> ColorScale:
    """Return the scale of a map of another metric; `shared` is what a locked one follows.

    Maps of similarity are coloured as those of SSIM are; errors begin at 0, in the colours of the
    absolute difference; a gradient is signed.
    """
    layer, spec = measurement.maps[name], map_spec(name)
    robust_range = measurement.robust_ranges[name]
    if name.layer == GRADIENT and name.metric != PAIR:
        return _gradient_scale(robust_range, layer.values.size * data_range, chosen)
    kind = spec.kind
    if layer.similarity is not None:
        kind = MapKind.SIMILARITY if layer.similarity else MapKind.ERROR
    if kind is MapKind.SIMILARITY and robust_range.largest > LARGEST_SIMILARITY:
        kind = MapKind.ERROR
    if kind is MapKind.SIMILARITY and chosen.locked and shared is not None:
        robust_range = shared
    unit = _pixel_unit(data_range) if spec.unit == Unit.PIXELS else spec.unit
    return _scale(kind, levels_of(kind, robust_range, chosen, 1.0), chosen, unit)


def _similarity_scale(
    quantity: Quantity, measured: SsimMeasurement, chosen: MapScale
) -> ColorScale:
    own = measured.robust_ranges.get(quantity, RobustRange())
    shared = measured.robust_ranges.get(Quantity.SSIM, own)
    robust_range = shared if chosen.ends is Ends.USUAL or chosen.locked else own
    low, high = levels_of(MapKind.SIMILARITY, robust_range, chosen, 1.0)
    if map_spec(quantity).lowest == 0 and chosen.ends in (Ends.USUAL, Ends.WHOLE):
        if chosen.reading is Reading.COMPLEMENT:
            high = min(high, 1.0)
        else:
            low = max(low, 0.0)
            if chosen.reading is Reading.DECIBELS:
                high = max(high, 10.0)  # where all of SSIM itself is negative, so is its end
    return _scale(MapKind.SIMILARITY, (low, high), chosen)


def _difference_scale(
    quantity: Quantity, measured: SsimMeasurement, chosen: MapScale
) -> ColorScale:
    """Return the scale of a difference; usually both have one end."""
    data_range = measured.metric.data_range
    unit, kind = _pixel_unit(data_range), map_spec(quantity).kind
    if chosen.ends is Ends.WHOLE:
        end = float(f"{WHOLE_DIFFERENCE * data_range:.2g}")
        levels = (-end if kind is MapKind.SIGNED else 0.0, end)
    else:
        shared = measured.differences[Quantity.ABSOLUTE_DIFFERENCE]
        own = measured.differences[quantity]
        robust_range = (shared if chosen.ends is Ends.USUAL or chosen.locked else own).robust_range
        levels = levels_of(kind, robust_range, chosen, data_range)
    return _scale(kind, levels, chosen, unit, data_range)


def _pixel_unit(data_range: float) -> str:
    return tr("grey levels") if data_range > 1 else tr("of white = 1")


def _gradient_scale(robust_range: RobustRange, rounding: float, chosen: MapScale) -> ColorScale:
    """Return the scale of a gradient.

    Parameters
    ----------
    rounding
        Samples times data range: between identical images there is nothing but rounding, which
        must not look like a signal.
    """
    least = 1e-6 / rounding
    if robust_range.largest < least:
        end = rounded_up(least)
        return _scale(MapKind.SIGNED, (-end, end), MapScale(table=chosen.table), Unit.PER_LEVEL)
    return _scale(
        MapKind.SIGNED, levels_of(MapKind.SIGNED, robust_range, chosen, 1.0), chosen, Unit.PER_LEVEL
    )


def _scale(
    kind: MapKind,
    levels: tuple[float, float],
    chosen: MapScale,
    unit: str = "",
    per: float = 1.0,
) -> ColorScale:
    reading = chosen.reading if kind is MapKind.SIMILARITY else Reading.VALUE
    kept = replace(chosen, low=0, high=1, reading=reading, locked=False)
    return _made(kind, levels, kept, unit, per)


@lru_cache(maxsize=64)
def _made(
    kind: MapKind, levels: tuple[float, float], chosen: MapScale, unit: str, per: float
) -> ColorScale:
    """Return the one scale of these settings, so that views see at once that it is the same."""
    # What is read as an error is dark where there is none, as every other error is.
    look = MapKind.ERROR if chosen.reading is Reading.COMPLEMENT else kind
    flagged = look is MapKind.SIMILARITY and levels[0] >= 0
    return scale_of(
        table_of(look, chosen.table, levels),
        levels,
        unit={Reading.DECIBELS: "dB", Reading.COMPLEMENT: tr("1 − value")}.get(
            chosen.reading, unit
        ),
        kind=kind,
        reading=chosen.reading,
        colors=chosen.table,
        ends=chosen.ends,
        negative=_packed(NEGATIVE) if flagged else None,
        per=per,
        beyond=(_packed(BELOW), _packed(ABOVE)) if chosen.marked else None,
    )


def _packed(color: tuple[int, int, int]) -> int:
    red, green, blue = color
    return 0xFF000000 | red << 16 | green << 8 | blue
