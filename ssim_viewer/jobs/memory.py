"""Whether work fits into memory, told before trying: the system would end the program."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.compute.free_memory import free_memory
from ssim_viewer.images import ImageError
from ssim_viewer.session.computed_map import is_kept_coarse
from ssim_viewer.session.state import is_large
from ssim_viewer.text import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Ssim

ROOM = 0.85
"""Share of the free memory that the program may take."""


@dataclass(frozen=True, slots=True)
class Work:
    """What work takes at its peak beside what is there already, as `benchmarks.large` shows it.

    Attributes
    ----------
    subject
        What it is, as a sentence about it begins.
    pixel, sample
        Bytes for each pixel, and more of them for each channel.
    """

    subject: str
    pixel: int
    sample: int

    def bytes_for(self, pixels: NDArray[np.generic]) -> int:
        """Return the bytes for an image."""
        height, width = pixels.shape[:2]
        return int(height * width * self.pixel + pixels.size * self.sample)


PAIR = Work(tr("A pair"), 40, 10)
"""Maps twice, since those on screen stay until the next are there, and the statistics."""

COARSE_PAIR = Work(tr("A pair"), 18, 8)
"""The statistics twice, of σ before and after a change; maps that are kept coarse take little."""

CLIMB = Work(tr("A climb"), 22, 60)
"""Images, directions and gradients in double precision, and maps of what is found."""

SINGLE_CLIMB = Work(tr("A climb"), 22, 28)
"""The same in single precision: two images, two directions, a gradient and a frame of the run."""

COARSE_CLIMB = Work(tr("A climb"), 6, 28)
"""The same where maps are kept coarse."""

OTHER_METRIC = Work(tr("Another metric"), 0, 160)


def pair_by(metric: Ssim, pixels: NDArray[np.generic], *, masked: bool = False) -> Work:
    """Return what a pair takes that SSIM measures."""
    return COARSE_PAIR if not masked and is_kept_coarse(metric, pixels.shape) else PAIR


def single_climb_by(metric: Ssim, pixels: NDArray[np.generic], *, masked: bool = False) -> Work:
    """Return what a climb takes that SSIM drives in single precision."""
    coarse = not masked and is_kept_coarse(metric, pixels.shape)
    return COARSE_CLIMB if coarse else SINGLE_CLIMB


def measuring_by(metric: object, *, gradient: bool = False) -> Work:
    """Return what another metric takes, which may name its own ``bytes_per_sample``."""
    value, slope = _own_bytes(metric) or (OTHER_METRIC.sample, OTHER_METRIC.sample)
    return Work(OTHER_METRIC.subject, 0, slope if gradient else value)


def climbing_by(*metrics: object, times: int = 1) -> Work:
    """Return what climbs take in double precision that make their steps in turns.

    Parameters
    ----------
    metrics
        Those whose gradients are taken, one at a time.
    times
        How many climbs there are.
    """
    own = max(((_own_bytes(metric) or (0, 0))[1] for metric in metrics), default=0)
    return Work(CLIMB.subject, times * CLIMB.pixel, times * CLIMB.sample + own)


def _own_bytes(metric: object) -> tuple[int, int] | None:
    """Return the ``bytes_per_sample`` of a metric, also of a part of the image, if it names any."""
    while metric is not None:
        if (named := getattr(metric, "bytes_per_sample", None)) is not None:
            value, slope = named
            return value, slope
        metric = getattr(metric, "metric", None)
    return None


def require_memory(work: Work, pixels: NDArray[np.generic], times: int = 1) -> None:
    """Raise one sentence if work on a large image does not fit into the memory that is free.

    Parameters
    ----------
    work
        What shall be done.
    pixels
        An image of the size in question, (H, W) or (H, W, C).
    times
        How often it is done at once.
    """
    if not is_large(pixels):
        return
    usable, needed = ROOM * free_memory(), times * work.bytes_for(pixels)
    if needed <= usable:
        return
    height, width = pixels.shape[:2]
    raise ImageError(
        tr(
            "{subject} of {width}×{height} pixels needs about {needed:.1f} GB and "
            "{usable:.1f} GB may be taken; crop both images, or scale them to "
            "{share:.0%} of their size.",
            subject=work.subject,
            width=width,
            height=height,
            needed=needed / 1000000000.0,
            usable=usable / 1000000000.0,
            share=math.sqrt(usable / needed),
        )
    )
