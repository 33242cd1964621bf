"""The one cache of bound metrics of the program; large images are measured in single precision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ssim_viewer.compute.memory_budget import BUDGET
from ssim_viewer.metrics import HasPrecision
from ssim_viewer.metrics.bound_cache import BoundMetrics

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import BoundMetric, BoundSsim, Metric, Ssim

M = TypeVar("M", bound="Metric")

SINGLE_FROM = 12_000_000
"""Samples from which images are measured in single precision, to save time and memory.

A score is then off by about 1e-7; the convention beside the score says so.
"""


def measuring(metric: M, reference: NDArray[np.generic]) -> M:
    """Return the metric as it measures a reference: a large one in single precision, if it can."""
    settings: Any = metric  # a dataclass, as `HasPrecision` says
    large = reference.size >= SINGLE_FROM and isinstance(settings, HasPrecision)
    return cast("M", replace(settings, precision="single")) if large else metric


_cache = BoundMetrics(BUDGET)


def bound_ssim(metric: Ssim, reference: NDArray[np.generic]) -> BoundSsim:
    """Return SSIM bound to a reference; it stays while other metrics come and go."""
    return cast("BoundSsim", _cache.get(metric, reference, pinned=True))


def bound_metric(metric: Metric, reference: NDArray[np.generic]) -> BoundMetric:
    """Return any metric bound to a reference, the same as before where it was."""
    return _cache.get(metric, reference)
