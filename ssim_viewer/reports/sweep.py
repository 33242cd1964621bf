"""How scores change while one distortion grows: a row a strength."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.distortions import apply, get_distortion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ssim_viewer.images import Image
    from ssim_viewer.metrics.protocol import BoundMetric


@dataclass(frozen=True, slots=True)
class SweepPoint:
    """The scores at one strength, by the names of the metrics."""

    strength: float
    values: Mapping[str, float]


def strengths_of(name: str, points: int, largest: float | None = None) -> list[float]:
    """Return strengths from 0 on, evenly spread; whole ones where only those differ."""
    kind = get_distortion(name)
    last = kind.largest if largest is None else min(largest, kind.largest)
    spread = np.linspace(0.0, last, max(points, 2))
    return sorted({float(round(each)) if kind.whole else float(each) for each in spread})


def sweep(
    reference: Image,
    name: str,
    strengths: list[float],
    metrics: Mapping[str, BoundMetric],
    *,
    seed: int = 0,
    parameters: Mapping[str, float] | None = None,
) -> Iterator[SweepPoint]:
    """Yield the scores at each strength.

    Parameters
    ----------
    metrics
        Bound to the pixels of the reference, by name.
    """
    for strength in strengths:
        image = apply(
            name,
            reference.pixels,
            strength,
            seed,
            data_range=reference.data_range,
            parameters=parameters,
        )
        yield SweepPoint(strength, {key: float(each.value(image)) for key, each in metrics.items()})
