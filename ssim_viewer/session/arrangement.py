"""How the panes of a look change: what they show, how many there are, in which colours. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from ssim_viewer.metrics import Quantity
from ssim_viewer.session.map_scale import USUAL_SCALE
from ssim_viewer.session.state import Layout

if TYPE_CHECKING:
    from ssim_viewer.session.family import MetricLayer
    from ssim_viewer.session.map_scale import MapScale
    from ssim_viewer.session.state import Look

Item = TypeVar("Item")

KEPT_SCALES = 64


def with_content(look: Look, pane: int, content: Quantity | MetricLayer) -> Look:
    """Return the look with a pane that shows something else, and is active."""
    return replace(
        look,
        panes=_put(look.panes, pane, content),
        blinked=_put(look.blinked, pane, None),
        active=pane,
    )


def blinked(look: Look, pane: int) -> Look:
    """Return the look with the other picture in a pane, or with what it showed before."""
    shown, before = look.panes[pane], look.blinked[pane]
    if before is not None:
        return with_content(look, pane, before)
    other = Quantity.DISTORTED if shown is Quantity.REFERENCE else Quantity.REFERENCE
    return replace(with_content(look, pane, other), blinked=_put(look.blinked, pane, shown))


def laid_out(look: Look, layout: Layout) -> Look:
    """Return the look with another number of panes; a blinked one is as it was before.

    One pane alone is the active one, whichever it was.
    """
    active = look.active
    if layout is not Layout.ONE:
        active = min(active, layout.rows * layout.columns - 1)
    nothing = (None,) * len(look.panes)
    return replace(look, layout=layout, active=active, panes=look.kept_panes, blinked=nothing)


def with_scale(look: Look, content: Quantity | MetricLayer, scale: MapScale) -> Look:
    """Return the look with other colours of a quantity; the usual ones need not be kept."""
    others = tuple(pair for pair in look.scales if pair[0] != content)
    if scale == USUAL_SCALE:
        return replace(look, scales=others)
    return replace(look, scales=(*others, (content, scale))[-KEPT_SCALES:])


def _put(values: tuple[Item, ...], place: int, value: Item) -> tuple[Item, ...]:
    return (*values[:place], value, *values[place + 1 :])
