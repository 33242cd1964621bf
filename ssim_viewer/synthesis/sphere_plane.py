"""What can be drawn of the equal-MSE sphere: directions at an image, and paths over it in a plane.

Symbols: X reference, Y an image, d = Y - X flattened, N samples, e = d / ||d||.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.synthesis.checks import check_same_shape
from ssim_viewer.synthesis.errors import SphereError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def radial_part(
    direction: ArrayLike, reference: ArrayLike, image: ArrayLike
) -> NDArray[np.float64]:
    """Return <v, e> e, the part of a direction that alone changes the MSE; v less it is tangential.

    Raises
    ------
    SphereError
        The image is the reference, where no direction is radial; or shapes differ.
    """
    x, y, v = (np.asarray(each, np.float64) for each in (reference, image, direction))
    check_same_shape(y, x)
    d = y - x
    square = float(np.vdot(d, d))
    if square == 0:
        raise SphereError(tr("The image equals the reference: no direction leads toward it."))
    return np.asarray(float(np.vdot(v, d)) / square * d, np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class SpherePlane:
    """Paths in a plane through the reference, which is its origin.

    Attributes
    ----------
    paths
        Each (n, 2): the parts of Y - X along the direction of the start and across it, over
        sqrt(N), so in grey levels; the sphere is a circle of radius sqrt(MSE). An image that lies
        inside the circle has the rest of its distance in directions that are not drawn.
    share
        How much of what the paths have across the start, in squares, lies in the plane: 0 to 1.
    """

    paths: tuple[NDArray[np.float64], ...]
    share: float


class SpherePaths:
    """Keeps images of paths over the sphere of a reference, and finds the plane that shows most.

    The first axis is the direction of the start, the first image that is added; the second is the
    largest principal component, not centred, of what all images have across it. Only inner products
    are needed for that, and each image brings those with the images before.
    """

    def __init__(self, reference: ArrayLike) -> None:
        self._x = np.asarray(reference, np.float64)
        self._kept: list[NDArray[np.float64]] = []
        self._paths: list[int] = []
        self._inner = np.zeros((0, 0))

    def add(self, path: int, image: ArrayLike) -> None:
        """Keep an image of a path, in float64.

        Raises
        ------
        SphereError
            It is the first one and equals the reference; or shapes differ.
        """
        y = np.asarray(image)
        check_same_shape(y, self._x)
        d = np.subtract(y, self._x, dtype=np.float64).ravel()
        products = np.array([*(float(np.dot(d, other)) for other in self._kept), np.dot(d, d)])
        if not self._kept and products[0] == 0:
            raise SphereError(tr("The start equals the reference: it has no direction."))
        self._inner = np.pad(self._inner, ((0, 1), (0, 1)))
        self._inner[-1, :] = self._inner[:, -1] = products
        self._kept.append(d)
        self._paths.append(path)

    def plane(self) -> SpherePlane:
        """Return the paths as far as they were added, in the order of their numbers."""
        inner = self._inner
        along = inner[:, 0] / math.sqrt(inner[0, 0])
        across = inner - np.outer(along, along)  # inner products of what is left
        values, vectors = np.linalg.eigh(across)
        largest = float(values[-1])
        second, share = np.zeros(len(inner)), 1.0
        if largest > 1e-12 * inner[0, 0]:  # rounding of the distances is no direction
            second = vectors[:, -1] * math.sqrt(largest)
            share = largest / float(np.clip(values, 0, None).sum())
        of = np.array(self._paths)
        if second[of == 0][-1] < 0:
            second = -second
        points = np.stack([along, second], axis=1) / math.sqrt(self._x.size)
        return SpherePlane(tuple(points[of == path] for path in range(max(of) + 1)), share)
