"""Sliding windows: weighted local means of a plane, their adjoint, and the borders of both.

Symbols: w the one-dimensional kernel of n taps, symmetric, summing to 1; the window is w ⊗ w.
The border is handled once, by padding a plane before it is filtered; after that every filter is
"valid". So the adjoint of a filtered plane is the full correlation, followed by folding the padding
back onto the pixels it was copied from.

What the means are used for is left to `similarity`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import cv2
import numpy as np

from ssim_viewer.metrics.borders import border_index

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float64]
    from ssim_viewer.metrics.borders import Border


_NUMPY_MODES: dict[str, Literal["symmetric", "reflect", "edge", "constant"]] = {
    "reflect": "symmetric",
    "reflect-101": "reflect",
    "replicate": "edge",
    "zero": "constant",
}


def gaussian_kernel(size: int, sigma: float) -> Plane:
    """Return `size` samples of a Gaussian about their middle, summing to 1."""
    t = np.arange(size) - (size - 1) / 2
    squares = t**2 - np.min(t**2)  # the largest weight is 1, however small sigma is
    with np.errstate(over="ignore"):
        w: Plane = np.exp(-0.5 * squares / sigma / sigma)
    w /= w.sum()
    return w


def uniform_kernel(size: int) -> Plane:
    """Return `size` equal weights summing to 1."""
    return np.full(size, 1 / size)


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A separable symmetric window and what it does at the border.

    Attributes
    ----------
    kernel
        The n weights along each axis.
    border
        "valid" (windows stay inside the image), or how it is extended for one window per pixel:
        "reflect", "reflect-101", "replicate" or "zero".
    """

    kernel: Plane
    border: Border

    @property
    def size(self) -> int:
        """The number of taps along each axis."""
        return len(self.kernel)

    @property
    def margins(self) -> tuple[int, int]:
        """How many samples the border adds before and after each axis."""
        before = self.size // 2
        return (0, 0) if self.border == "valid" else (before, self.size - 1 - before)

    def pad(self, plane: NDArray[Any]) -> NDArray[Any]:
        """Return the plane, of any type, extended so that valid filtering gives the whole map."""
        if self.border == "valid":
            return plane
        return np.pad(plane, self.margins, _NUMPY_MODES[self.border])

    def fold(self, padded: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
        """Apply the adjoint of `pad` for a plane of the given shape, in the memory of `padded`."""
        before, _ = self.margins
        for axis, length in enumerate(shape if before else ()):
            rows = np.moveaxis(padded, axis, 0)
            core = rows[before : before + length]
            if self.border != "zero":  # what stands outside is no sample of the image
                index = border_index(length, *self.margins, self.border)
                for place in (*range(before), *range(before + length, len(index))):
                    core[index[place]] += rows[place]
            padded = np.moveaxis(core, 0, axis)
        return padded

    def mean(self, padded: Plane, out: Plane) -> Plane:
        """Return the local means, (h, w) -> (h - n + 1, w - n + 1), in memory shaped (h, w)."""
        before, after = self.size // 2, self.size - 1 - self.size // 2
        self._filter(padded, out)
        height, width = out.shape
        return out[before : height - after, before : width - after]

    def inside(self, framed: Plane) -> Plane:
        """Return the place for the weights that `adjoint` takes, its frame filled with zeros."""
        before, after = self.size - 1 - self.size // 2, self.size // 2
        height, width = framed.shape
        for frame in (np.s_[:before], np.s_[-after:]):
            framed[frame] = 0
            framed[:, frame] = 0
        return framed[before : height - after, before : width - after]

    def adjoint(self, framed: Plane, out: Plane) -> None:
        """Apply the adjoint of `mean`, (h, w) -> (h + n - 1, w + n - 1), the full correlation.

        The weights, of (h, w), stand in the frame of zeros that `inside` made.
        """
        self._filter(framed, out)

    def _filter(self, plane: Plane, out: Plane) -> None:
        w = self.kernel
        cv2.sepFilter2D(plane, cv2.CV_64F, w, w, dst=out, borderType=cv2.BORDER_CONSTANT)
