"""How an axis goes on beyond its ends, and the adjoint of extending it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

Border = Literal["valid", "reflect", "reflect-101", "replicate", "zero"]

BORDER_WORDS: dict[Border, str] = {
    "valid": tr("valid"),
    "reflect": tr("reflect"),
    "reflect-101": tr("reflect-101"),
    "replicate": tr("replicate"),
    "zero": tr("zero"),
}
"""Borders as they stand beside a score."""


def border_index(length: int, before: int, after: int, border: Border) -> NDArray[np.intp]:
    """Return which sample stands at each place of an axis padded on both sides.

    "reflect" repeats the outermost sample (d c b a | a b c d | d c b a), as MATLAB's "symmetric"
    and SciPy's "reflect" do; "reflect-101" does not (d c b | a b c d | c b a), as OpenCV's default
    and PyTorch's "reflect"; "replicate" holds it (a a a | a b c d | d d d).
    """
    place = np.arange(-before, length + after)
    if border == "replicate":
        return np.clip(place, 0, length - 1)
    if border == "reflect-101":
        period = max(2 * (length - 1), 1)
        return np.minimum(place % period, -place % period)
    return np.minimum(place % (2 * length), (-1 - place) % (2 * length))


def fold(
    padded: NDArray[Any], axis: int, before: int, index: NDArray[np.intp], length: int
) -> NDArray[Any]:
    """Add padding back onto the samples it was copied from: the adjoint of ``take(index)``."""
    rows = np.moveaxis(padded, axis, 0)
    core = rows[before : before + length]
    folded = np.zeros((length, *rows.shape[1:]), padded.dtype)
    folded[: len(core)] = core  # shorter where the last samples were left out of every box
    for place in (*range(before), *range(before + length, len(index))):
        folded[index[place]] += rows[place]
    return np.moveaxis(folded, 0, axis)
