"""The data range that nobody has stated: 255, unless the images say that it cannot be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray


class AssumedRange(float):
    """A data range that is the default and was not given."""

    __slots__ = ()


ASSUMED = AssumedRange(255.0)


def is_doubtful(data_range: object, reference: NDArray[Any]) -> bool:
    """Return whether the range is an assumption that floats within [0, 1] contradict."""
    return isinstance(data_range, AssumedRange) and _in_unit(reference)


def refuse_doubtful(reference: NDArray[Any], distorted: NDArray[Any]) -> None:
    """Raise MetricError if the distorted image of a doubtful reference lies in [0, 1] as well.

    Identical images have the same score whatever the range; zeros and ones alone may be black and
    the darkest grey of 8 bits.
    """
    if not _in_unit(distorted) or np.array_equal(reference, distorted):
        return
    if _has_fractions(reference) or _has_fractions(distorted):
        raise MetricError(
            tr(
                "Both images are floats between 0 and 1, and no data range was given: state it, "
                "data_range=1 or data_range=255."
            )
        )


def _in_unit(image: NDArray[Any]) -> bool:
    return image.dtype.kind == "f" and bool(image.min() >= 0) and bool(image.max() <= 1)


def _has_fractions(image: NDArray[Any]) -> bool:
    return bool(((image > 0) & (image < 1)).any())
