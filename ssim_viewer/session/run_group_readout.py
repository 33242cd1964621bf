"""What every image of an experiment has at one pixel, for the line below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.session.readout import decimals_of
from ssim_viewer.text import joined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.session.run_group import RunGroup


def group_readout(group: RunGroup[Any], pixel: tuple[int, int] | None) -> str:
    """Return one line such as ``(12, 40)   Reference 123   Start 140   Best MSSIM 121``.

    It is empty without a pixel (x, y) inside the images.
    """
    height, width = group.reference.pixels.shape[:2]
    if pixel is None or not (0 <= pixel[0] < width and 0 <= pixel[1] < height):
        return ""
    runs = (*group.context_runs, *group.runs)
    parts = [
        joined(" ", (_name(run.title), _value(run.image, pixel, group.ssim.data_range)))
        for run in runs
        if run.image is not None
    ]
    return joined("   ", (f"({pixel[0]}, {pixel[1]})", *parts)) if parts else ""


def _name(title: str) -> str:
    """Return a title, without what stands behind a comma."""
    return title.partition(",")[0] if "," in title else title


def _value(image: NDArray[np.generic], pixel: tuple[int, int], data_range: float) -> str:
    decimals = min(decimals_of(image, data_range), 4 if data_range <= 1 else 1)
    values = np.atleast_1d(image[pixel[1], pixel[0]]).astype(float)
    return " ".join(f"{value:.{decimals}f}".replace("-", "−") for value in values)
