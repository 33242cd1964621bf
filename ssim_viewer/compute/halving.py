"""Arrays made smaller by means over blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2

if TYPE_CHECKING:
    from numpy.typing import NDArray


def halved(array: NDArray[Any], times: int) -> NDArray[Any]:
    """Return the means over blocks of 2^times by 2^times samples; an odd end is dropped."""
    for _ in range(times):  # twofold reduction is what OpenCV does fastest
        height, width = array.shape[0] // 2, array.shape[1] // 2
        whole = array[: 2 * height, : 2 * width]
        array = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    return array
