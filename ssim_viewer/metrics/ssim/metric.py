"""SSIM, the metric: its settings, and a reference bound to them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from ssim_viewer.metrics.data_range import AssumedRange
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.ssim.bound import BoundSsim
from ssim_viewer.metrics.ssim.settings import SsimSettings
from ssim_viewer.metrics.ssim.sparse import sparse_maps
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Ssim(SsimSettings):
    """The structural similarity index (Wang et al. 2004); `SsimSettings` tells the parameters."""

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundSsim:
        """Return the metric with the statistics of its reference, (H, W) or (H, W, C), computed.

        Statistics of a read-only reference are shared with whoever has them already.
        `channel_axis` names the axis of channels of both images where it is not the last one, of
        1 or 3.

        Raises
        ------
        MetricError
            The reference is no image of real finite numbers or is smaller than the window.
        """
        if channel_axis is not None:
            return BoundSsim(self, reference, channel_axis=channel_axis)
        key = self, isinstance(self.data_range, AssumedRange), id(reference)
        known = _bound.get(key)
        if known is not None and known.reference is reference:
            return known.shared()
        bound = BoundSsim(self, reference)
        if bound.reference is reference:
            _bound[key] = bound
        return bound

    def coarse_maps(
        self, reference: ArrayLike, distorted: ArrayLike, step: int, /
    ) -> Mapping[str, Layer] | None:
        """Return the maps of every `step`-th window each way; see `sparse_maps`."""
        found = sparse_maps(self, reference, distorted, step)
        if found is None:
            return None
        maps: dict[str, Any] = found.maps
        return {name: Layer(values, found.geometry) for name, values in maps.items()}


_bound: WeakValueDictionary[tuple[Ssim, bool, int], BoundSsim] = WeakValueDictionary()
"""What is bound to references that cannot change; it holds the array, whose id thus is its own."""


def ssim(
    reference: ArrayLike,
    distorted: ArrayLike,
    *,
    channel_axis: int | None = None,
    **settings: Any,
) -> float:
    """Return the mean SSIM of two images of one shape, (H, W) or (H, W, C).

    For stacks of images see `measure_batch`.

    Parameters
    ----------
    reference, distorted
        The images.
    channel_axis
        The axis that counts channels, where it is not the last one, of 1 or 3.
    **settings
        Those of `Ssim`.

    Raises
    ------
    MetricError
        A setting is unknown or out of its range, or an image cannot be measured; floats within
        [0, 1] need a `data_range`.
    """
    unknown = settings.keys() - {each.name for each in fields(Ssim)}
    if unknown:
        raise MetricError(tr("SSIM has no setting {unknown!r}.", unknown=min(unknown)))
    return Ssim(**settings).bind(reference, channel_axis=channel_axis).value(distorted)
