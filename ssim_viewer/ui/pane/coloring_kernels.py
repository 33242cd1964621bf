# ruff: noqa: PLR0917  compiled functions take no keywords
"""A map reduced to the size of the screen and coloured in one compiled loop, on the calling thread.

OpenCV spreads such work over all processors; beside a climb, which has them all, it then waits for
a thread that is not let run, and the window with it. The interpreter's lock is free meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.compute.jit import EXACT, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray


@compiled(fastmath=EXACT)
def color_reduced(
    values: NDArray[np.float32],
    rows: tuple[NDArray[np.uintp], NDArray[np.float32]],
    columns: tuple[NDArray[np.uintp], NDArray[np.float32]],
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
    line, found = np.empty(values.shape[1] + 1, np.float32), np.empty(colors.shape[1], np.float32)
    last, missing = values.shape[0] - 1, 0
    for i in range(colors.shape[0]):
        first = rows[0][i]
        _blend(values[first], values[min(first + 1, last)], rows[1][i], line[:-1])
        line[-1] = line[-2]
        _between(line, columns[0], columns[1], found)
        missing += _color(found, table, numbers, marks, colors[i])
    return missing


@compiled(fastmath=EXACT)
def _blend(
    upper: NDArray[np.float32], lower: NDArray[np.float32], share: float, out: NDArray[np.float32]
) -> None:
    rest = np.float32(1) - share
    for j in range(out.size):
        out[j] = rest * upper[j] + share * lower[j]


@compiled(fastmath=EXACT)
def _between(
    line: NDArray[np.float32],
    first: NDArray[np.uintp],
    share: NDArray[np.float32],
    out: NDArray[np.float32],
) -> None:
    one, next_ = np.float32(1), np.uintp(1)
    for j in range(out.size):
        k = first[j]
        out[j] = (one - share[j]) * line[k] + share[j] * line[k + next_]


@compiled(fastmath=EXACT)
def _color(
    values: NDArray[np.float32],
    table: NDArray[np.uint32],
    numbers: NDArray[np.float32],
    marks: NDArray[np.uint32],
    colors: NDArray[np.uint32],
) -> int:
    offset, factor, low, places, lowest, highest = numbers
    last, zero, missing = np.float32(table.size - 1), np.float32(0), 0
    marked = marks[0] | marks[1] | marks[2]
    for j in range(colors.size):
        known = values[j] == values[j]
        shown = offset + factor * (values[j] if known else low)
        place = np.uintp(np.int32(min(max((shown - low) * places, zero), last)))
        colors[j] = table[place] if known else np.uint32(0)
        missing += 0 if known else 1
    if marked != 0:
        for j in range(colors.size):
            shown = offset + factor * values[j]
            color = colors[j]
            if marks[0] != 0 and shown < lowest:
                color = marks[0]
            if marks[1] != 0 and shown > highest:
                color = marks[1]
            if marks[2] != 0 and shown < zero:
                color = marks[2]
            colors[j] = color
    return missing
