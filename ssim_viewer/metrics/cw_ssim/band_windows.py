"""Local means over small windows of a stack of bands, real or complex, and their adjoint.

`windows` does this for single planes; which bands there are is left to `oriented`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class BandWindow:
    """Local means of n × n with equal weights, inside every band of a stack, and their adjoint.

    All bands stand below each other in one picture that is filtered at once.
    """

    n: int

    def mean(self, bands: NDArray[Any], out: NDArray[Any]) -> NDArray[Any]:
        """Return the means in memory of (b, h, w); those of whole windows stand `inside`."""
        self._filter(bands, out)
        return out

    def inside(self, bands: NDArray[Any]) -> NDArray[Any]:
        """Return the part that whole windows are centred on, (b, h - n + 1, w - n + 1)."""
        margin = self.n // 2
        _, height, width = bands.shape
        return bands[:, margin : height - margin, margin : width - margin]

    def adjoint(self, framed: NDArray[Any], out: NDArray[Any]) -> NDArray[Any]:
        """Return the adjoint of `inside` the `mean`, in memory of (b, h, w).

        The frame is overwritten with zeros, which keep neighbouring bands apart.
        """
        if margin := self.n // 2:
            for frame in (slice(margin), slice(-margin, None)):
                framed[:, frame] = 0
                framed[:, :, frame] = 0
        self._filter(framed, out)
        return out

    def _filter(self, bands: NDArray[Any], out: NDArray[Any]) -> None:
        w = np.full(self.n, 1 / self.n)
        picture, means = (
            each.view(np.float64).reshape(-1, each.shape[2], each.itemsize // 8)
            for each in (bands, out)
        )
        cv2.sepFilter2D(picture, cv2.CV_64F, w, w, dst=means, borderType=cv2.BORDER_CONSTANT)
