"""The set of images with one exact MSE, optionally also inside the range of displayable pixels.

Symbols: X reference, Y an image on the sphere, d = Y - X flattened, N samples (pixels times
channels), R = sqrt(N * MSE) the radius, e = d / ||d|| the radial direction. Metrics and the walk
over the sphere are left to the neighbouring modules; nothing here knows what SSIM is.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.synthesis.checks import check_range, check_same_shape, finite_pixels
from ssim_viewer.synthesis.errors import SphereError
from ssim_viewer.synthesis.ground import Footing, on_bounds
from ssim_viewer.synthesis.products import inner, norm
from ssim_viewer.synthesis.rays import reach
from ssim_viewer.synthesis.tangents import tangent_in_box

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.synthesis.ground import PixelRange

    Pixels = NDArray[np.float64]


class EqualMseSphere:
    """All images at one MSE from a reference; with a pixel range, only the displayable ones.

    Parameters
    ----------
    reference
        The centre X, shape (H, W) or (H, W, C), any real type; kept as float64.
    mse
        The mean squared error to hold, over all samples, in squared pixel units; above zero.
    pixel_range
        Lowest and highest pixel value allowed, or None for the whole sphere.

    Raises
    ------
    SphereError
        If the reference leaves the range, or if no image in the range is that far away.
    """

    def __init__(
        self,
        reference: ArrayLike,
        mse: float,
        pixel_range: PixelRange | None = (0.0, 255.0),
    ) -> None:
        self.reference = finite_pixels(reference, "reference")
        self.reference.flags.writeable = False
        self.pixel_range = pixel_range
        self.mse = float(mse)
        if not (math.isfinite(self.mse) and self.mse > 0):
            raise SphereError(f"The MSE to hold must be above zero and finite, not {mse:g}.")
        if pixel_range is None:
            return
        largest = largest_mse(self.reference, pixel_range)
        if self.mse > largest * (1 + 1e-12):
            raise SphereError(
                f"An MSE of {self.mse:g} is too large for pixels in {_in_words(pixel_range)}: "
                f"for this reference the largest possible is {largest:.6g}."
            )

    @property
    def radius(self) -> float:
        """Euclidean distance of every image on the sphere from the reference: sqrt(N * MSE)."""
        return math.sqrt(self.reference.size * self.mse)

    def project(self, image: ArrayLike) -> Pixels:
        """Return the nearest image along the ray from the reference that lies on the sphere.

        With a pixel range it is ``X + clip(t * d, low - X, high - X)`` with the one t that gives
        the MSE, which also is the stationary point of the distance to ``image`` over sphere and
        box together.

        Parameters
        ----------
        image
            Same shape as the reference; it may leave the pixel range.

        Returns
        -------
        numpy.ndarray
            Float64, shaped like the reference: exact MSE, every pixel in range.

        Raises
        ------
        SphereError
            If the image equals the reference, so that there is no direction, or if the range
            stops the ray before it reaches the sphere.
        """
        d = finite_pixels(image, "image")
        check_same_shape(d, self.reference)
        d -= self.reference
        largest = float(np.abs(d).max(initial=0.0))
        if largest == 0:
            raise SphereError(
                "The image equals the reference, so it has no direction on the sphere; "
                "start from noise of the wanted MSE."
            )
        d /= largest  # squares of very small or large differences stay finite
        if self.pixel_range is None:
            d *= self.radius / norm(d)
            return d + self.reference
        return self._project_into_box(d, self.pixel_range)

    def tangent(self, image: ArrayLike, vector: ArrayLike) -> Pixels:
        """Return the part of a movement that keeps the MSE and the pixel range to first order.

        Without pixels on a bound it is ``v - <v, e> e``. Pixels on a bound that would be pushed
        outward are left out (zero), and the radial part is taken over the others: the result is
        the member of the cone of allowed movements that is nearest to ``vector``, and is always
        orthogonal to ``image - reference``.

        Parameters
        ----------
        image
            A point on the sphere, shaped like the reference.
        vector
            The movement wanted (for descent: minus the gradient), same shape.
        """
        y = np.ascontiguousarray(image, dtype=np.float64)
        v = np.ascontiguousarray(vector, dtype=np.float64)
        check_same_shape(y, self.reference)
        check_same_shape(v, self.reference)
        return tangent_in_box(y - self.reference, v, on_bounds(y, self.pixel_range))

    def footing(self, image: Pixels) -> Footing:
        """Return what a walk needs to know of an image on the sphere."""
        d = image - self.reference
        return Footing(image, d, inner(d, d) / d.size)

    def land(self, place: Footing, movement: Pixels, kept: NDArray[np.intp] | None) -> Footing:
        """Return the footing at the projection of where a movement leads; see `Ground`."""
        image = place.image + movement
        if kept is not None:
            # Going back to the sphere shrinks every difference a little, which would pull pixels
            # off their bound at every step; twice the difference keeps them there.
            image.ravel()[kept] += place.normal.ravel()[kept]
        return self.footing(self.project(image))

    def _project_into_box(self, d: Pixels, pixel_range: tuple[float, float]) -> Pixels:
        low, high = pixel_range
        room = np.where(d > 0, high - self.reference, self.reference - low)
        squared_scale = reach(np.square(d), np.square(room), self.radius**2)
        if squared_scale is None:
            farthest = float(np.mean(np.where(d != 0, room, 0.0) ** 2))
            raise SphereError(
                f"In this direction the pixel range {_in_words(pixel_range)} allows an MSE "
                f"of at most {farthest:.6g}, not {self.mse:g}; for this reference the largest "
                f"possible in any direction is {largest_mse(self.reference, pixel_range):.6g}."
            )
        d *= math.sqrt(squared_scale)
        d += self.reference
        return np.clip(d, low, high, out=d)


def largest_mse(reference: ArrayLike, pixel_range: PixelRange | None) -> float:
    """Return the largest MSE that an image in the pixel range can have from the reference.

    Every pixel then sits on the bound farther from its reference value. Without a range: infinity.
    """
    if pixel_range is None:
        return math.inf
    x = finite_pixels(reference, "reference")
    check_range(x, pixel_range)
    low, high = pixel_range
    return float(np.mean(np.square(np.maximum(x - low, high - x))))


def white_noise(
    reference: ArrayLike,
    mse: float,
    *,
    seed: int = 0,
    pixel_range: PixelRange | None = (0.0, 255.0),
) -> Pixels:
    """Return the reference with white Gaussian noise, exactly at a wanted MSE.

    Parameters
    ----------
    reference
        Shape (H, W) or (H, W, C).
    mse
        The mean squared error of the result, exact also where the range clips the noise.
    seed
        Of ``numpy.random.default_rng``; the same seed gives the same image.
    pixel_range
        Range of the result, or None.

    Raises
    ------
    SphereError
        As `EqualMseSphere` does.
    """
    sphere = EqualMseSphere(reference, mse, pixel_range)
    noise = np.random.default_rng(seed).standard_normal(sphere.reference.shape)
    return sphere.project(sphere.reference + noise)


def sphere_through(
    image: Pixels, reference: Pixels, pixel_range: PixelRange | None
) -> EqualMseSphere:
    """Return the sphere that an image lies on; SphereError if it equals the reference."""
    mse = float(np.mean(np.square(image - reference)))
    if mse == 0:
        raise SphereError(
            "The start equals the reference, so it has no direction on the sphere; "
            "start from noise of the wanted MSE."
        )
    return EqualMseSphere(reference, mse, pixel_range)


def _in_words(pixel_range: tuple[float, float]) -> str:
    return f"{pixel_range[0]:g} to {pixel_range[1]:g}"
