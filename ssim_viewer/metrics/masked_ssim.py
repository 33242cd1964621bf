"""SSIM of a part of a pair as a metric, with its exact gradient: what climbs and fits follow.

The value is the mean of S over the windows that count: those centred on a pixel of the mask that
touch no sample that is not a number. Its gradient is that of this mean; it is 0 at such samples,
and not at pixels that windows of the mask merely see.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ssim_viewer.metrics.counting import filled, not_numbers, some, windows_that_count
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.planes import as_image, check_same_shape, size_text
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.ssim.metric import Ssim


@dataclass(frozen=True, slots=True, eq=False)
class MaskedSsim:
    """SSIM restricted to the windows centred in a mask.

    Parameters
    ----------
    ssim
        The convention, in double precision.
    mask
        (H, W) of booleans: the pixels that count; None counts all that are numbers.
    """

    higher_is_better: ClassVar[bool] = True

    ssim: Ssim
    mask: ArrayLike | None = None

    def __eq__(self, other: object) -> bool:
        """Compare settings, and masks by identity."""
        return isinstance(other, MaskedSsim) and other.ssim == self.ssim and other.mask is self.mask

    def __hash__(self) -> int:
        """Return the hash that belongs to `==`."""
        return hash((self.ssim, id(self.mask)))

    def bind(self, reference: ArrayLike) -> BoundMaskedSsim:
        """Return the metric with its reference, whose samples may be NaN.

        Raises
        ------
        MetricError
            The mask has another size, or the reference is smaller than the window.
        """
        return BoundMaskedSsim(self, reference)


class BoundMaskedSsim:
    """SSIM of the windows that count, against one reference.

    Attributes
    ----------
    metric
        The settings.
    reference
        The reference with 0 in the place of what is not a number.
    """

    def __init__(self, metric: MaskedSsim, reference: ArrayLike) -> None:
        image = as_image(reference)
        size = image.shape[:2]
        mask = np.ones(size) if metric.mask is None else np.asarray(metric.mask)
        if mask.shape != size:
            raise MetricError(
                tr(
                    "The mask, of the shape {shape}, is not that of the image, {size_text}.",
                    shape=mask.shape,
                    size_text=size_text(size),
                )
            )
        self.metric = metric
        self._bad = not_numbers(image)
        self._counts = mask.astype(np.bool_)
        self._bound = replace(metric.ssim, precision="double").bind(filled(image, self._bad))
        self.reference = self._bound.reference

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that a person should read beside the scores."""
        left_out = int(np.count_nonzero(self._bad))
        return (
            (
                tr(
                    "{left_out} pixels of the reference that are no numbers are left out.",
                    left_out=left_out,
                ),
            )
            if left_out
            else ()
        )

    def value(self, distorted: ArrayLike) -> float:
        """Return the mean of S over the windows that count.

        Raises
        ------
        MetricError
            The image has another shape than the reference, or no window counts.
        """
        image, windows = self._seen(distorted)
        return self._bound.measure(image, windows=windows).means["ssim"]

    def value_and_gradient(self, distorted: ArrayLike) -> tuple[float, NDArray[np.float64]]:
        """Return that mean and its exact derivative with respect to every sample of the image."""
        image, windows = self._seen(distorted)
        found = self._bound.measure(image, gradient=True, windows=windows)
        assert found.gradient is not None  # noqa: S101  it was asked for
        return found.means["ssim"], found.gradient

    def map(self, distorted: ArrayLike) -> NDArray[np.float64]:
        """Return S of the windows that count, and NaN for the others."""
        image, windows = self._seen(distorted)
        found = self._bound.measure(image, maps=("ssim",), windows=windows).maps["ssim"]
        return np.where(windows, found, np.nan)

    def layers(self, distorted: ArrayLike) -> dict[str, Layer]:
        """Return that map with its place."""
        place = self._bound.metric.geometry(self.reference.shape)
        return {"SSIM": Layer(self.map(distorted), place)}

    def _seen(self, distorted: ArrayLike) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """Return the image with 0 for what is not a number, and the windows that count."""
        image = as_image(distorted)
        check_same_shape(self.reference, image)
        own = not_numbers(image)
        windows = windows_that_count(self._bound.metric, self._bad | own, self._counts)
        return filled(image, own), some(windows)
