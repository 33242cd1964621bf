"""The manifold of a climb: the images at one level of what is held, inside the pixel range.

The sphere of equal MSE is one such manifold, the level set of any other metric another. The
optimisers know only what is said here.
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
class ManifoldPoint:
    """One image on the manifold."""

    image: Pixels
    """Read-only."""
    normal: Normal
    held: float
    """What is held, as computed from the pixels."""
    distance: float
    """Euclidean, from the reference: the longest move that is tried."""
    moved: float = 0.0
    """Euclidean, from the point that the step came from."""
    retraction_residual: float = 0.0
    """Share of the way back to the manifold that was left after the first attempt: how much the
    manifold curves along the step. Near 1 the retraction all but fails."""


class TangentStep(NamedTuple):
    """A direction p and how much of it to go: ``a p``, tangential to first order."""

    p: NDArray[np.floating[Any]]
    a: float
    length: float
    """Euclidean, of a p."""
    keeps: bool
    """Whether pixels on a bound that p leaves where they are stay there."""


class Manifold(Protocol):
    """All images at one level of what is held."""

    @property
    def reference(self) -> Pixels:
        """Return the image that everything is measured against."""
        ...

    @property
    def pixel_range(self) -> PixelRange | None:
        """Return the lowest and the highest pixel value allowed, or None."""
        ...

    def point_at(self, image: Pixels) -> ManifoldPoint:
        """Return the point at an image that is known to lie on the manifold."""
        ...

    def retract(self, iterate: ManifoldPoint, step: TangentStep) -> ManifoldPoint:
        """Return the point next to where a step leads, which may be out of the pixel range.

        Raises
        ------
        SphereError
            If no point of the manifold is found from there.
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
