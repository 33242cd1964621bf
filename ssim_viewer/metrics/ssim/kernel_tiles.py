"""A tile of a plane made ready for the compiled kernels, in the memory that each thread keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.tiles import scratch
from ssim_viewer.metrics.ssim.pass_outputs import PARTS, Edges, Sums, own_part

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

    from ssim_viewer.compute.tiles import Tile
    from ssim_viewer.metrics.ssim.pass_outputs import Wanted
    from ssim_viewer.metrics.ssim.similarity import Similarity
    from ssim_viewer.metrics.ssim.window import Plane

GROUP, ROWS, VECTOR = 6, 28, 16  # as in `kernels`, which is imported only when it is wanted
LINE = 64  # bytes of the processor's cache
NOISE = {"float32": 1e-10, "float64": 0.0}
"""The rounding of a variance relative to L²; less than that counts as a flat window."""


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
    """

    size: int
    weights: NDArray[Any]
    constants: NDArray[Any]
    _none: NDArray[Any]
    _exact: KernelTiles | None

    @classmethod
    def of(
        cls, kernel: Plane, similarity: Similarity, *, shift: float, dtype: type[np.floating[Any]]
    ) -> KernelTiles:
        """Return the tiles for a symmetric kernel, in one floating type.

        `shift` is subtracted from all samples.
        """
        n = len(kernel)
        pairs = (n + 1) // 2
        weights = np.zeros(-(-pairs // GROUP) * GROUP, dtype)
        weights[:pairs] = kernel[:pairs]
        if n % 2:
            weights[pairs - 1] /= 2
        # Rounded weights that do not sum to 1 would give flat windows a variance.
        weights[pairs - 1] += (1 - 2 * weights.sum(dtype=np.float64)) / 2
        C1, alpha = similarity.C1, similarity.alpha
        flat = max(similarity.flat, similarity.flat * 1e14 * NOISE[np.dtype(dtype).name])
        first = alpha * C1 + 1 - alpha
        constants = [first, similarity.C2, alpha, similarity.k, shift, 2, 0, flat, C1, 1, 0.5]
        exact = None
        if dtype != np.float64:
            exact = cls.of(kernel, similarity, shift=shift, dtype=np.float64)
        return cls(n, weights, np.array(constants, dtype), np.empty((0, 0), dtype), exact)

    @staticmethod
    def know(similarity: Similarity) -> bool:
        """Return whether the kernels know this similarity: SSIM itself, or c s alone."""
        stable = similarity.compiles and similarity.C1 > 0 < similarity.C2
        return stable and similarity.alpha in (0, 1) and similarity.beta == similarity.gamma == 1

    def fill(
        self,
        kernels: ModuleType,
        x: NDArray[Any],
        statistics: tuple[NDArray[Any], NDArray[Any]],
        tile: Tile,
    ) -> None:
        """Compute the means and variances of one tile of the padded reference, in double."""
        scratch.clear()
        if self._exact is None:
            self._fill(kernels, x, statistics, tile, _extent(tile))
            return
        height, width = _extent(tile)[2:]
        found = scratch.array((height, width)), scratch.array((height, width))
        self._exact._fill(kernels, x, found, tile, (0, 0, height, width))  # noqa: SLF001  its own kind
        for whole, own in zip(statistics, found, strict=True):
            whole[tile] = own

    def _fill(
        self,
        kernels: ModuleType,
        x: NDArray[Any],
        statistics: tuple[NDArray[Any], NDArray[Any]],
        tile: Tile,
        place: tuple[int, int, int, int],
    ) -> None:
        """Compute them in this type, at a place of the arrays that receive them."""
        kernels.fill(self._seen(x, tile), statistics, place, self._window(), self._memory(tile))

    def measure(
        self,
        kernels: ModuleType,
        images: tuple[NDArray[Any], NDArray[Any]],
        statistics: tuple[NDArray[Any], NDArray[Any]],
        wanted: Wanted,
        tile: Tile,
    ) -> tuple[Sums, Edges | None]:
        """Compare one tile of padded planes x and y.

        Parameters
        ----------
        kernels
            The compiled module.
        images, statistics
            x and y; the means and variances of x. Whole planes.
        wanted
            What to compute, and the whole planes that receive it.
        tile
            Its windows.
        """
        scratch.clear()
        top, left, height, width = _extent(tile)
        x, y = (self._seen(image, tile) for image in images)
        direct = wanted.takes(self.constants.dtype)
        more = self.size - 1
        own = own_part(tile, statistics[0].shape, more)
        edges = Edges(
            self._new(height + more - own[0], width + more),
            self._new(own[0], width + more - own[1]),
        )
        found: dict[str, Any] = dict(wanted.all())
        if not direct:
            shapes = {"gradient": own}
            found = {name: self._array(shapes.get(name, (height, width))) for name in found}
        names = ("ssim", *PARTS) if wanted.parts else ("ssim",)
        weight = 0.0 if wanted.gradient is None else wanted.weight
        sums = kernels.compare(
            x,
            y,
            statistics,
            (top, left, height, width),
            self._window(),
            self._memory(tile),
            self._array((4,)),
            tuple(found.get(name, self._none) for name in ("ssim", *PARTS)),
            len(names),
            (found.get("gradient", self._none), *edges),
            self.constants.dtype.type(weight),
            (top, left) if direct else (0, 0),
        )
        wanted.keep({} if direct else found, tile)
        return Sums(dict(zip(names, sums, strict=False)), 0), edges if weight else None

    def _window(self) -> tuple[NDArray[Any], int, NDArray[Any]]:
        return self.weights, self.size, self.constants

    def _memory(self, tile: Tile) -> NDArray[Any]:
        """Return rows that vectors of any length fill.

        They are an odd number of the cache's lines apart: no two have the same place in it.
        """
        line = LINE // self.constants.itemsize
        samples = tile[1].stop - tile[1].start + 2 * self.size - 2 + VECTOR
        return self._array((ROWS + 5 * (self.size + 1), line * (-(-samples // line) | 1)))

    def _array(self, shape: tuple[int, ...]) -> NDArray[Any]:
        return scratch.array(shape, self.constants.dtype)

    def _new(self, *shape: int) -> NDArray[Any]:
        return np.empty(shape, self.constants.dtype)

    def _seen(self, padded: NDArray[Any], tile: Tile) -> tuple[NDArray[Any], int, int]:
        """Return an image of the kernels' own type, and where the windows of a tile start in it."""
        flags = padded.flags
        if padded.dtype == self.constants.dtype and flags.c_contiguous and flags.aligned:
            image, corner = padded.view(), (tile[0].start, tile[1].start)
        else:
            more = self.size - 1
            rows, columns = (slice(part.start, part.stop + more) for part in tile)
            seen = padded[rows, columns]
            image, corner = self._array(seen.shape), (0, 0)
            image[:] = seen
        image.setflags(write=False)  # arrays that can be written to would be compiled for anew
        return image, *corner


def _extent(tile: Tile) -> tuple[int, int, int, int]:
    """Return the first row and column of a tile, its height and its width."""
    rows, columns = tile
    return rows.start, columns.start, rows.stop - rows.start, columns.stop - columns.start
