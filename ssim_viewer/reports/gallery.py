"""Many distortions of one image at one level of MSE or MSSIM: the figure that made SSIM known.

Source: Wang, Bovik, Sheikh, Simoncelli, IEEE TIP 13(4), 2004, figure 2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from ssim_viewer.distortions import (
    DistortionError,
    Solution,
    get_distortion,
    solve_for_level,
)
from ssim_viewer.metrics import Mse, restricted_metric
from ssim_viewer.metrics.counting import within
from ssim_viewer.metrics.pixel_errors import psnr_of
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from ssim_viewer.images import Image
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.metrics.protocol import BoundMetric

    Bools = NDArray[np.bool_]

Measure = Literal["mse", "ssim"]

CLASSIC = (
    "contrast_decrease",
    "mean_shift",
    "jpeg",
    "gaussian_blur",
    "salt_and_pepper",
    "gaussian_noise",
)
"""The types of the published figure, and white noise."""

CLASSIC_BY_FAMILY = (
    *("gaussian_noise", "salt_and_pepper", "gaussian_blur"),
    *("jpeg", "mean_shift", "contrast_decrease"),
)
"""The same in the order of the catalogue, which need not be loaded for it."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One distorted image of a gallery.

    Attributes
    ----------
    name, title
        Of the type of distortion; both empty for the reference itself.
    strength, unit
        How strong it is; NaN for the reference.
    pixels
        In the unit of the reference, float64; None where the level cannot be reached.
    ssim_map
        Float32, on the grid of the windows; None with the pixels.
    mse, psnr, ssim
        The scores; NaN with the pixels.
    reached
        Whether the level is met within 0.1 %. A type that goes in steps has the nearest one.
    problem
        How far the type goes, where it does not reach the level.
    """

    name: str = ""
    title: str = ""
    strength: float = math.nan
    unit: str = ""
    pixels: NDArray[np.float64] | None = None
    ssim_map: NDArray[np.float32] | None = None
    mse: float = math.nan
    psnr: float = math.nan
    ssim: float = math.nan
    reached: bool = True
    problem: str = ""


def gallery(
    reference: Image,
    names: Iterable[str],
    level: float,
    metric: Ssim,
    *,
    measure: Measure = "mse",
    seed: int = 0,
    check: Callable[[], object] = lambda: None,
    counts: Bools | None = None,
) -> Iterator[Panel]:
    """Yield the panel of each type of distortion, one after another.

    Parameters
    ----------
    names
        Of `catalogue()`. A type that changes only colour says so for a grey image.
    level, measure
        The MSE, or the MSSIM, that every panel shall have.
    metric
        By which MSSIM and its map are measured; its data range becomes that of the reference.
    check
        Called once for each image that is tried; what it raises ends the work.
    counts
        (H, W): the pixels that level and scores are of; None for all. All of the image is
        distorted.

    Raises
    ------
    DistortionError
        A name is not in the catalogue.
    """
    judge = _Judge.of(reference, metric, counts)
    for name in names:
        kind = get_distortion(name)
        try:
            found = _solved(kind.name, level, judge, measure=measure, seed=seed, check=check)
        except DistortionError as error:
            yield Panel(kind.name, kind.title, unit=kind.unit, reached=False, problem=str(error))
        else:
            panel = judge.panel(found.image)
            yield replace(
                panel,
                name=kind.name,
                title=kind.title,
                unit=kind.unit,
                strength=float(found),
                reached=found.reached,
            )


def reference_panel(reference: Image, metric: Ssim, counts: Bools | None = None) -> Panel:
    """Return the reference as a panel of its own gallery."""
    return _Judge.of(reference, metric, counts).panel(
        np.asarray(reference.pixels, dtype=np.float64)
    )


def by_quality(panels: Iterable[Panel]) -> list[Panel]:
    """Return the panels from the best MSSIM to the worst; those without an image come last."""
    return sorted(panels, key=lambda panel: (panel.pixels is None, -np.nan_to_num(panel.ssim)))


@dataclass(frozen=True, slots=True)
class _Judge:
    """The reference, with SSIM and the MSE of what counts bound to it."""

    reference: Image
    ssim: BoundMetric
    mse: BoundMetric

    @classmethod
    def of(cls, reference: Image, metric: Ssim, counts: Bools | None) -> _Judge:
        metric = replace(metric, data_range=reference.data_range)
        counted = restricted_metric(Mse(), within(metric.crop, reference.pixels.shape, counts))
        bound = restricted_metric(metric, counts).bind(reference.pixels)
        return cls(reference, bound, counted.bind(reference.pixels))

    def panel(self, pixels: NDArray[np.float64]) -> Panel:
        """Return an image with its scores and its map."""
        mse = self.mse.value(pixels)
        return Panel(
            pixels=pixels,
            ssim_map=np.asarray(self.ssim.map(pixels), dtype=np.float32),
            mse=mse,
            psnr=psnr_of(mse, self.reference.data_range),
            ssim=float(self.ssim.value(pixels)),
        )


def _solved(
    name: str,
    level: float,
    judge: _Judge,
    *,
    measure: Measure,
    seed: int,
    check: Callable[[], object],
) -> Solution:
    pixels, white = judge.reference.pixels, judge.reference.data_range

    def score(image: NDArray[np.float64]) -> float:
        check()
        return float((judge.mse if measure == "mse" else judge.ssim).value(image))

    words = tr("an MSE") if measure == "mse" else tr("an MSSIM")
    return solve_for_level(name, pixels, level, score, seed, measure=words, data_range=white)


def gallery_rows(panels: Iterable[Panel]) -> list[list[object]]:
    """Return the gallery as a table, its head first."""
    head: list[object] = ["distortion", "strength", "unit", "mse", "psnr", "ssim", "note"]
    rows: list[list[object]] = [
        [p.name or "reference", p.strength, p.unit, p.mse, p.psnr, p.ssim, p.problem]
        for p in panels
    ]
    return [head, *rows]
