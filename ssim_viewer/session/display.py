"""How bright the two images are shown: the range of the display, apart from that of the metric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.images.tone import Operator, Tone

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from ssim_viewer.session.pyramid import Pyramid
    from ssim_viewer.session.state import Session

EXPOSURE_STEP = 0.5
LARGEST_EXPOSURE = 20.0

PERCENTILES = (0.5, 99.5)
"""The parts of the reference's values that the automatic range makes black and white."""

SAMPLED = 1 << 20
"""Samples from which percentiles are taken of every n-th row and column."""


@dataclass(frozen=True, slots=True)
class Display:
    """What a person chose for showing the images.

    Attributes
    ----------
    levels
        The values shown as black and white; None shows 0 to the data range of the metric.
    automatic
        Take the levels from the percentiles of the reference instead.
    exposure
        In stops.
    """

    levels: tuple[float, float] | None = None
    automatic: bool = False
    exposure: float = 0.0
    operator: Operator = Operator.LINEAR

    @property
    def is_plain(self) -> bool:
        """Whether images are shown from 0 to the metric's data range, as they are."""
        return self == PLAIN


PLAIN = Display()
"""From 0 to the data range of the metric."""


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """The values of both images, ready to be shown at any exposure.

    Attributes
    ----------
    reference, distorted
        The arrays that they are of.
    pyramids
        Of both arrays, in their own unit.
    ends
        The percentiles of the reference.
    """

    reference: NDArray[Any]
    distorted: NDArray[Any]
    pyramids: tuple[Pyramid, Pyramid]
    ends: tuple[float, float]


def percentiles(image: NDArray[Any]) -> tuple[float, float]:
    """Return the values between which nearly all samples of an image lie, which are finite."""
    step = max(1, int(np.sqrt(image.size / SAMPLED)))
    samples = image[::step, ::step].astype(np.float64)
    samples = samples[np.isfinite(samples)]
    if not samples.size:
        return 0.0, 1.0
    low, high = (float(end) for end in np.percentile(samples, PERCENTILES))
    return (low, high) if high > low else (low, low + 1.0)


def needs_values(session: Session) -> bool:
    """Whether the images are shown from their values: at another display, or with holes (NaN)."""
    pair = session.document.pair
    holes = pair is not None and pair.mask is not None and pair.reference.pixels.dtype.kind == "f"
    return holes or not session.look.display.is_plain


def tone_of(session: Session) -> Tone | None:
    """Return how the images are shown, or None while that is plain or not ready."""
    display, values = session.look.display, values_in_sight(session)
    if values is None or not needs_values(session):
        return None
    low, high = 0.0, session.document.metric.data_range
    if display.automatic:
        low, high = values.ends
    elif display.levels is not None:
        low, high = display.levels
    return Tone(low, high, display.exposure, display.operator)


def values_in_sight(session: Session) -> Values | None:
    """Return the values of the pair on screen; while a climb plays, those of a step before."""
    pair, values = session.document.pair, session.values
    if pair is None or values is None or values.reference is not pair.reference.pixels:
        return None
    if session.document.run is None and values.distorted is not session.document.shown:
        return None
    return values


def display_in_words(session: Session) -> str:
    """Return how the images are shown, such as ``12 to 3900, +1 EV``; nothing where it is plain."""
    tone = tone_of(session)
    if tone is None or session.look.display.is_plain:
        return ""
    words = [f"{_short(tone.black)} to {_short(tone.white)}"]
    if tone.exposure:
        words.append(f"{tone.exposure:+g} EV".replace("-", "−"))
    if tone.operator is not Operator.LINEAR:
        words.append(str(tone.operator))
    return ", ".join(words)


def _short(value: float) -> str:
    """Return a value in three figures, or as it is where it is whole."""
    return f"{value:g}" if value == round(value) and abs(value) < 1e6 else f"{value:.3g}"
