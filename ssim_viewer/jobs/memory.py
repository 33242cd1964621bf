"""Whether work fits into memory, told before trying: the system would end the program."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.compute.free_memory import free_memory
from ssim_viewer.images import ImageError
from ssim_viewer.session.state import is_large
from ssim_viewer.text import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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

CLIMB = Work(tr("A climb"), 22, 60)
"""Images, directions and gradients in double precision, and maps of what is found."""

SINGLE_CLIMB = Work(tr("A climb"), 22, 28)
"""The same in single precision: two images, two directions, a gradient and a frame of the run."""

OTHER_METRIC = Work(tr("Another metric"), 0, 160)


def measuring_by(metric: object, *, gradient: bool = False) -> Work:
    """Return what another metric takes, which may name its own ``bytes_per_sample``."""
    value, slope = getattr(metric, "bytes_per_sample", (OTHER_METRIC.sample, OTHER_METRIC.sample))
    return Work(OTHER_METRIC.subject, 0, slope if gradient else value)


def climbing_by(metric: object) -> Work:
    """Return what a climb takes in double precision, with the gradients of a metric."""
    own = getattr(metric, "bytes_per_sample", (0, 0))[1]
    return Work(CLIMB.subject, CLIMB.pixel, CLIMB.sample + own)


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
