"""A tile of a plane made ready for the compiled kernels, in the memory that each thread keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssim_viewer.metrics.tiles import scratch

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

    from ssim_viewer.metrics.similarity import Similarity
    from ssim_viewer.metrics.tiles import Tile
    from ssim_viewer.metrics.windows import Plane

GROUP = 6  # as in `kernels`, which is imported only when it is wanted
NOISE = {"float32": 1e-7, "float64": 0.0}
"""The rounding of a variance relative to L²; less than that counts as a flat window."""


class Found(NamedTuple):
    """What the kernels found in a tile: sums, then maps and slopes in this thread's scratch."""

    sums: tuple[float, float, float, float]
    maps: NDArray[Any]
    slope: NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class KernelTiles:
    """What the kernels need to know of a window and a similarity.

    Attributes
    ----------
    size
        The number of taps.
    weights
        Of pairs of taps, filled up with zeros to whole groups.
    constants
        See `kernels.compare`.
    shift
        What is subtracted from all samples.
    """

    size: int
    weights: NDArray[Any]
    constants: NDArray[Any]
    shift: float

    @classmethod
    def of(
        cls, kernel: Plane, similarity: Similarity, *, shift: float, dtype: type[np.floating[Any]]
    ) -> KernelTiles:
        """Return the tiles for a symmetric kernel, in one floating type."""
        n = len(kernel)
        pairs = (n + 1) // 2
        weights = np.zeros(-(-pairs // GROUP) * GROUP, dtype)
        weights[:pairs] = kernel[:pairs]
        if n % 2:
            weights[pairs - 1] /= 2
        C1, alpha = similarity.C1, similarity.alpha
        flat = max(similarity.flat, similarity.flat * 1e14 * NOISE[np.dtype(dtype).name])
        first = alpha * C1 + 1 - alpha
        constants = [first, similarity.C2, alpha, similarity.k, shift, 2, 0, flat, C1]
        return cls(n, weights, np.array(constants, dtype), shift)

    @staticmethod
    def know(similarity: Similarity) -> bool:
        """Return whether the kernels know this similarity: SSIM itself, or c s alone."""
        return similarity.alpha in (0, 1) and similarity.beta == similarity.gamma == 1

    def fill(
        self,
        kernels: ModuleType,
        x: NDArray[Any],
        tile: Tile,
        mu_x: NDArray[Any],
        s_xx: NDArray[Any],
    ) -> None:
        """Compute the means and variances of one tile of the reference."""
        scratch.clear()
        seen = self._centred(x, tile)
        shape = mu_x[tile].shape
        work, moments, *_ = self._memory(shape[1])
        mean, variance = self._array(shape), self._array(shape)
        n, w, constants = self.size, self.weights, self.constants
        kernels.statistics(seen, w, n, constants, work, moments, mean, variance)
        mu_x[tile], s_xx[tile] = mean, variance

    def compare(
        self,
        kernels: ModuleType,
        images: tuple[NDArray[Any], NDArray[Any]],
        statistics: tuple[NDArray[Any], NDArray[Any]],
        tile: Tile,
        *,
        maps: int,
        backward: bool,
    ) -> Found:
        """Compare one tile of padded planes x and y.

        Parameters
        ----------
        kernels
            The compiled module.
        images, statistics
            x and y, padded; the means and variances of x. Whole planes.
        tile
            Its windows.
        maps
            0, or how many maps to fill: S, or S, l, c and s; -4 sums them all and keeps none.
        backward
            Whether to compute the derivative of the sum of S.
        """
        scratch.clear()
        x, y = (self._centred(image, tile) for image in images)
        height, width = (part.stop - part.start for part in tile)
        shape = (max(1, abs(maps)), height if maps > 0 else 2, width)
        found = self._array(shape)
        slope = self._array((height + self.size - 1 if backward else 0, width + self.size - 1))
        place = tile[0].start, tile[1].start
        n, w, memory = self.size, self.weights, self._memory(width)
        sums = kernels.compare(x, y, *statistics, place, w, n, self.constants, found, memory, slope)
        return Found(sums, found, slope)

    def _memory(self, columns: int) -> tuple[NDArray[Any], ...]:
        n, wide = self.size, columns + 2 * self.size - 2
        shapes = ((12, wide), (6, columns), (2, columns), (3, columns + n - 1), (3, n + 1, wide))
        return tuple(map(self._array, shapes))

    def _array(self, shape: tuple[int, ...]) -> NDArray[Any]:
        return scratch.array(shape, self.weights.dtype)

    def _centred(self, padded: NDArray[Any], tile: Tile) -> NDArray[Any]:
        """Return the samples that the windows of a tile see, minus `shift`, and a row of zeros."""
        more = self.size - 1
        rows, columns = (slice(part.start, part.stop + more) for part in tile)
        seen = padded[rows, columns]
        centred = self._array((seen.shape[0] + 1, seen.shape[1]))
        np.subtract(seen, self.shift, out=centred[:-1], dtype=centred.dtype)
        centred[-1] = 0
        return centred
