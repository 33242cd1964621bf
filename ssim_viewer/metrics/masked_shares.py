"""The gradient of MSSIM by its factors, of a part of a pair: `gradient_shares` under a mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics.counting import over_channels
from ssim_viewer.metrics.masked_ssim import MaskedSsim
from ssim_viewer.metrics.ssim.gradient_shares import Factor, SsimShare, gradient_shares

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.ssim.metric import Ssim


def masked_gradient_shares(
    metric: Ssim, reference: ArrayLike, distorted: ArrayLike, counts: NDArray[np.bool_] | None
) -> dict[Factor, NDArray[np.float64]]:
    """Return the share of each factor in the gradient of what counts, shaped like the image.

    Parameters
    ----------
    counts
        (H, W): MSSIM is the mean over the windows that count, and only these pixels may change, so
        that all shares are 0 elsewhere. None counts all.

    Raises
    ------
    MetricError
        Those of `MaskedSsim.bind` and `BoundMaskedSsim.value_and_gradient`.
    """
    if counts is None:
        return gradient_shares(metric, reference, distorted)
    shares = {}
    for factor in Factor:
        bound = MaskedSsim(SsimShare.of(metric, factor), counts).bind(reference)
        gradient = bound.value_and_gradient(distorted)[1]
        shares[factor] = np.where(over_channels(counts, gradient), gradient, 0.0)
    return shares
