"""What a walk stands on: the images at one level of what is held, inside the pixel range.

The sphere of equal MSE is one such ground, the level set of any other metric another; the walks in
`fixed` and `adaptive` know only what is said here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.floating[Any]]
    PixelRange = tuple[float, float]


class Normal(NamedTuple):
    """The direction in which what is held changes fastest: the one that no step may take."""

    array: NDArray[Any]
    """The direction itself; if it is radial, what it leads away from: it then is the image minus
    this, and takes no memory of its own."""
    radial: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Footing:
    """One image of the ground."""

    image: Pixels
    """Read-only."""
    normal: Normal
    held: float
    """What is held, as computed from the pixels."""
    distance: float
    """Euclidean, from the reference: the longest move that is tried."""
    moved: float = 0.0
    """Euclidean, from the footing that the walk came from."""
    strain: float = 0.0
    """Share of the way back to the ground that was left after the first attempt: how far the
    ground bends along the movement. Near 1 it is all but lost."""


class Movement(NamedTuple):
    """A direction p and how much of it to go: ``a p``, tangential to first order."""

    p: NDArray[np.floating[Any]]
    a: float
    length: float
    """Euclidean, of a p."""
    keeps: bool
    """Whether pixels on a bound that p leaves where they are stay there."""


class Ground(Protocol):
    """All images at one level of what is held."""

    @property
    def reference(self) -> Pixels:
        """Return the image that everything is measured against."""
        ...

    @property
    def pixel_range(self) -> PixelRange | None:
        """Return the lowest and the highest pixel value allowed, or None."""
        ...

    def footing(self, image: Pixels) -> Footing:
        """Return the footing at an image that is known to lie on the ground."""
        ...

    def land(self, place: Footing, movement: Movement) -> Footing:
        """Return the footing next to where a movement leads, which may be out of the pixel range.

        Raises
        ------
        SphereError
            If there is no ground to be found from there.
        """
        ...


def on_bounds(
    image: Pixels, pixel_range: PixelRange | None
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]] | None:
    """Return the masks of pixels on the lower and on the upper bound; None without a range."""
    if pixel_range is None:
        return None
    low, high = pixel_range
    return image <= low, image >= high


def ends(pixel_range: PixelRange | None) -> PixelRange:
    """Return the lowest and the highest pixel value, infinite without a range."""
    return (-math.inf, math.inf) if pixel_range is None else pixel_range


def read_only(pixels: Pixels) -> Pixels:
    """Return a view that cannot be written to."""
    view = pixels.view()
    view.flags.writeable = False
    return view
