"""The strength at which a distortion reaches a wanted level of MSE, or of any other score."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.distortions.applying import apply, data_range_of
from ssim_viewer.distortions.errors import DistortionError
from ssim_viewer.distortions.protocol import as_image
from ssim_viewer.distortions.registry import get_distortion
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.distortions.spec import DistortionType

TOLERANCE = 1e-4
"""Relative error of the level that ends the search; a tenth of what is promised."""

LARGEST_ROUNDS = 60


class Solution(float):
    """The strength that was found, as a float, with what it reaches.

    Attributes
    ----------
    image
        The distorted image, float64.
    level
        The MSE, or the score, of `image`.
    reached
        Whether the level is the wanted one within 0.1 %. A type that goes in steps reaches the
        nearest one.
    """

    image: NDArray[np.float64]
    level: float
    reached: bool

    def __new__(
        cls, strength: float, image: NDArray[np.float64], level: float, wanted: float
    ) -> Solution:
        """Return the solution."""
        made = super().__new__(cls, strength)
        made.image, made.level = image, level
        made.reached = math.isclose(level, wanted, rel_tol=1e-3)
        return made

    @property
    def mse(self) -> float:
        """The level, where it is an MSE."""
        return self.level


class LevelError(DistortionError):
    """The wanted level cannot be reached.

    Attributes
    ----------
    farthest
        The level at the largest strength.
    """

    def __init__(self, sentence: str, farthest: float) -> None:
        super().__init__(sentence)
        self.farthest = farthest


def mse_between(first: ArrayLike, second: ArrayLike) -> float:
    """Return the mean squared error over all samples of all channels."""
    return float(np.mean(np.square(np.subtract(first, second, dtype=np.float64))))


def solve_for_mse(
    name: str,
    image: ArrayLike,
    mse: float,
    seed: int = 0,
    *,
    data_range: float | None = None,
    parameters: Mapping[str, float] | None = None,
) -> Solution:
    """Return the strength at which the distorted image has an MSE.

    Parameters are those of `apply`. The result is a float that carries the image.

    Raises
    ------
    LevelError
        The type does not go so far; the sentence says how far it goes.
    DistortionError
        As `apply`.
    """
    pixels = as_image(image)
    if not math.isfinite(mse) or mse < 0:
        raise DistortionError(tr("An MSE is a number of at least 0, not {mse!r}.", mse=mse))
    return solve_for_level(
        name,
        image,
        mse,
        lambda distorted: mse_between(distorted, pixels),
        seed,
        measure=tr("an MSE"),
        data_range=data_range,
        parameters=parameters,
    )


def solve_for_level(
    name: str,
    image: ArrayLike,
    level: float,
    score: Callable[[NDArray[np.float64]], float],
    seed: int = 0,
    *,
    measure: str = tr("a score"),
    data_range: float | None = None,
    parameters: Mapping[str, float] | None = None,
) -> Solution:
    """Return the strength at which a score of the distorted image has a level.

    Parameters
    ----------
    score
        A function of the distorted image that goes one way as the strength grows.
    measure
        What the score is called in the sentence of an error, such as ``"an MSSIM"``.

    Raises
    ------
    LevelError
        The level lies beyond the largest strength, or on the other side of strength 0.
    """
    white = data_range_of(image, data_range)

    def image_at(strength: float) -> NDArray[np.float64]:
        return apply(name, image, strength, seed, data_range=white, parameters=parameters)

    return solve(get_distortion(name), image_at, level, score, measure=measure)


def solve(
    kind: DistortionType,
    image_at: Callable[[float], NDArray[np.float64]],
    level: float,
    score: Callable[[NDArray[np.float64]], float],
    *,
    measure: str,
) -> Solution:
    """Return the strength of a type at which a score has a level, where `image_at` distorts.

    Raises
    ------
    LevelError
        As `solve_for_level`.
    """
    tried: dict[float, tuple[NDArray[np.float64], float]] = {}

    def error_at(strength: float) -> float:
        strength = float(round(strength)) if kind.whole else float(strength)
        if strength not in tried:
            found = image_at(strength)
            tried[strength] = found, score(found)
        return tried[strength][1] - level

    start = error_at(0.0)
    if start == 0:
        return _solution(tried, level)
    low, high = _bracket(error_at, start, kind.typical, kind.largest)
    if math.copysign(1, error_at(high)) == math.copysign(1, start):
        farthest = tried[high][1]
        raise LevelError(
            tr(
                "“{title}” reaches {measure} of {farthest:.6g} on this image at its largest "
                "strength, not {level:.6g}.",
                title=kind.title,
                measure=measure,
                farthest=farthest,
                level=level,
            ),
            farthest,
        )
    if kind.continuous:
        _root(error_at, low, high, abs(level) * TOLERANCE)
    else:
        _nearest_step(error_at, low, high, start, whole=kind.whole)
    return _solution(tried, level)


def _bracket(
    error_at: Callable[[float], float], start: float, typical: float, largest: float
) -> tuple[float, float]:
    """Return two strengths between which the error changes its sign; the second may be the last."""
    low, high = 0.0, min(typical / 8, largest)
    while math.copysign(1, error_at(high)) == math.copysign(1, start) and high < largest:
        low, high = high, min(high * 1.6, largest)
    return low, high


class _Reached(Exception):  # noqa: N818 - it is no error
    """The level is close enough."""


def _root(error_at: Callable[[float], float], low: float, high: float, tolerance: float) -> None:
    """Try strengths until the error is small; `error_at` remembers them."""

    def tried(strength: float) -> float:
        error = error_at(strength)
        if abs(error) <= tolerance:
            raise _Reached
        return error

    from scipy.optimize import brentq  # noqa: PLC0415 - loading it takes longer than a start has

    try:
        brentq(tried, low, high, xtol=1e-12, rtol=8.9e-16, maxiter=LARGEST_ROUNDS)
    except _Reached:
        return


def _nearest_step(
    error_at: Callable[[float], float], low: float, high: float, start: float, *, whole: bool
) -> None:
    """Halve the bracket; the nearest step is among the strengths that were tried."""
    smallest = 1.0 if whole else (high - low) / 2**20
    while high - low > smallest:
        middle = (low + high) / 2
        if whole:
            middle = float(round(middle))
            if middle in (low, high):
                return
        if math.copysign(1, error_at(middle)) == math.copysign(1, start):
            low = middle
        else:
            high = middle


def _solution(tried: dict[float, tuple[NDArray[np.float64], float]], level: float) -> Solution:
    strength = min(tried, key=lambda each: abs(tried[each][1] - level))
    image, reached = tried[strength]
    return Solution(strength, image, reached, level)


def to_8_bit(
    image: ArrayLike, reference: ArrayLike, data_range: float = 255.0
) -> NDArray[np.uint8]:
    """Return a distorted image as 8 bits with its MSE to the reference kept as well as can be.

    Plain rounding changes the MSE of a smooth change: a mean shift of 12.25 levels becomes 12.
    Where an ordered dither keeps the MSE better, that is what is returned.

    Parameters
    ----------
    image, reference
        Of the same shape, in [0, data range].
    """
    scale = 255.0 / data_range
    values = np.asarray(image, dtype=np.float64) * scale
    origin = np.asarray(reference, dtype=np.float64) * scale
    wanted = mse_between(values, origin)
    rounded = np.rint(values)
    y, x = np.indices(values.shape[:2])
    threshold = np.modf(0.7548776662466927 * x + 0.5698402909980532 * y)[0]  # R2 sequence
    if values.ndim == 3:
        threshold = threshold[..., None]
    dithered = np.floor(values + threshold)
    choices = [np.clip(each, 0, 255) for each in (rounded, dithered)]
    best = min(choices, key=lambda each: abs(mse_between(each, origin) - wanted))
    return best.astype(np.uint8)
