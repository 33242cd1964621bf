"""The set of images with one exact MSE, optionally also inside the range of displayable pixels.

Symbols: X reference, Y an image on the sphere, d = Y - X flattened, N samples (pixels times
channels), R = sqrt(N * MSE) the radius, e = d / ||d|| the radial direction. Metrics and the climb
over the sphere are left to the neighbouring modules; nothing here knows what SSIM is.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.buffer_pool import BufferPool
from ssim_viewer.compute.read_only import read_only
from ssim_viewer.compute.tiles import in_threads, row_blocks
from ssim_viewer.metrics.counting import not_numbers
from ssim_viewer.synthesis.backend import active_backend, blocks, each, total, with_tail
from ssim_viewer.synthesis.checks import (
    check_range,
    check_same_shape,
    finite_pixels,
    inward,
    reference_type,
)
from ssim_viewer.synthesis.errors import SphereError
from ssim_viewer.synthesis.manifolds.protocol import (
    ManifoldPoint,
    Normal,
    TangentStep,
    ends,
)
from ssim_viewer.synthesis.manifolds.tangent_cone import cone_at, cone_products, turn
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, DTypeLike, NDArray

    from ssim_viewer.synthesis.manifolds.protocol import PixelRange

    Pixels = NDArray[np.floating[Any]]

_ROUNDS = 100  # each clips at least one more pixel; two or three are usual
_NEAR = 1e-4
"""Relative excess from which one more step of Newton's method is as good as certain to be exact."""
_EXACT = {"float64": 1e-13, "float32": 8e-10}
"""Relative excess that is none, by the type of the images."""
_LITTLE = 2e-4
"""Relative change of the differences in the last rows of a step, about a hundredth of a grey level:
it makes good what is left of the excess, and the other rows stay."""
_ATTEMPTS = 20  # at an image without excess; one or two are usual


class EqualMseSphere:
    """All images at one MSE from a reference; with a pixel range, only the displayable ones.

    Parameters
    ----------
    reference
        The centre X, shape (H, W) or (H, W, C), any real type.
    mse
        The mean squared error to hold, over all samples, in squared pixel units; above zero.
    pixel_range
        Lowest and highest pixel value allowed, or None for the whole sphere.
    work
        Type of images and directions: float64, which holds the MSE to 1e-12, or float32, which
        holds it to 1e-9. Sums are taken in float64 with either.

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
        *,
        work: DTypeLike = np.float64,
    ) -> None:
        self.reference = finite_pixels(reference, "reference", reference_type(reference, work))
        self.work = np.dtype(work)
        self._exact = _EXACT[self.work.name]
        # Directions need no more digits than images have, and a climb waits for memory.
        small = self.reference.itemsize <= self.work.itemsize
        self._centre = self.reference if small else read_only(self.reference.astype(work))
        self._images = BufferPool()
        self._largest = math.inf
        self.pixel_range = inward(pixel_range, work)
        self.mse = float(mse)
        if not (math.isfinite(self.mse) and self.mse > 0):
            raise SphereError(
                tr("The MSE to hold must be above zero and finite, not {mse:g}.", mse=mse)
            )
        self._curvature = 1 / self.radius**2  # of the way back; larger where pixels are clipped
        if pixel_range is None:
            return
        check_range(self.reference, pixel_range)
        self._largest = largest = _farthest(self.reference, pixel_range)
        if self.mse > largest * (1 + 1e-12):
            raise SphereError(
                tr(
                    "An MSE of {mse:g} is too large for pixels in {in_words}: "
                    "for this reference the largest possible is {largest:.6g}.",
                    mse=self.mse,
                    in_words=_in_words(pixel_range),
                    largest=largest,
                )
            )

    @property
    def radius(self) -> float:
        """Euclidean distance of every image on the sphere from the reference: sqrt(N * MSE)."""
        return math.sqrt(self.reference.size * self.mse)

    def project(self, image: ArrayLike) -> NDArray[Any]:
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
            Of the type of work, shaped like the reference: exact MSE, every pixel in range.

        Raises
        ------
        SphereError
            If the image equals the reference, so that there is no direction, or if the range
            stops the ray before it reaches the sphere.
        """
        y = np.ascontiguousarray(image, dtype=self.work)
        check_same_shape(y, self.reference)
        ray = TangentStep(read_only(y), 0.0, 0.0, keeps=False)
        projected = self._landed(read_only(y), ray, 0.0)[0].image
        projected.flags.writeable = True  # the caller's alone
        return projected

    def tangent(self, image: ArrayLike, vector: ArrayLike) -> Pixels:
        """Return the part of a direction that keeps the MSE and the pixel range to first order.

        Without pixels on a bound it is ``v - <v, e> e``. Pixels on a bound that would be pushed
        outward are left out (zero), and the radial part is taken over the others: the result is
        the member of the cone of allowed directions that is nearest to ``vector``, and is always
        orthogonal to ``image - reference``.

        Parameters
        ----------
        image
            A point on the sphere, shaped like the reference.
        vector
            The direction wanted (for descent: minus the gradient), same shape.
        """
        y = np.ascontiguousarray(image, dtype=self.work)
        v = np.ascontiguousarray(vector, dtype=self.work)
        check_same_shape(y, self.reference)
        check_same_shape(v, self.reference)
        w, none = np.zeros_like(y), np.zeros_like(y)
        normal = Normal(self._centre, radial=True)
        at = cone_at(read_only(y), normal, v, 1.0, self.pixel_range)
        turn(at, p=none, w=w, k=cone_products(at, p=none, w=w, k=0.0).k, b=0.0, c=0.0)
        return w

    def point_at(self, image: Pixels) -> ManifoldPoint:
        """Return what a climb needs to know of an image on the sphere."""
        image.flags.writeable = False
        squares = _squares(image, self.reference)
        normal = Normal(self._centre, radial=True)
        return ManifoldPoint(image, normal, squares / image.size, math.sqrt(squares))

    def retract(self, iterate: ManifoldPoint, step: TangentStep) -> ManifoldPoint:
        """Return the point at the projection of where a step leads; see `Manifold`.

        Going back to the sphere shrinks every difference a little, which would pull pixels off
        their bound at every step; where the step keeps them there, twice the difference does.
        """
        t = 1 / math.sqrt(max(0.5, 1 + self._curvature * step.length**2))
        point, t = self._landed(iterate.image, step, t)
        self._curvature = (1 / t**2 - 1) / step.length**2
        return point

    def _landed(self, y: Pixels, step: TangentStep, t: float) -> tuple[ManifoldPoint, float]:
        """Return the image on the clipped ray through ``y + a p``, and t; given is a guess of t."""
        t = t or self._first(y, step)
        image = self._images.array(y.shape, self.work)
        image.flags.writeable = True  # nobody holds it any more
        arrays, wanted = (y, step.p, self.reference, image), self.reference.size * self.mse
        rows, numbers = with_tail(blocks(y.shape)), (step.keeps, *ends(self.pixel_range))
        sums = each(active_backend().ray_image, arrays, rows, step.a, t, *numbers)
        at_end = t
        for attempt in range(_ATTEMPTS):
            free, held, moved = (math.fsum(column) for column in zip(*sums, strict=True))
            # Counted from the image as it is kept, so that its rounding is made good as well; ever
            # less of the way is gone, since pixels that are rounded together can overshoot.
            share = 1 / max(1, attempt - 1)
            excess, tail = held - wanted, sums[-1][0]
            if abs(excess) <= self._exact * wanted:
                break
            if step.keeps and share * abs(excess) <= 2 * _LITTLE * at_end**2 * tail:
                at_end -= share * excess / (2 * at_end * tail)
                now = slice(len(rows) - 1, None)
            else:
                last, t = t, t + share * (self._next(t, free, held - free * t**2) - t)
                if abs(t - last) <= 1e-15 * last:
                    break
                at_end, now = t, slice(None)
            sums[now] = each(
                active_backend().ray_image, arrays, rows[now], step.a, at_end, *numbers
            )
        image.flags.writeable = False
        normal = Normal(self._centre, radial=True)
        return ManifoldPoint(image, normal, held / y.size, math.sqrt(held), math.sqrt(moved)), t

    def _first(self, y: Pixels, step: TangentStep) -> float:
        """Return a t that is nearly exact, for a ray of which nothing is known."""
        wanted, t = self.reference.size * self.mse, 0.0
        arrays, ray_sums = (y, step.p, self.reference), active_backend().ray_sums
        for _ in range(_ROUNDS):
            numbers = step.a, t, step.keeps, *ends(self.pixel_range)
            free, clipped = total(ray_sums, arrays, *numbers)
            excess = clipped + free * t**2 - wanted
            t = self._next(t, free, clipped)
            if abs(excess) <= _NEAR * wanted:
                break
        return t

    def _next(self, t: float, free: float, clipped: float) -> float:
        """Return the next t of Newton's method, in its square, on a sum of clipped squares.

        The sum is concave: after one step t is never too large, and what is clipped stays clipped.
        """
        wanted = self.reference.size * self.mse
        left = wanted - clipped
        if not math.isfinite(free + clipped):
            raise SphereError(tr("The image holds values that are not finite, or are too large."))
        if free > 0:
            return math.sqrt(left / free) if left > 0 else 0.0
        if clipped == 0:
            raise SphereError(
                tr(
                    "The image equals the reference, so it has no direction on the sphere; "
                    "start from noise of the wanted MSE."
                )
            )
        if left <= 1e-12 * wanted:
            return t if left >= -1e-12 * wanted else 0.0
        raise SphereError(
            tr(
                "In this direction the pixel range {in_words} allows an MSE "
                "of at most {clipped:.6g}, not {mse:g}; for this reference "
                "the largest possible in any direction is {largest:.6g}.",
                in_words=_in_words(ends(self.pixel_range)),
                clipped=clipped / self.reference.size,
                mse=self.mse,
                largest=self._largest,
            )
        )


def largest_mse(reference: ArrayLike, pixel_range: PixelRange | None) -> float:
    """Return the largest MSE that an image in the pixel range can have from the reference.

    Every pixel then sits on the bound farther from its reference value. Without a range: infinity.
    """
    if pixel_range is None:
        return math.inf
    x = finite_pixels(reference, "reference")
    check_range(x, pixel_range)
    return _farthest(x, pixel_range)


def _farthest(x: NDArray[Any], pixel_range: PixelRange) -> float:
    low, high = pixel_range

    def part(rows: slice) -> float:
        block = x[rows].astype(np.float64)
        return float(np.square(np.maximum(block - low, high - block)).sum())

    return math.fsum(in_threads(part, row_blocks(x.shape))) / x.size


def white_noise(
    reference: ArrayLike,
    mse: float,
    *,
    seed: int = 0,
    pixel_range: PixelRange | None = (0.0, 255.0),
    counts: NDArray[np.bool_] | None = None,
) -> NDArray[Any]:
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
    counts
        (H, W): where the noise is, with the MSE of these pixels alone; None for everywhere that
        the reference is a number.

    Raises
    ------
    SphereError
        As `EqualMseSphere` does.
    """
    x = np.asarray(reference)
    bad = not_numbers(x) if x.ndim in {2, 3} else np.zeros(0, np.bool_)
    if counts is not None or (bad.any() and not np.isinf(x).any()):
        where = ~bad if counts is None else np.asarray(counts, np.bool_) & ~bad
        noisy = np.array(x, np.float64)
        row = x[where][np.newaxis]
        noisy[where] = white_noise(row, mse, seed=seed, pixel_range=pixel_range)[0]
        return noisy
    sphere = EqualMseSphere(reference, mse, pixel_range)
    noise = np.random.default_rng(seed).standard_normal(sphere.reference.shape)
    return sphere.project(sphere.reference + noise)


def sphere_through(
    image: Pixels, reference: NDArray[Any], pixel_range: PixelRange | None
) -> EqualMseSphere:
    """Return the sphere that an image lies on, for images of its type.

    SphereError if the image equals the reference.
    """
    mse = _squares(image, reference) / image.size
    if mse == 0:
        raise SphereError(
            tr(
                "The start equals the reference, so it has no direction on the sphere; "
                "start from noise of the wanted MSE."
            )
        )
    return EqualMseSphere(reference, mse, pixel_range, work=image.dtype)


def _squares(image: Pixels, reference: NDArray[Any]) -> float:
    def part(rows: slice) -> float:
        error = np.subtract(image[rows], reference[rows], dtype=np.float64)
        return float(np.square(error).sum())

    return math.fsum(in_threads(part, row_blocks(image.shape)))


def _in_words(pixel_range: tuple[float, float]) -> str:
    return tr(
        "{low:g} to {high:g}",
        low=pixel_range[0],
        high=pixel_range[1],
    )
