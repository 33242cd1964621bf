"""Maps of SSIM of a very large pair, kept at a quarter of their size and coarser.

At full size they are computed where they are looked at, from the pixels there, and nothing of them
is kept but what was looked at last. A `ComputedMap` stands in the place of a `Pyramid`, and of the
array at its finest level, as a `Difference` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.halving import halved
from ssim_viewer.metrics.ssim.map_part import has_parts, map_part
from ssim_viewer.session.pyramid import HALVINGS, Pyramid
from ssim_viewer.session.robust_range import range_of_some

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics import MapGeometry, Ssim
    from ssim_viewer.metrics.reduced_map import ReducedMap
    from ssim_viewer.session.pyramid import Slices

    Pixels = NDArray[np.generic]

VERY_LARGE = 32_000_000
"""Pixels from which maps are kept coarse: four of this size take 0.5 GB, twice while they change.

Below that they are there as a whole, so that no look at them computes anything.
"""

IN_SIGHT = 4_000_000
"""Samples that one look computes at most; of more, the coarse ones are shown, each as a square."""

BLOCK = 32
"""Samples: what is computed begins and ends at multiples of so many, for the next look."""

SHORT = 256
"""Samples along a line that are computed together."""


def is_kept_coarse(metric: Ssim, shape: tuple[int, ...]) -> bool:
    """Whether the maps of images of this shape are kept coarse, and can be computed in parts."""
    return shape[0] * shape[1] >= VERY_LARGE and has_parts(metric)


class MapParts:
    """Parts of all maps of a pair; what was computed last is kept.

    Parameters
    ----------
    reference, distorted
        (H, W) or (H, W, C), of one shape, read-only.
    """

    def __init__(self, metric: Ssim, reference: Pixels, distorted: Pixels) -> None:
        self.metric = metric
        self._pair = (reference, distorted)
        more = metric.window_size - 1
        self.shape = reference.shape[0] - more, reference.shape[1] - more
        self._latest: tuple[Slices, dict[str, NDArray[Any]]] | None = None

    def part(self, name: str, wanted: Slices) -> NDArray[np.float32]:
        """Return a part of a map, with rows and columns from the first to before the last."""
        latest = self._latest
        if latest is None or not _is_within(wanted, latest[0]):
            latest = self._latest = self._computed(_in_blocks(wanted, self.shape))
        (top, _, left, _), maps = latest
        return maps[name][wanted[0] - top : wanted[1] - top, wanted[2] - left : wanted[3] - left]

    def whole(self, name: str) -> NDArray[np.float32]:
        """Return all of a map, to the digit as it was measured."""
        reference, distorted = self._pair
        found = self.metric.bind(reference).measure(
            distorted, maps=(name,), parts=name != "ssim", dtype=np.float32
        )
        return found.maps[name]

    def _computed(self, part: Slices) -> tuple[Slices, dict[str, NDArray[Any]]]:
        top, bottom, left, right = part
        return part, map_part(self.metric, *self._pair, slice(top, bottom), slice(left, right))


class ComputedMap:
    """A map of SSIM.

    Parameters
    ----------
    parts
        What computes it.
    name
        Which map it is: "ssim", "luminance", "contrast" or "structure".
    reduced
        Its means over squares, and where its values lie.

    Attributes
    ----------
    geometry
        Where its samples stand on the image.
    robust_range
        Where its values lie.
    """

    def __init__(
        self, parts: MapParts, name: str, reduced: ReducedMap, geometry: MapGeometry
    ) -> None:
        self._parts = parts
        self._name = name
        self._coarse = Pyramid.of(reduced.means, large=True)
        self.geometry = geometry
        self.robust_range = range_of_some(reduced.spaced)

    @property
    def levels(self) -> tuple[NDArray[Any], ...]:
        """What is kept of it."""
        return self._coarse.levels

    def shape(self, halvings: int = 0) -> tuple[int, int]:
        """Return the height and width of the map halved so often."""
        height, width = self._parts.shape
        return height >> halvings, width >> halvings

    def samples(self, halvings: int, slices: Slices) -> NDArray[Any]:
        """Return samples of the map halved so often."""
        if halvings >= HALVINGS:
            return self._coarse.samples(halvings - HALVINGS, slices)
        top, bottom, left, right = (place << halvings for place in slices)
        if (bottom - top) * (right - left) > IN_SIGHT:
            return self._magnified(1 << (HALVINGS - halvings), slices)
        return halved(self._parts.part(self._name, (top, bottom, left, right)), halvings)

    def __getitem__(self, place: tuple[int, int] | tuple[slice, slice]) -> Any:
        """Return the value at a (row, column), a float, or those of rows and columns."""
        rows, columns = place
        if isinstance(rows, slice) and isinstance(columns, slice):
            height, width = self._parts.shape
            (top, bottom, _), (left, right, _) = rows.indices(height), columns.indices(width)
            count = (bottom - top) * (right - left)
            if count > IN_SIGHT:
                return self._parts.whole(self._name)[rows, columns]
            if count <= 0 or bottom <= top:
                return np.empty((0, 0), np.float32)
            return self._parts.part(self._name, (top, bottom, left, right))
        assert isinstance(rows, int) and isinstance(columns, int)  # noqa: S101, PT018 - as typed
        return float(self._parts.part(self._name, (rows, rows + 1, columns, columns + 1))[0, 0])

    def along(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the values at the samples of a line, which are near to those beside them."""
        found = np.empty(len(rows))
        for first in range(0, len(rows), SHORT):
            r, c = rows[first : first + SHORT], columns[first : first + SHORT]
            top, left = int(r.min()), int(c.min())
            part = self._parts.part(self._name, (top, int(r.max()) + 1, left, int(c.max()) + 1))
            found[first : first + SHORT] = part[r - top, c - left]
        return found

    def __array__(self, dtype: Any = None, copy: Any = None) -> NDArray[Any]:
        """Return all of it, (H, W) float32."""
        del copy  # it is always made
        whole = self._parts.whole(self._name)
        return whole if dtype is None else whole.astype(dtype, copy=False)

    def _magnified(self, times: int, slices: Slices) -> NDArray[Any]:
        """Return coarse samples, each standing for a square of `times` by `times`."""
        coarse = self._coarse.levels[0]
        rows, columns = (
            np.minimum(np.arange(first, last) // times, length - 1)
            for first, last, length in zip(slices[::2], slices[1::2], coarse.shape, strict=True)
        )
        magnified: NDArray[Any] = coarse[np.ix_(rows, columns)]
        return magnified


def _is_within(inner: Slices, outer: Slices) -> bool:
    return (
        outer[0] <= inner[0]
        and inner[1] <= outer[1]
        and outer[2] <= inner[2]
        and inner[3] <= outer[3]
    )


def _in_blocks(part: Slices, shape: tuple[int, int]) -> Slices:
    """Return the blocks that a part touches, as far as they lie on the map."""
    top, bottom, left, right = part
    return (
        top // BLOCK * BLOCK,
        min(-(-bottom // BLOCK) * BLOCK, shape[0]),
        left // BLOCK * BLOCK,
        min(-(-right // BLOCK) * BLOCK, shape[1]),
    )
