"""Drawing a region or a line: what each part of a drag makes of the state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssim_viewer.features.distributions.state import BRUSH, ELLIPSE, LASSO, LINE, RECTANGLE
from ssim_viewer.images.shapes import Ellipse, Polygon, Rectangle, Stroke, Strokes
from ssim_viewer.session.tools import Phase

if TYPE_CHECKING:
    from ssim_viewer.features.distributions.state import Distribution
    from ssim_viewer.session.tools import Pointer


def drawn(state: Distribution, pointer: Pointer) -> Distribution:
    """Return the state after a part of a drag."""
    point = pointer.x, pointer.y
    if pointer.tool == LINE:
        return _lined(state, pointer)
    if pointer.tool == BRUSH:
        return _painted(state, pointer)
    if pointer.phase is Phase.PRESS:
        return replace(state, anchor=point)
    anchor = state.anchor
    if anchor is None:
        return state
    if pointer.tool == LASSO:
        return _lassoed(state, pointer)
    kind = {RECTANGLE: Rectangle, ELLIPSE: Ellipse}[pointer.tool]
    shape = kind.between(anchor, point) if point != anchor else state.shape
    return replace(state, shape=shape, anchor=None if pointer.phase is Phase.RELEASE else anchor)


def _lined(state: Distribution, pointer: Pointer) -> Distribution:
    point = pointer.x, pointer.y
    if pointer.phase is Phase.PRESS:
        return replace(state, anchor=point)
    if state.anchor is None or point == state.anchor:
        return state
    return replace(state, line=(state.anchor, point))


def _lassoed(state: Distribution, pointer: Pointer) -> Distribution:
    point = pointer.x, pointer.y
    assert state.anchor is not None  # noqa: S101 - it was pressed
    before = state.lasso or (state.anchor,)
    points = before if point == before[-1] else (*before, point)
    over = pointer.phase is Phase.RELEASE
    shape = Polygon(points) if len(points) > 2 else state.shape
    return replace(
        state,
        shape=shape,
        lasso=() if over else points,
        anchor=None if over else state.anchor,
    )


def _painted(state: Distribution, pointer: Pointer) -> Distribution:
    """Return the state with one more stroke, or with the last one drawn on."""
    point = pointer.x, pointer.y
    before = state.shape.strokes if isinstance(state.shape, Strokes) else ()
    if pointer.phase is Phase.PRESS:
        stroke = Stroke((point,), state.radius, erases=pointer.inverted)
        if pointer.inverted and not before:
            return state
        return replace(state, shape=Strokes((*before, stroke)))
    if pointer.phase is Phase.RELEASE or not before:
        return state
    return replace(state, shape=Strokes((*before[:-1], before[-1].through(point))))
