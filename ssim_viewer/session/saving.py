"""A distorted image put into a file, and what the file is worth: its scores as written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.images import write_image
from ssim_viewer.metrics import Mse, masked_metric
from ssim_viewer.metrics.windowless import lack_of_room
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.images import Depth
    from ssim_viewer.metrics import Metric, Ssim

BYTE_SUFFIXES = (".png", ".bmp")
FLOAT_SUFFIXES = (".tif", ".tiff")


@dataclass(frozen=True, slots=True)
class Saved:
    """Where an image went, at which depth, and the scores of the file, in the image's own units."""

    path: Path
    depth: str
    mse: float
    ssim: float
    clipped: bool
    """Whether pixels outside the data range were lost."""
    others: Mapping[str, float]
    """The scores of other metrics, by what stands before a number."""

    def sentence(self) -> str:
        """Return what was written, with the scores of the file."""
        lost = tr(" Pixels outside the range were clipped.") if self.clipped else ""
        scores: list[str] = [tr("MSE {mse:.6g}", mse=self.mse)]
        if not math.isnan(self.ssim):
            scores.append(tr("MSSIM {ssim:.6f}", ssim=self.ssim))
        scores += [f"{symbol} {value:.6g}" for symbol, value in self.others.items()]
        listed: str = scores[-1]
        if scores[1:]:
            listed = tr("{most} and {last}", most=joined(", ", scores[:-1]), last=scores[-1])
        return tr(
            "Saved “{name}” in {depth}. As written it has {listed}.{lost}",
            name=self.path.name,
            depth=self.depth,
            listed=listed,
            lost=lost,
        )


def save_distorted(
    path: Path,
    metric: Ssim,
    reference: NDArray[np.generic],
    distorted: NDArray[np.generic],
    others: Mapping[str, Metric] = MappingProxyType({}),
    *,
    made: str = "",
    counts: NDArray[np.bool_] | None = None,
) -> Saved:
    """Write a distorted image as float32 TIFF or, under other suffixes, in 8 bits, and measure it.

    `made` says in the file how it was made. The scores are of the pixels that count, (H, W), and of
    none that is not a number.

    Raises
    ------
    ImageError
        If the file cannot be written or its suffix is unknown.
    """
    floating = path.suffix.lower() in FLOAT_SUFFIXES
    white = metric.data_range
    depth: Depth = "float32" if floating else "uint8"
    written = write_image(path, distorted, white, depth=depth, description=made)
    as_read = written.astype(np.float64) * (1.0 if floating else white / 255.0)
    low, high = float(np.nanmin(distorted)), float(np.nanmax(distorted))

    def score(metric: Metric) -> float:
        whole = counts is None and bool(np.isfinite(as_read).all() and np.isfinite(reference).all())
        return (metric if whole else masked_metric(metric, counts)).bind(reference).value(as_read)

    return Saved(
        path=path,
        depth="float32" if floating else tr("8 bits"),
        mse=score(Mse()),
        ssim=math.nan if lack_of_room(metric, reference.shape) else score(metric),
        clipped=not floating and (low < 0 or high > white),
        others={name: score(other) for name, other in others.items()},
    )
