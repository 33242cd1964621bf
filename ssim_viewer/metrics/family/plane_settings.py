"""What the settings of all metrics have in common that measure plane against plane by a formula."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ssim_viewer.metrics.data_range import ASSUMED
from ssim_viewer.metrics.luma import Color  # noqa: TC001 - panels resolve the types of fields
from ssim_viewer.metrics.per_plane import BoundPlane, BoundPlanes
from ssim_viewer.metrics.ssim.metric import Ssim
from ssim_viewer.metrics.ssim.shared_settings import COLOR

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class PlaneSettings(ABC):
    """Data range and colour, which are checked, and the way to a bound metric.

    Parameters
    ----------
    data_range
        L, the distance between black and white.
    color
        "mean" of the channels' scores, or the score of a luma, see `Ssim`.

    Raises
    ------
    MetricError
        A setting is out of its range.
    """

    data_range: float = ASSUMED
    color: Color = field(default="mean", metadata=COLOR)

    def __post_init__(self) -> None:
        checked = Ssim(data_range=self.data_range, color=self.color)
        object.__setattr__(self, "data_range", checked.data_range)

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundPlanes:
        """Return the metric with a reference, (H, W) or (H, W, C).

        Raises
        ------
        MetricError
            The reference is no image of real finite numbers, or too small.
        """
        return BoundPlanes(self, reference, channel_axis=channel_axis)

    @abstractmethod
    def plane(self, x: NDArray[Any], /) -> BoundPlane:
        """Return one plane of the reference."""
