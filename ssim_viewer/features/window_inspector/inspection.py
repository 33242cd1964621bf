"""The window that is shown, taken apart: a pure function of the session.

It reads only the samples under the window and takes a fraction of a millisecond, so that it follows
the mouse without a worker.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ssim_viewer.features.window_inspector.state import inspector_of, shown_pixel
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.ms_ssim.metric import MsSsim
from ssim_viewer.metrics.ms_ssim.scale_inspection import InspectedScale, inspect_scales
from ssim_viewer.metrics.ssim.window_inspection import InspectedWindow, inspect_window
from ssim_viewer.text import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.images.shapes import Bounds
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.session.state import Session

NOTHING = tr("Point at a pixel in any pane. Press X and click to pin a window.")


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """What is shown of one window.

    Attributes
    ----------
    pixel
        The pixel (x, y) that was pointed at.
    metric
        The settings of SSIM.
    windows
        The window of each plane; none with a `problem`.
    shown
        The plane whose formulas are shown.
    scales
        The window of each scale of MS-SSIM; none where it cannot be measured.
    problem
        Why there is no window, or "".
    counts
        Whether the score is also of this window; those outside a mask are not in it.
    """

    pixel: tuple[int, int]
    metric: Ssim
    windows: tuple[InspectedWindow, ...] = ()
    shown: int = 0
    scales: tuple[InspectedScale, ...] = ()
    problem: str = ""
    counts: bool = True

    @property
    def window(self) -> InspectedWindow:
        """The window of the plane whose formulas are shown."""
        return self.windows[self.shown]

    def mean(self, name: str) -> float:
        """Return the mean over planes of "luminance", "contrast", "structure" or "ssim"."""
        found: list[float] = [getattr(window, name) for window in self.windows]
        return sum(found) / len(found)


def inspection_of(session: Session) -> Inspection | None:
    """Return the window that is shown, or None where nothing is pointed at."""
    pixel, measured = shown_pixel(session), session.measured
    if pixel is None or measured is None:
        return None
    metric, pair = measured.metric, (measured.reference, measured.distorted)
    sample = measured.geometry.sample_at(pixel[0] + 0.5, pixel[1] + 0.5)
    try:
        windows = inspect_window(metric, *pair, sample)
    except MetricError as error:
        return Inspection(pixel, metric, problem=str(error))
    try:
        scales = inspect_scales(_multi_scale(metric), *pair, pixel[0] + 0.5, pixel[1] + 0.5)
    except MetricError:
        scales = ()
    shown = min(inspector_of(session).plane, len(windows) - 1)
    counts = _in_mask(measured.mask, measured.geometry.centre_of(*sample))
    return Inspection(pixel, metric, windows, shown, scales, counts=counts)


def _in_mask(mask: NDArray[np.bool_] | None, middle: tuple[float, float]) -> bool:
    if mask is None:
        return True
    x, y = (min(int(each), side - 1) for each, side in zip(middle, mask.shape[::-1], strict=True))
    return bool(mask[y, x])


@lru_cache(maxsize=8)
def _multi_scale(metric: Ssim) -> MsSsim:
    return MsSsim.of(metric)


def window_bounds(session: Session) -> Bounds | None:
    """Return the part of the image that the window that is shown sees, or None without one."""
    pixel, measured = shown_pixel(session), session.measured
    if pixel is None or measured is None:
        return None
    geometry = measured.geometry
    sample = geometry.sample_at(pixel[0] + 0.5, pixel[1] + 0.5)
    x, y = geometry.centre_of(*sample)
    reach = measured.metric.window_size * geometry.scale / 2
    return x - reach, y - reach, x + reach, y + reach
