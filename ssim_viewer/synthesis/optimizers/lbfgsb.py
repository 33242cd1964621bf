"""L-BFGS-B within one pair of bounds for all samples, as SciPy's `minimize` makes its iterates.

Byrd, Lu, Nocedal, Zhu: A limited memory algorithm for bound constrained optimization. SIAM Journal
on Scientific Computing 16(5), 1995. `minimize` turns the bounds into a tuple for each sample before
its first step, which takes longer than many steps of an image; here SciPy's core is given arrays.
The core is not public: with any other SciPy than those known it is `minimize` that is called.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.synthesis.callback_generator import generator_from_callback

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from numpy.typing import NDArray

    Vector = NDArray[np.floating[Any]]
    Loss = Callable[[Vector], tuple[float, Vector]]
    Bounds = tuple[float, float] | None

KNOWN = ((1, 15), (1, 16), (1, 17))
"""Versions of SciPy whose core takes these arguments."""

_MEMORY, _SEARCHES = 10, 20  # as `minimize` has them
_NO_LIMIT = 10**9
_WANTS_LOSS, _HAS_ITERATE = 3, 1


def iterates(loss: Loss, start: Vector, bounds: Bounds) -> Generator[Vector, None, None]:
    """Yield the iterates until the line search finds nothing better; the same array each time.

    Parameters
    ----------
    loss
        Returns a value to lower and its gradient, (N,).
    start
        Where to begin, (N,).
    bounds
        The lowest and the highest value of every sample, or None.
    """
    major, minor = import_module("scipy").__version__.split(".")[:2]
    if (int(major), int(minor)) in KNOWN:
        return _by_core(loss, start, bounds)
    return by_minimize(loss, start, bounds)


def by_minimize(loss: Loss, start: Vector, bounds: Bounds) -> Generator[Vector, None, None]:
    """Yield them as SciPy's public function makes them."""
    # Imported only now: SciPy takes longer to load than all else that a start needs.
    optimize = import_module("scipy.optimize")
    ends = None
    if bounds is not None:
        ends = optimize.Bounds(*(np.full(start.size, end) for end in bounds))
    run = partial(
        optimize.minimize,
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=ends,
        # Where to stop is the caller's: SciPy's own tolerances are in units that it cannot know.
        options={"maxiter": _NO_LIMIT, "maxfun": _NO_LIMIT, "ftol": 0.0, "gtol": 0.0},
    )
    return generator_from_callback(lambda hand_out: run(callback=hand_out))


def _by_core(loss: Loss, start: Vector, bounds: Bounds) -> Generator[Vector, None, None]:
    """Yield them as the loop in SciPy's `_lbfgsb_py` does, of versions 1.15 to 1.17."""
    core: Any = import_module("scipy.optimize._lbfgsb")
    size = start.size
    lowest, highest = bounds or (0.0, 0.0)
    kinds = np.full(size, 2 if bounds else 0, np.int32)  # 2: both ends, 0: none
    ends = tuple(np.full(size, end, np.float64) for end in (lowest, highest))
    x = np.array(start if bounds is None else np.clip(start, *bounds), np.float64)
    value: Any = np.array(0.0)
    gradient: Vector = np.zeros(size)
    reals = np.zeros((2 * _MEMORY + 5) * size + 11 * _MEMORY**2 + 8 * _MEMORY)
    wholes = np.zeros(3 * size, np.int32)
    task, search_task = np.zeros(2, np.int32), np.zeros(2, np.int32)
    kept = np.zeros(4, np.int32), np.zeros(44, np.int32), np.zeros(29)
    while True:
        core.setulb(
            *(_MEMORY, x, *ends, kinds, value, gradient, 0.0, 0.0, reals, wholes),
            *(task, *kept, _SEARCHES, search_task),
        )
        if task[0] == _WANTS_LOSS:
            value, gradient = loss(x)
            gradient = np.array(gradient, np.float64)
        elif task[0] == _HAS_ITERATE:
            yield x
        else:
            return
