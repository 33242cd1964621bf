"""From values to 8 bits for the eye: a display range, an exposure, a tone operator.

What the metric measures does not depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

TABLE_SIZE = 1 << 14
"""Steps between black and white that an operator tells apart: 64 for each of 256 greys."""

LOG_SPAN = 1000.0
"""The logarithmic operator maps t to log(1 + 1000 t) / log(1001): three decades are seen."""


class Operator(StrEnum):
    """How a share of white becomes a share of grey."""

    LINEAR = "linear"
    SRGB = tr("sRGB curve")
    LOG = "logarithmic"


@dataclass(frozen=True, slots=True)
class Tone:
    """A way from values to greys.

    Attributes
    ----------
    black, white
        The values that become 0 and 255, before the exposure.
    exposure
        In stops: the share of white is multiplied by 2 to this power.
    operator
        Applied to the share of white, clipped to [0, 1]. The sRGB curve is for values that are
        linear in light (IEC 61966-2-1); files that are coded already want "linear".
    """

    black: float
    white: float
    exposure: float = 0.0
    operator: Operator = Operator.LINEAR

    def applied(self, values: NDArray[Any]) -> NDArray[np.uint8]:
        """Return values of any number type in 8 bits; what is not a number becomes 0."""
        if values.dtype not in (np.float32, np.float64):
            values = values.astype(np.float32)
        scale = 2.0**self.exposure / (self.white - self.black)
        with np.errstate(invalid="ignore", over="ignore"):
            if self.operator is Operator.LINEAR:
                gain = 255 * scale
                # The one call of OpenCV that scales, rounds and saturates whatever the sign.
                grey = cv2.addWeighted(values, gain, values, 0, -self.black * gain, dtype=cv2.CV_8U)
                return np.asarray(grey, np.uint8)
            share = np.clip((values - self.black) * scale, 0, 1)
        places = np.nan_to_num(share) * (TABLE_SIZE - 1) + 0.5
        grey = _table(self.operator).take(places.astype(np.uint16))
        return np.asarray(grey, np.uint8)


def _table(operator: Operator) -> NDArray[np.uint8]:
    if operator not in _TABLES:
        share = np.linspace(0, 1, TABLE_SIZE)
        if operator is Operator.SRGB:
            curve = np.where(share <= 0.0031308, 12.92 * share, 1.055 * share ** (1 / 2.4) - 0.055)
        else:
            curve = np.log1p(LOG_SPAN * share) / np.log1p(LOG_SPAN)
        _TABLES[operator] = np.rint(255 * curve).astype(np.uint8)
    return _TABLES[operator]


_TABLES: dict[Operator, NDArray[np.uint8]] = {}
