"""What ascent, the views and the command line ask of any quality metric; SSIM is the first one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray


class BoundMetric(Protocol):
    """A metric that holds its reference: it measures distorted images of the same shape."""

    def value(self, distorted: ArrayLike, /) -> float:
        """Return the score of the distorted image."""
        ...

    def map(self, distorted: ArrayLike, /) -> NDArray[np.float64]:
        """Return the local scores, two-dimensional."""
        ...

    def value_and_gradient(self, distorted: ArrayLike, /) -> tuple[float, NDArray[np.float64]]:
        """Return the score and its exact derivative, shaped like the distorted image."""
        ...


class Metric(Protocol):
    """Settings of a quality metric; `bind` computes all that depends on the reference alone."""

    def bind(self, reference: ArrayLike, /) -> BoundMetric:
        """Return the metric with its reference bound, an image of (H, W) or (H, W, C)."""
        ...
