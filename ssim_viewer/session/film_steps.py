"""What is kept of a run's steps for a film: small pictures, steps chosen by their logarithm.

Most happens in the first steps; so a run of a million steps needs no more pictures than a few times
those of a hundred.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILM_BYTES = 96 << 20
"""Of all pictures that one experiment keeps for its film."""

PER_OCTAVE = 12
"""Steps that are kept from one step to the one of twice its number."""


@dataclass(frozen=True, slots=True, eq=False)
class FilmStep:
    """A step of a run, made ready for a page.

    Attributes
    ----------
    picture
        The image, (H, W) or (H, W, 3) uint8.
    colors
        Its SSIM map in colours where it lies on the picture, (H, W, 3) uint8.
    """

    step: int
    picture: NDArray[np.uint8]
    colors: NDArray[np.uint8]

    @property
    def nbytes(self) -> int:
        """Bytes of both."""
        return int(self.picture.nbytes + self.colors.nbytes)


def is_filmed(step: int) -> bool:
    """Whether a step is among those that are kept: all at first, later some of each octave."""
    return step < PER_OCTAVE or _mark(step) != _mark(step - 1)


def thinned(steps: tuple[FilmStep, ...], budget: int) -> tuple[FilmStep, ...]:
    """Return the steps within a budget in bytes; both ends stay, and what has near neighbours goes.

    Near is by the logarithm of the step, so that the early ones, where most happens, stay dense.
    """
    kept = [*steps]
    size = sum(each.nbytes for each in kept)
    while size > budget and len(kept) > 2:
        marks = [log2(each.step + 1) for each in kept]
        place = min(range(1, len(kept) - 1), key=lambda i: marks[i + 1] - marks[i - 1])
        size -= kept.pop(place).nbytes
    return tuple(kept)


def _mark(step: int) -> int:
    return int(PER_OCTAVE * log2(step))
