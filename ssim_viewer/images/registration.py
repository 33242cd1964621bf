"""Where the distorted image lies on the reference, to a part of a pixel, by phase correlation.

With F and G the spectra of the reference f and of the distorted image g, and g(p + d) = f(p), the
phase of G F* is that of exp(−i ω·d): the inverse transform of G F* / |G F*| has its peak at d. It
is 1 for a circular shift and nothing else, and falls with whatever else differs.

C. D. Kuglin, D. C. Hines: The phase correlation image alignment method. Proc. Int. Conf. on
Cybernetics and Society, 163–165, 1975. The peak is refined by a matrix product that evaluates the
transform on a fine grid around it: M. Guizar-Sicairos, S. T. Thurman, J. R. Fienup: Efficient
subpixel image registration algorithms. Optics Letters 33(2), 156–158, 2008.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer.compute.tiles import in_threads
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ssim_viewer.images.types import Pixels

    Grey = NDArray[np.float32]

COARSE_SAMPLES = 1 << 18
"""Samples of the reduced images in which the shift is looked for first."""

FINE_SIDE = 1024
"""Side of the middle of the common part, at full size, in which it is refined."""

CLEAR = 3.0
"""How many times as high as chance a peak is that is believed."""

LOW = 0.4
"""Below such a peak more differs than the place: the hardest of lossy codings leaves 0.6, a turn by
one degree 0.13."""

LEAST_SIDE = 16
"""Pixels across and down that the common part has at least."""

_TRUST = 4
"""The power of the cosine that weighs frequencies, 0 at the end of the spectrum: phases there are
aliased and noisy, and pull a peak to whole pixels. With 4 a cubic shift of a photograph is found to
0.01 pixels, without weights to 0.07."""

_INDEPENDENT = (2 / 3 * 18 / 35) ** 2
"""The share of samples of a correlation that are independent: under the Hann window 2/3 on each
axis, under the weights (mean w)² / mean w² = 18/35."""

_FINE_STEPS = (0.1, 0.01)

STRIP = 256
"""Rows of an image that are moved at once."""

_SETTLED = 32
"""Rows beside a strip after which its cut is forgotten: the filter of a cubic spline falls by
2 - sqrt(3) from sample to sample, to 5e-19."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Where the distorted image shows what the reference shows: at p + (x, y) what that has at p.

    Attributes
    ----------
    x, y
        In pixels, to the right and down.
    peak
        The height of the peak of the phase correlation; 1 for a copy that is only moved.
    chance
        The height of the highest peak between images that have nothing in common.
    """

    x: float
    y: float
    peak: float
    chance: float

    @property
    def is_clear(self) -> bool:
        """Whether the peak is too high for chance."""
        return self.peak > CLEAR * self.chance

    @property
    def is_low(self) -> bool:
        """Whether the peak is so low that more than the place differs, such as a turn."""
        return self.peak < LOW

    @property
    def whole(self) -> Shift:
        """The shift by whole pixels, which needs no interpolation."""
        return Shift(round(self.x), round(self.y), self.peak, self.chance)

    @property
    def is_whole(self) -> bool:
        """Whether it is one by whole pixels."""
        return self.x == round(self.x) and self.y == round(self.y)

    @property
    def length(self) -> float:
        """Its length in pixels."""
        return math.hypot(self.x, self.y)

    def __str__(self) -> str:
        """Return x and y for reading, such as ``(2.37, −1.5)``."""
        return shift_text(self.x, self.y)


@dataclass(frozen=True, slots=True)
class Registered:
    """How the two images of a pair were brought to one place.

    Attributes
    ----------
    shift
        Where the distorted image lay, by as much as it was moved back.
    top, left
        The first row and column of the reference that is left of it.
    """

    shift: Shift
    top: int
    left: int

    def words(self) -> str:
        """Return what stands beside a score."""
        by = shift_text(-self.shift.x, -self.shift.y)
        return tr("distorted image moved by {by} pixels", by=by)


def shift_text(x: float, y: float) -> str:
    """Return a shift for reading, such as ``(2.37, −1.5)``: to the right, and down."""
    first, second = (f"{round(each, 2) + 0.0:g}".replace("-", "−") for each in (x, y))
    return f"({first}, {second})"


def find_shift(
    reference: Pixels, distorted: Pixels, report: Callable[[float], None] | None = None
) -> Shift:
    """Return where a distorted image lies on its reference; their sizes may differ.

    Parameters
    ----------
    reference, distorted
        (H, W) or (H, W, 3). Samples that are not a number count as the mean.
    report
        Called with the fraction done; what it raises ends the work.

    Returns
    -------
    Shift
        Found to a hundredth of a pixel; see whether it `is_clear`.
    """
    largest = max(each.shape[0] * each.shape[1] for each in (reference, distorted))
    factor = max(1, math.ceil(math.sqrt(largest / COARSE_SAMPLES)))
    coarse = _coarse_shift(_reduced(reference, factor), _reduced(distorted, factor))
    dx, dy = (factor * each for each in coarse)
    if report is not None:
        report(0.5)
    # A reduced image is exact to a part of its own pixel: twice more at full size is enough.
    found = Shift(dx, dy, 0.0, 1.0)
    for _ in range(2):
        parts = _common_middle(reference, distorted, dx, dy)
        if parts is None:
            break
        fine_x, fine_y, peak = _fine_shift(*parts)
        count = parts[0].size
        chance = math.sqrt(2 * math.log(count) / (count * _INDEPENDENT))
        found = Shift(dx + fine_x, dy + fine_y, peak, chance)
        dx, dy = round(found.x), round(found.y)
        if max(abs(fine_x), abs(fine_y)) <= 1:
            break
    return found


def _grey(pixels: Pixels) -> Grey:
    grey = np.asarray(pixels, np.float32)
    if grey.ndim == 3:
        grey = grey.mean(axis=2, dtype=np.float32)
    bad = ~np.isfinite(grey)
    if bad.any():
        grey = np.where(bad, grey[~bad].mean() if not bad.all() else 0, grey)
    return np.ascontiguousarray(grey, np.float32)


def _reduced(pixels: Pixels, factor: int) -> Grey:
    """Return the means of whole blocks, so that both images keep their origin."""
    height, width = (max(1, length // factor) for length in pixels.shape[:2])
    if factor > 1:
        whole = np.ascontiguousarray(pixels[: height * factor, : width * factor])
        pixels = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    return _grey(pixels)


def _windowed(grey: Grey) -> Grey:
    """Return the image around 0 under a Hann window: its edges would correlate with themselves."""
    window = np.outer(*(np.hanning(length + 2)[1:-1] for length in grey.shape))
    mean = np.average(grey, weights=window)
    return np.asarray((grey - mean) * window, np.float32)


def _phases(x: Grey, y: Grey, shape: tuple[int, ...]) -> NDArray[np.complex64]:
    """Return G F* / |G F*| of both under a window, (h, w // 2 + 1), padded to a shape."""
    f, g = (np.fft.rfft2(_windowed(each), shape) for each in (x, y))
    product: NDArray[Any] = g * f.conj()
    size = np.abs(product)
    return np.asarray(product / np.maximum(size, 1e-12 * size.max() + 1e-30), np.complex64)


def _coarse_shift(x: Grey, y: Grey) -> tuple[int, int]:
    """Return the shift by whole pixels; there is room for any, since the images are padded."""
    lengths = (first + second for first, second in zip(x.shape, y.shape, strict=True))
    shape = tuple(cv2.getOptimalDFTSize(length) for length in lengths)
    correlation = np.fft.irfft2(_phases(x, y, shape), shape)
    row, column = np.unravel_index(np.argmax(correlation), shape)
    return _signed(int(column), shape[1], y.shape[1]), _signed(int(row), shape[0], y.shape[0])


def _signed(place: int, length: int, reach: int) -> int:
    """Return a place of a circular correlation as a shift: it goes forward less than `reach`."""
    return place if place < reach else place - length


def _common_middle(x: Pixels, y: Pixels, dx: int, dy: int) -> tuple[Grey, Grey] | None:
    """Return the middle of what both show when one is moved by whole pixels; None without any."""
    rows, columns = (
        _middle(*common_range(first, second, by))
        for first, second, by in zip(x.shape[:2], y.shape[:2], (dy, dx), strict=True)
    )
    if min(rows[1] - rows[0], columns[1] - columns[0]) < LEAST_SIDE:
        return None
    return (
        _grey(x[rows[0] : rows[1], columns[0] : columns[1]]),
        _grey(y[rows[0] + dy : rows[1] + dy, columns[0] + dx : columns[1] + dx]),
    )


def common_range(first: int, second: int, by: float) -> tuple[int, int]:
    """Return the samples [low, high) of a line of `first` that one of `second` has too, by later.

    With a part of a pixel, both neighbours must be there.
    """
    return max(0, math.ceil(-by)), min(first, math.floor(second - 1 - by) + 1)


def _middle(low: int, high: int) -> tuple[int, int]:
    spare = max(0, high - low - FINE_SIDE) // 2
    return low + spare, high - spare


def _fine_shift(x: Grey, y: Grey) -> tuple[float, float, float]:
    """Return the shift of two parts of one size that lie within a few pixels, and its peak."""
    phases = _phases(x, y, x.shape) * _trusted(x.shape)
    correlation = np.fft.irfft2(phases, x.shape)
    row, column = np.unravel_index(np.argmax(correlation), x.shape)
    places = [
        float(place if place <= length // 2 else place - length)
        for place, length in zip((row, column), x.shape, strict=True)
    ]
    peak = float(correlation.max())
    for step in _FINE_STEPS:
        offsets = step * np.arange(-10, 11)
        found = _evaluated(phases, x.shape, places[0] + offsets, places[1] + offsets)
        best = np.unravel_index(np.argmax(found), found.shape)
        places = [place + offsets[index] for place, index in zip(places, best, strict=True)]
        peak = float(found.max())
    return float(places[1]), float(places[0]), peak


def _trusted(shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return weights of frequencies, (h, w // 2 + 1), whose mean over the whole spectrum is 1."""
    width = shape[1]
    down, whole = (np.cos(np.pi * np.fft.fftfreq(length)) ** _TRUST for length in shape)
    across = np.cos(np.pi * np.fft.rfftfreq(width)) ** _TRUST
    mean = down.mean() * whole.mean()
    return np.asarray(np.outer(down, across) / mean, np.float32)


def _evaluated(
    phases: NDArray[np.complex64],
    shape: tuple[int, ...],
    rows: NDArray[Any],
    columns: NDArray[Any],
) -> NDArray[np.float64]:
    """Return the inverse transform at any rows and columns, (len(rows), len(columns))."""
    height, width = shape
    down = np.exp(2j * np.pi * np.outer(rows, np.fft.fftfreq(height)))
    across = np.exp(2j * np.pi * np.outer(np.fft.rfftfreq(width), columns))
    twice = np.full(phases.shape[1], 2.0)  # the other half of the spectrum is its conjugate
    twice[0] = 1.0
    if width % 2 == 0:
        twice[-1] = 1.0
    found = (down @ phases) @ (across * twice[:, np.newaxis])
    return np.asarray(found.real / (height * width))


def moved(
    pixels: Pixels,
    x: float,
    y: float,
    shape: tuple[int, int],
    begin: tuple[int, int],
    *,
    report: Callable[[float], None] | None = None,
) -> Pixels:
    """Return an image as it is at p + (x, y), for the pixels p of a rectangle.

    By whole pixels it is cut out; else a cubic spline goes through its samples, as float64.

    Parameters
    ----------
    shape
        Height and width of the rectangle.
    begin
        Its first row and column p; all of p + (x, y) lies on the image.
    report
        Called with the fraction done; what it raises ends the work.
    """
    (height, width), (top, left) = shape, begin
    if x == round(x) and y == round(y):
        first, second = top + round(y), left + round(x)
        return pixels[first : first + height, second : second + width].copy()
    planes = pixels[:, :, np.newaxis] if pixels.ndim == 2 else pixels
    result = np.empty((height, width, planes.shape[2]))
    strips = [(low, min(low + STRIP, height)) for low in range(0, height, STRIP)]
    parts = [(strip, channel) for strip in strips for channel in range(planes.shape[2])]

    def move(part: tuple[tuple[int, int], int]) -> None:
        (low, high), channel = part
        found = _spline_rows(planes[:, :, channel], x, y, (top + low, top + high))
        first = left + math.floor(x)
        result[low:high, :, channel] = found[:, first : first + width]

    in_threads(move, parts, report)
    return result[:, :, 0] if pixels.ndim == 2 else result


def _spline_rows(
    plane: NDArray[Any], x: float, y: float, rows: tuple[int, int]
) -> NDArray[np.float64]:
    """Return the cubic spline through a plane at p + (x mod 1, y), for the rows p of a strip.

    The coefficients of the spline come of a recursive filter along each axis, mirrored at the
    ends; for one shift the basis has the same four values everywhere, and is a filter too.
    M. Unser: Splines: a perfect fit for signal and image processing. IEEE Signal Processing
    Magazine 16(6), 22-38, 1999.
    """
    from scipy import ndimage  # noqa: PLC0415 - it takes a tenth of a second to import

    first, last = (row + math.floor(y) for row in rows)
    low, high = max(0, first - _SETTLED), min(len(plane), last + _SETTLED)
    coefficients = plane[low:high].astype(np.float64)
    for axis in (0, 1):
        coefficients = ndimage.spline_filter1d(coefficients, 3, axis=axis, mode="mirror")
    found = cv2.sepFilter2D(
        coefficients,
        -1,
        _basis(x - math.floor(x)),
        _basis(y - math.floor(y)),
        anchor=(1, 1),
        borderType=cv2.BORDER_REFLECT_101,
    )
    return np.asarray(found[first - low : last - low])


def _basis(t: float) -> NDArray[np.float64]:
    """Return the cubic B-splines of the samples at -1, 0, 1 and 2, at t from 0 to 1."""
    u = 1 - t
    return np.array([u**3, 4 - 6 * t**2 + 3 * t**3, 4 - 6 * u**2 + 3 * u**3, t**3]) / 6
