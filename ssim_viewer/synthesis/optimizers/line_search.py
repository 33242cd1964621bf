"""Nonlinear conjugate gradient on a manifold, with a line search for every step.

Symbols: g gradient of the objective, w its tangent part, p the search direction, a the step length,
T the transport to the new iterate: the part tangential there, over the pixels not held on a bound.
With the old iterate marked by a dash, the direction is ``p <- w + b T(p')`` with

    b = max(0, <w, w - T(w')> / (<p', g'> - <T(p'), g>))

This is the form of Hestenes and Stiefel with restart. Where a line search is exact the divisor is
``<w', w'>`` and it is the form of Polak and Ribiere; where the search stops early, as here, it
allows for how far the slope along p really fell, and climbs clearly faster. The length is
backtracked until the objective improves by a share of what the slope promises (Armijo). A length
that was accepted at once is followed by the one at which the parabola through start, slope and gain
has its top, at most twice as long, and no longer than the retraction bears (see `ManifoldPoint`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ssim_viewer.synthesis.errors import BrokenMetricError, SphereError
from ssim_viewer.synthesis.manifolds.protocol import TangentStep
from ssim_viewer.synthesis.manifolds.tangent_cone import NEARLY

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.synthesis.manifolds.tangent_cone import ConeProducts
    from ssim_viewer.synthesis.riemannian import Evaluation, Iterate, RiemannianObjective

    Pixels = NDArray[np.floating[Any]]

DEFAULT_SHARE = 0.4
"""Length of the first trial as a share of the noise level sqrt(MSE)."""

_PROMISED_SHARE = 1e-4  # Armijo's constant
_TRIALS = 30
_GROWTH = 2.0
_EASY = 0.1  # strain of a step that is long enough
_LOST = 0.15  # of a length at which the retraction failed, what is tried next


@dataclass(slots=True)
class _SearchDirection:
    """The direction taken and its inner products: with itself, and with the gradient uphill."""

    p: Pixels
    size: float
    slope: float
    is_tangent: bool = True


def line_search_iterates(
    objective: RiemannianObjective, start: Iterate, step_size: float
) -> Iterator[Iterate]:
    """Yield the iterates after the start, each better than the last, until none is better."""
    iterate, heading = start, _steepest(start, start.tangent.copy())
    length = step_size * math.sqrt(start.point.image.size)
    del start  # images are large: no more are held than are needed
    while not objective.is_stationary(iterate):
        found = _search(objective, iterate, heading, length)
        if found is None:
            if heading.is_tangent:
                return
            heading = _steepest(iterate, heading.p)  # the bent one led nowhere: try straight up
            continue
        iterate, heading, length = _arrived(objective, iterate, heading, *found)
        del found  # the gradient, which is as large as the image
        yield iterate


def _search(
    objective: RiemannianObjective, iterate: Iterate, heading: _SearchDirection, length: float
) -> tuple[Evaluation, float] | None:
    """Return what is first seen along p that is high enough and the next length to try, or None."""
    slope, size = heading.slope, heading.size
    if slope <= 0 or size == 0:
        return None
    a = min(length, iterate.point.distance) / size
    for trial in range(_TRIALS):
        new = _moved(objective, iterate, TangentStep(heading.p, a, a * size, keeps=True))
        if new is not None and _is_enough(new.objective - iterate.objective, a * slope):
            growth = _growth(new.objective - iterate.objective, a * slope) if trial == 0 else 1.0
            return new, a * size * min(growth, _step_growth(new.point.retraction_residual))
        a *= _LOST if new is None else _shrinkage(new.objective - iterate.objective, a * slope)
        del new  # images and a gradient, whose memory the next trial can use
    return None


def _arrived(
    objective: RiemannianObjective,
    old: Iterate,
    heading: _SearchDirection,
    seen: Evaluation,
    length: float,
) -> tuple[Iterate, _SearchDirection, float]:
    """Return the new iterate, the direction to go on in, and the length unchanged."""
    bend = partial(_conjugate, slope=heading.slope)
    arrays = old.tangent, heading.p
    iterate, turned, b = objective.arrive(seen, *arrays, old.k, bend, nearly=NEARLY)
    new = _SearchDirection(heading.p, math.sqrt(turned.pp), turned.wp, is_tangent=b == 0)
    return iterate, new, length


def _is_enough(gain: float, promised: float) -> bool:
    # Above zero by itself: near the top, what is promised drowns in rounding.
    return gain > 0 and gain >= _PROMISED_SHARE * promised


def _growth(gain: float, promised: float) -> float:
    return min(_GROWTH, max(1.0, _top(gain, promised)))


def _step_growth(retraction_residual: float) -> float:
    """Return by how much a step may grow, given the residual of its retraction."""
    return (
        _GROWTH if retraction_residual == 0 else min(_GROWTH, max(1.0, _EASY / retraction_residual))
    )


def _shrinkage(gain: float, promised: float) -> float:
    return min(0.5, max(0.1, _top(gain, promised)))


def _top(gain: float, promised: float) -> float:
    """Return where the parabola through start, slope and trial has its top, in trial lengths."""
    missing = promised - gain
    return 0.5 * promised / missing if missing > 0 else math.inf


def _moved(
    objective: RiemannianObjective, iterate: Iterate, step: TangentStep
) -> Evaluation | None:
    """Return the evaluation where a step leads, or None where the retraction fails."""
    try:
        return objective.moved(iterate, step)
    except BrokenMetricError:
        raise
    except SphereError:
        return None


def _conjugate(found: ConeProducts, slope: float) -> float:
    """Return b of the conjugate direction, 0 where that one does not ascend."""
    fall = slope - found.pv
    if found.change <= 0 or fall <= 0:
        return 0.0
    return found.change / fall


def _steepest(iterate: Iterate, p: Pixels) -> _SearchDirection:
    """Return the tangent as a search direction, in the memory of the one before."""
    p[...] = iterate.tangent
    return _SearchDirection(p, iterate.tangent_norm, iterate.tangent_norm**2)
