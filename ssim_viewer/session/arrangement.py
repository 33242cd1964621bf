"""How the panes of a look change: what they show, how many there are, in which colours. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from ssim_viewer.metrics import MapKind, Quantity, Unit
from ssim_viewer.session.comparison import Comparison, Mode
from ssim_viewer.session.intents import ArrangePanes
from ssim_viewer.session.map_scale import USUAL_SCALE
from ssim_viewer.session.maps import map_spec
from ssim_viewer.session.state import Layout, Look

if TYPE_CHECKING:
    from ssim_viewer.session.family import MetricLayer
    from ssim_viewer.session.intents import ChooseLayout
    from ssim_viewer.session.map_scale import MapScale

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
    return replace(
        look,
        layout=layout,
        active=active,
        panes=look.kept_panes,
        blinked=nothing,
        before_focus=None,
    )


def arranged(look: Look, intent: ChooseLayout | ArrangePanes) -> Look:
    """Return the look with the panes that an intent wants, and what it wants in them."""
    after = laid_out(look, intent.layout)
    panes = intent.panes if isinstance(intent, ArrangePanes) else ()
    return replace(after, panes=panes or after.panes)


def focused(look: Look, pane: int) -> Look:
    """Return the look with one pane alone, or with the layout before; a blinked one stays so."""
    if look.layout is not Layout.ONE:
        return replace(look, layout=Layout.ONE, active=pane, before_focus=look.layout)
    layout = look.before_focus or Look().layout
    active = min(look.active, layout.rows * layout.columns - 1)
    return replace(look, layout=layout, active=active, before_focus=None)


def beside(look: Look, layout: Layout) -> Look:
    """Return the look with reference and distorted image in the first panes of a layout."""
    after = laid_out(look, layout)
    panes = (Quantity.REFERENCE, Quantity.DISTORTED, *after.panes[2:])
    return compared(replace(after, panes=panes), replace(look.comparison, mode=Mode.ALONE))


def compared(look: Look, comparison: Comparison) -> Look:
    """Return the look with another comparison; a mode is then the same in all panes."""
    if comparison.mode is look.comparison.mode:
        return replace(look, comparison=comparison)
    return replace(look, comparison=comparison, own_modes=(None,) * len(look.panes))


def wiped(look: Look, position: float | None) -> Look:
    """Return the look with the divider elsewhere, or without one.

    Where only single panes wipe, the others go on as they are.
    """
    if position is not None and Mode.WIPE in look.own_modes:
        return replace(look, comparison=replace(look.comparison, position=position))
    return compared(look, look.comparison.divided(position))


def with_own_mode(look: Look, pane: int, mode: Mode | None) -> Look:
    """Return the look with a mode for one pane alone; the mode of all panes is none of its own."""
    own = None if mode is look.comparison.mode else mode
    return replace(look, own_modes=_put(look.own_modes, pane, own))


def with_scale(look: Look, content: Quantity | MetricLayer, scale: MapScale) -> Look:
    """Return the look with other colours of a quantity, or of all that are locked to it."""
    if not (scale.locked or look.scale_of(content).locked):
        return _with_one_scale(look, content, scale)
    known = (*Quantity, *look.panes, *(key for key, _ in look.scales))
    for each in dict.fromkeys(known):
        if each == content or _unit_of(each) == _unit_of(content):
            look = _with_one_scale(look, each, scale)
    return look


def _unit_of(content: Quantity | MetricLayer) -> object:
    """Return what maps have in common that one range makes sense for; a picture has nothing."""
    spec = map_spec(content)
    if spec.kind is MapKind.IMAGE:
        return content
    if spec.kind is MapKind.SIMILARITY:
        return MapKind.SIMILARITY
    return spec.unit if spec.unit == Unit.PIXELS else (spec.kind, spec.unit)


def _with_one_scale(look: Look, content: Quantity | MetricLayer, scale: MapScale) -> Look:
    """Return the look with other colours of one quantity; the usual ones need not be kept."""
    others = tuple(pair for pair in look.scales if pair[0] != content)
    if scale == USUAL_SCALE:
        return replace(look, scales=others)
    return replace(look, scales=(*others, (content, scale))[-KEPT_SCALES:])


def _put(values: tuple[Item, ...], place: int, value: Item) -> tuple[Item, ...]:
    return (*values[:place], value, *values[place + 1 :])
