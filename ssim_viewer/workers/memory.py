"""Whether images fit into memory, told before trying: the system would end the program."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import psutil

from ssim_viewer.images import ImageError

if TYPE_CHECKING:
    from ssim_viewer.images import Pair

BYTES_PER_SAMPLE = 64
"""What showing and measuring a pair takes at its peak, for each sample of one image."""

ROOM = 0.8
"""Share of the available memory that the program may take."""


def require_memory(pair: Pair) -> None:
    """Raise one sentence if a pair cannot be shown and measured in the memory that is free."""
    available = psutil.virtual_memory().available
    reference = pair.reference
    needed = reference.pixels.size * BYTES_PER_SAMPLE
    if needed <= ROOM * available:
        return
    side = math.sqrt(ROOM * available / needed)
    raise ImageError(
        f"A pair of {reference.size_text} pixels needs about {needed / 1e9:.1f} GB and "
        f"{available / 1e9:.1f} GB are free; crop both, or scale them to {side:.0%} of their size."
    )
