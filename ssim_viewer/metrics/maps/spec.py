"""What a map of a pair is: its names, its meaning, how it is read, coloured and computed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.ssim.bound import BoundSsim
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ssim_viewer.metrics.protocol import BoundMetric, Metric
    from ssim_viewer.metrics.ssim.metric import Ssim


class MapKind(StrEnum):
    """What the values of a map are; its colours follow from that."""

    IMAGE = "image"
    SIMILARITY = "similarity"
    ERROR = "error"
    SIGNED = "signed"


class Unit(StrEnum):
    """What the values of a map count; a plug-in may write any other words."""

    NONE = ""
    PIXELS = tr("pixel values")
    """The unit of the pixels, whatever that is; read with as many decimals as pixels are."""
    PER_LEVEL = tr("per grey level")


@dataclass(frozen=True, slots=True, eq=False)
class MapInputs:
    """What a map is computed from.

    Attributes
    ----------
    reference, distorted
        The images, read-only, (H, W) or (H, W, 3), of any type of number.
    metric
        SSIM by the settings in use: its data range, colour, window and constants.
    bind
        Returns a metric with the reference bound, the same as before where it was.
    """

    reference: NDArray[Any]
    distorted: NDArray[Any]
    metric: Ssim
    bind: Callable[[Metric], BoundMetric] | None = None

    @property
    def ssim(self) -> BoundSsim:
        """SSIM by the settings in use with the reference bound."""
        bound = self.bind(self.metric) if self.bind is not None else None
        return bound if isinstance(bound, BoundSsim) else self.metric.bind(self.reference)


@dataclass(frozen=True, slots=True)
class MapSpec:
    """One row of the table of maps.

    Attributes
    ----------
    id
        Its stable name, in lower case words; settings and object names hold it.
    title
        As it stands above a pane.
    meaning
        A sentence or two, with the formula.
    kind
        What its values are.
    unit
        What they count, see `Unit`.
    decimals
        With how many of them a value is read; None writes a power of ten.
    symbol
        As it stands beside a value; the title in lower case where there is none.
    lowest
        The value that none is below, whatever the images are, or None.
    score
        The name of the score that is its mean, or "".
    output
        What it is called in the pass of SSIM that makes it, or "" where `compute` does.
    compute
        Returns it: an array of the size of the images, or a `Layer` that says where it lies.
    """

    id: str
    title: str
    meaning: str
    compute: Callable[[MapInputs], NDArray[Any] | Layer] | None = None
    kind: MapKind = MapKind.ERROR
    unit: str = Unit.NONE
    decimals: int | None = 4
    symbol: str = ""
    lowest: float | None = None
    score: str = ""
    output: str = ""

    @property
    def words(self) -> str:
        """What stands beside one of its values."""
        return self.symbol or self.title[:1].lower() + self.title[1:]

    def layer(self, inputs: MapInputs) -> Layer:
        """Return the map with its place.

        Raises
        ------
        MetricError
            It is no map of the images.
        """
        if self.compute is None:
            raise MetricError(tr("{title} is made by the pass of SSIM alone.", title=self.title))
        found = self.compute(inputs)
        layer = found if isinstance(found, Layer) else Layer(found, MapGeometry(0.0, 1))
        values = np.asarray(layer.values)
        if (values.ndim != 2 and self.kind is not MapKind.IMAGE) or not values.size:
            raise MetricError(
                tr(
                    "{title} has the shape {shape}, not (rows, columns).",
                    title=self.title,
                    shape=values.shape,
                )
            )
        return Layer(values, layer.geometry, layer.similarity)

    def value_text(self, value: float, decimals: int | None = None) -> str:
        """Return a value as it is read; `decimals` are those of the pixels."""
        sign = "+" if self.kind is MapKind.SIGNED else ""
        if self.decimals is None:
            return _minus(f"{value:{sign}.2e}")
        if self.unit == Unit.PIXELS and decimals is not None:
            return _minus(f"{value:{sign}.{decimals}f}")
        few = self.unit == Unit.NONE and abs(value) >= 10  # its first figures are enough
        return _minus(f"{value:{sign}.{min(self.decimals, 1) if few else self.decimals}f}")


def _minus(text: str) -> str:
    return text.replace("-", "−")
