"""Many candidates judged against one reference: scores, size in bits per pixel, pictures."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ssim_viewer.images import AS_THEY_ARE, Pairing
from ssim_viewer.images.color import to_luma
from ssim_viewer.metrics import (
    MetricContext,
    MetricError,
    Mse,
    Psnr,
    catalogue,
    cropped_metric,
    restricted_metric,
)
from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.session.range_words import convention
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.images import Image, Pair
    from ssim_viewer.metrics import Metric, Ssim

THUMBNAIL = 64
"""Pixels of the larger side of a thumbnail."""

ALWAYS = ("mse", "psnr_luma", "ssim")
"""The scores that every candidate has, by name; PSNR of luma is what codecs are compared by."""

TITLES = {"mse": "MSE", "psnr_luma": tr("PSNR Y / dB"), "ssim": "MSSIM"}


@dataclass(frozen=True, slots=True, eq=False)
class CandidateScores:
    """What is known of one candidate.

    Attributes
    ----------
    name, path
        Of the image; the path is None for one that is no file.
    size_bytes
        Of the file; None without one.
    bits_per_pixel
        Bits of the file for each pixel; NaN without a file.
    values
        The scores by name; a metric that failed is missing.
    thumbnail
        A small uint8 picture, (h, w) or (h, w, 3); None for a candidate that could not be read.
    problem
        Why it has no scores, or which metric failed, in one sentence.
    convention
        Of its SSIM, in words, with the data range, whether that is a guess, and the part that
        counts.
    notes
        What else is to be said of its pair: a guess, a mask, samples that are not a number.
    """

    name: str
    path: Path | None = None
    size_bytes: int | None = None
    bits_per_pixel: float = math.nan
    values: Mapping[str, float] = field(default_factory=dict)
    thumbnail: NDArray[np.uint8] | None = None
    problem: str = ""
    convention: str = ""
    notes: tuple[str, ...] = ()


def judge(
    reference: Image,
    candidate: Image,
    metric: Ssim,
    *,
    others: Iterable[str] = (),
    pairing: Pairing = AS_THEY_ARE,
) -> CandidateScores:
    """Return the scores of a candidate, beside those of other metrics of the catalogue.

    Samples that are not a number are left out.

    Raises
    ------
    ImageError
        The two images cannot become a pair.
    MetricError
        SSIM cannot measure them.
    """
    pair = pairing.pair(reference, candidate)
    x, y, white = pair.reference.pixels, pair.distorted.pixels, pair.reference.data_range
    ssim = replace(metric, data_range=white)

    def value(metric: Metric, *pair_of: NDArray[np.generic]) -> float:
        return float(restricted_metric(metric, pair.mask).bind(pair_of[0]).value(pair_of[1]))

    values = {
        "mse": value(cropped_metric(Mse(), ssim.crop), x, y),
        "psnr_luma": value(cropped_metric(Psnr(white), ssim.crop), to_luma(x), to_luma(y)),
        "ssim": value(ssim, x, y),
    }
    problems = []
    for name in others:
        try:
            made = catalogue()[name].make(MetricContext(white, ssim.color, ssim))
            values[name] = value(cropped_metric(made, ssim.crop), x, y)
        except (MetricError, ValueError) as error:
            problems.append(f"{name}: {error}")
    size = candidate.path.stat().st_size if candidate.path is not None else None
    return CandidateScores(
        candidate.name,
        candidate.path,
        size,
        math.nan if size is None else 8 * size / (candidate.width * candidate.height),
        values,
        thumbnail_of(y, white),
        " ".join(problems),
        convention(
            ssim, x.shape, pair.range_source, pair.mask, pair.registered, channel=pairing.channel
        ),
        tuple(dict.fromkeys((*pair.reference.notes, *pair.distorted.notes, *pair.notes))),
    )


def similarity_map(pair: Pair, metric: Ssim) -> NDArray[np.float32]:
    """Return the map of SSIM of a pair, NaN where a window does not count."""
    of = replace(metric, data_range=pair.reference.data_range)
    counting = restricted_metric(of, pair.mask)
    return np.asarray(counting.bind(pair.reference.pixels).map(pair.distorted.pixels), np.float32)


def thumbnail_of(pixels: NDArray[np.generic], data_range: float) -> NDArray[np.uint8]:
    """Return a small picture of an image."""
    picture = displayed(pixels, data_range)
    height, width = picture.shape[:2]
    scale = THUMBNAIL / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small: NDArray[np.uint8] = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return small


def candidate_rows(
    candidates: Iterable[CandidateScores], names: Iterable[str]
) -> list[list[object]]:
    """Return the candidates as a table, its head first."""
    names = [*names]
    head: list[object] = ["name", "file", "bytes", "bits per pixel", *names, "problem"]
    head.append("convention")
    rows: list[list[object]] = [
        [
            each.name,
            "" if each.path is None else str(each.path),
            "" if each.size_bytes is None else each.size_bytes,
            "" if math.isnan(each.bits_per_pixel) else each.bits_per_pixel,
            *(each.values.get(name, "") for name in names),
            each.problem,
            each.convention,
        ]
        for each in candidates
    ]
    return [head, *rows]
