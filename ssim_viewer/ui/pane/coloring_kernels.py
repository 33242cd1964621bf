# ruff: noqa: PLR0917  compiled functions take no keywords
"""A map reduced to the size of the screen and coloured in one compiled loop, on the calling thread.

OpenCV spreads such work over all processors; beside a climb, which has them all, it then waits for
a thread that is not let run, and the window with it. The interpreter's lock is free meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.jit import EXACT, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray


@compiled(fastmath=EXACT)
def color_reduced(
    values: NDArray[np.float32],
    rows: tuple[NDArray[Any], NDArray[Any]],
    columns: tuple[NDArray[Any], NDArray[Any]],
    table: NDArray[np.uint32],
    numbers: NDArray[np.float32],
    marks: NDArray[np.uint32],
    colors: NDArray[np.uint32],
) -> int:
    """Fill the colours, (h, w), and return how many samples have none, since they are missing.

    Parameters
    ----------
    values
        (H, W), NaN where nothing has been computed.
    rows, columns
        For each row and column of the colours the first of the two of the values that it lies
        between, and the share of the second one.
    table
        Colours from the lower to the upper end.
    numbers
        Offset and factor that make a value what is shown; the lower end; places of the table for 1;
        below and above which values as shown have a mark.
    marks
        The colours of what is below the lower end, above the upper one, and below 0; 0 for none.
    """
    offset, factor, low, places, lowest, highest = numbers
    last = np.float32(table.size - 1)
    zero, one = np.float32(0), np.float32(1)
    missing = 0
    for i in range(colors.shape[0]):
        first, below = rows[0][i], rows[1][i]
        above = one - below
        upper, lower = values[first], values[min(first + 1, values.shape[0] - 1)]
        for j in range(colors.shape[1]):
            k, right = columns[0][j], columns[1][j]
            m, left = min(k + 1, values.shape[1] - 1), one - columns[1][j]
            value = above * (left * upper[k] + right * upper[m])
            value += below * (left * lower[k] + right * lower[m])
            if np.isnan(value):
                colors[i, j] = 0
                missing += 1
                continue
            shown = offset + factor * value
            place = min(max((shown - low) * places, zero), last)
            color = table[np.int64(place)]
            if shown < lowest and marks[0] != 0:
                color = marks[0]
            if shown > highest and marks[1] != 0:
                color = marks[1]
            if shown < zero and marks[2] != 0:
                color = marks[2]
            colors[i, j] = color
    return missing
