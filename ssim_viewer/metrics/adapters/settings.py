"""What the settings of all adapters have in common: the data range, and the way to a reference."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, get_args, get_type_hints

from ssim_viewer.metrics.adapters.bound import BoundAdapter
from ssim_viewer.metrics.data_range import ASSUMED
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.ssim.settings import positive
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ssim_viewer.metrics.adapters.bound import Engine, Rgb


@dataclass(frozen=True, slots=True)
class AdapterBase(ABC):
    """The data range, which is checked as choices and numbers of an adapter's own are.

    Parameters
    ----------
    data_range
        L, the distance between black and white.

    Raises
    ------
    MetricError
        A setting is out of its range.
    """

    data_range: float = ASSUMED

    def __post_init__(self) -> None:
        hints = get_type_hints(type(self))
        for each in fields(self):
            value, hint = getattr(self, each.name), hints[each.name]
            if hint is float:
                object.__setattr__(self, each.name, positive(each.name, value))
            elif value not in get_args(hint):
                names = ", ".join(map(repr, get_args(hint)))
                raise MetricError(
                    tr(
                        "{name} is one of {names}, not {value!r}.",
                        name=each.name,
                        names=names,
                        value=value,
                    )
                )

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundAdapter:
        """Return the metric with a reference, (H, W) or (H, W, 3).

        Raises
        ------
        MetricError
            The reference is no such image, or what the metric needs is not there.
        """
        return BoundAdapter(self, reference, channel_axis=channel_axis)

    @abstractmethod
    def engine(self, reference: Rgb, /) -> Engine:
        """Return what measures against a reference; other packages are imported only here."""
