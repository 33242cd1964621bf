"""HaarPSI of an image by its compiled kernels, strip by strip; the formula is in `haarpsi`.

With σ₀ = σ(α) and above = Σ w (σ - σ₀), below = Σ w, the share is σ₀ + above / below, and

    dV/dshare = 2 logit(share) / (α² share (1 - share))
    gradient = dV/dshare / below (d above - (share - σ₀) d below)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.strips import as_doubles, in_strips, pooled, row_memory
from ssim_viewer.metrics.kernels_on_use import KernelsOnUse

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

    Plane = NDArray[np.float64]

_NONE: Plane = np.empty((0, 0, 0))
_TINY = np.finfo(float).eps


class CompiledHaarPsi:
    """A reference, (H, W) or (H, W, C), against which the kernels measure.

    Its planes are made by the kernels too, at the first measurement: where both images are the
    same, they are equal to the last digit, as they are in the formula.

    Parameters
    ----------
    mix
        The weights of the channels in each plane, scaled to 8 bits, (P, C).
    c, alpha
        C and α.
    """

    def __init__(self, reference: NDArray[Any], mix: Plane, c: float, alpha: float) -> None:
        self._reference, self._x = reference, _NONE
        self._mix = mix / 4
        self._alpha = alpha
        self._usual = float(1 / (1 + np.exp(-alpha)))
        self._of = (c, alpha, self._usual)

    def measure(
        self, kernels: ModuleType, image: NDArray[Any], /, *, gradient: bool
    ) -> tuple[float, Plane]:
        """Return the score of an image, and the gradient, an empty array if it is not wanted."""
        if not self._x.size:
            self._x = self._planes(kernels, self._reference)
        x, y = self._x, self._planes(kernels, image)
        half = y.shape if gradient else (0, 0, 0)
        first, second = (pooled(shape) for shape in (half, half[1:]))

        def part(top: int, bottom: int) -> tuple[float, float]:
            memory = row_memory(kernels.ROWS, y.shape[2] + kernels.MORE)
            found: tuple[float, float] = kernels.compare(
                x, y, (top, bottom), self._of, memory, first, second
            )
            return found

        above, below = np.sum(in_strips(part, (y.shape[1], y.shape[2])), axis=0)
        share = (above + self._usual * below + _TINY) / (below + _TINY)
        logit = np.log(share / (1 - share))
        value = float((logit / self._alpha) ** 2)
        if not gradient:
            return value, second
        by_above = 2 * logit / (self._alpha**2 * share * (1 - share) * (below + _TINY))
        apart = (above + _TINY * (1 - self._usual)) / (below + _TINY)
        more = -float(apart) * (1.5 if len(y) == 3 else 1.0)
        return value, self._grown(kernels, image, (first, second), float(by_above), more)

    def _planes(self, kernels: ModuleType, image: NDArray[Any]) -> Plane:
        """Return the planes of an image at half size."""
        height, width = image.shape[:2]
        flat = as_doubles(as_doubles(image).reshape(height, -1))
        shape = (len(self._mix), -(-height // 2), -(-width // 2))
        planes = pooled(shape)

        def part(top: int, bottom: int) -> None:
            memory = row_memory(1, flat.shape[1] + 3)
            kernels.shrink(flat, (top, bottom), self._mix, memory, planes)

        in_strips(part, shape[1:])
        return as_doubles(planes)

    def _grown(
        self,
        kernels: ModuleType,
        image: NDArray[Any],
        gradients: tuple[Plane, Plane],
        by_above: float,
        more: float,
    ) -> Plane:
        """Return the gradient by the image from those by its planes."""
        height, width = image.shape[:2]
        mix = by_above * self._mix
        out = pooled((height, width * mix.shape[1]))

        def part(top: int, bottom: int) -> None:
            kernels.grow(*gradients, more, (top, bottom), mix, out)

        in_strips(part, (height, width))
        return out.reshape(image.shape)


def _compile() -> ModuleType:
    """Import the kernels and call each once, which compiles it."""
    module = importlib.import_module("ssim_viewer.metrics.family.haarpsi_kernels")
    one = CompiledHaarPsi(np.ones((16, 16)), np.ones((1, 1)), 30.0, 4.2)
    one.measure(module, np.eye(16), gradient=True)
    return module


KERNELS = KernelsOnUse("haarpsi", _compile)
