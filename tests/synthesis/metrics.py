"""Metrics that the tests of this room share: one that counts, one that breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ssim_viewer.metrics import Mae

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics import BoundMetric, Layer, Metric


class Counting:
    """A metric that counts how often its value and gradient are asked for."""

    higher_is_better: ClassVar[bool] = True

    def __init__(self, metric: Metric) -> None:
        self.metric, self.calls = metric, 0

    def bind(self, reference: ArrayLike, /) -> BoundMetric:
        self._bound = self.metric.bind(reference)
        return self

    def value(self, distorted: ArrayLike, /) -> float:
        return self._bound.value(distorted)

    def map(self, distorted: ArrayLike, /) -> NDArray[np.float64]:
        return self._bound.map(distorted)

    def layers(self, distorted: ArrayLike, /) -> Mapping[str, Layer]:
        return self._bound.layers(distorted)

    def value_and_gradient(self, distorted: ArrayLike, /) -> tuple[float, NDArray[np.float64]]:
        self.calls += 1
        return self._bound.value_and_gradient(distorted)


def counting(metric: Metric) -> Counting:
    """Return a metric that counts and is better in the same direction."""

    class Counted(Counting):
        higher_is_better = metric.higher_is_better

    return Counted(metric)


class Failing(Counting):
    """The MAE until it has been asked a number of times, then something that is no metric."""

    higher_is_better = False

    def __init__(self, what: str, after: int = 0) -> None:
        super().__init__(Mae())
        self.what, self.after = what, after

    def bind(self, reference: ArrayLike, /) -> BoundMetric:
        if self.what == "bind":
            raise KeyError("bind")
        return super().bind(reference)

    def value_and_gradient(self, distorted: ArrayLike, /) -> tuple[float, NDArray[np.float64]]:
        value, gradient = super().value_and_gradient(distorted)
        if self.calls <= self.after:
            return value, gradient
        if self.what == "raise":
            raise ZeroDivisionError("oh")
        return {
            "nan": (np.nan, gradient),
            "level": (value, np.zeros_like(gradient)),
            "shape": (value, gradient[:2, :2]),
            "gradient": (value, np.full_like(gradient, np.nan)),
        }[self.what]
