"""A part of the maps of SSIM, from the pixels that its windows see and no others.

It is computed in the metric's own precision, centred on the part, and agrees with the whole map to
what that leaves of a sample.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.data_range import AssumedRange
from ssim_viewer.metrics.ssim.bound import BoundSsim
from ssim_viewer.metrics.ssim.pass_outputs import PARTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics.ssim.settings import SsimSettings

NAMES = ("ssim", *PARTS)
"""The maps."""


def has_parts(metric: SsimSettings) -> bool:
    """Return whether a sample of the maps depends on the pixels under its window alone.

    A border adds others, and images that are shrunk, cropped or passed over in strides have maps
    of which no window stands where a pixel does.
    """
    plain = metric.every_window and metric.downsample == 1 and metric.crop == 0
    return plain and metric.border == "valid" and not isinstance(metric.data_range, AssumedRange)


def map_part(
    metric: SsimSettings,
    reference: NDArray[np.generic],
    distorted: NDArray[np.generic],
    rows: slice,
    columns: slice,
) -> dict[str, NDArray[Any]]:
    """Return a part of each map of `NAMES`, float32, by a metric that `has_parts`.

    Parameters
    ----------
    reference, distorted
        The whole images, (H, W) or (H, W, C).
    rows, columns
        The samples of the maps, with their ends.

    Raises
    ------
    MetricError
        A pixel under a window is no finite number.
    """
    more = metric.window_size - 1
    seen = np.s_[rows.start : rows.stop + more, columns.start : columns.stop + more]
    bound = BoundSsim(metric, reference[seen])
    return bound.measure(distorted[seen], maps=NAMES, parts=True, dtype=np.float32).maps
