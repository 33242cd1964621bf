"""Metrics bound to their references, kept so that the reference's moments are computed once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import BoundMetric, BoundSsim, Metric, Ssim

LARGE = 12_000_000
"""Samples from which images are measured in single precision, to save time and memory.

MSSIM is then off by about 1e-7; the convention beside the score says so.
"""


def measuring(metric: Ssim, reference: NDArray[np.generic]) -> Ssim:
    """Return the metric as it measures a reference: a large one in single precision."""
    return replace(metric, precision="single") if reference.size >= LARGE else metric


class _Bindings:
    """The last bound metrics, so that the reference's moments are computed once."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._bound: OrderedDict[tuple[Metric, int], tuple[NDArray[np.generic], BoundMetric]] = (
            OrderedDict()
        )

    def bound(self, metric: Metric, reference: NDArray[np.generic]) -> BoundMetric:
        """Return the metric bound to a reference."""
        key = (metric, id(reference))  # the entry holds the array, so its id stays its own
        with self._lock:
            if key not in self._bound:
                room = self._size if reference.size < LARGE else 1
                while len(self._bound) >= room:
                    self._bound.popitem(last=False)
                self._bound[key] = (reference, metric.bind(reference))
            self._bound.move_to_end(key)
            return self._bound[key][1]


_ssim_bindings, _bindings = _Bindings(size=2), _Bindings(size=8)


def bound_ssim(metric: Ssim, reference: NDArray[np.generic]) -> BoundSsim:
    """Return SSIM bound to a reference, the same as before where it was."""
    return cast("BoundSsim", _ssim_bindings.bound(metric, reference))


def bound_metric(metric: Metric, reference: NDArray[np.generic]) -> BoundMetric:
    """Return any other metric bound to a reference, the same as before where it was."""
    return _bindings.bound(metric, reference)
