"""BD-rate: how much less rate one encoder needs than another for the same quality, in per cent.

Source: Bjontegaard, ITU-T VCEG-M33, 2001: cubics of log rate against quality, integrated over the
qualities that both curves reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_POINTS = 4


def bd_rate(
    anchor: Sequence[tuple[float, float]], tested: Sequence[tuple[float, float]]
) -> float | None:
    """Return the mean difference of rate in per cent; negative where the tested one needs less.

    Parameters
    ----------
    anchor, tested
        Pairs of rate, in bits per pixel, and quality, at least four each.

    Returns
    -------
    None where there are too few points, or no quality that both reach.
    """
    curves = [
        sorted({(quality, rate) for rate, quality in each if rate > 0}) for each in (anchor, tested)
    ]
    if min(len(curve) for curve in curves) < LEAST_POINTS:
        return None
    low = max(curve[0][0] for curve in curves)
    high = min(curve[-1][0] for curve in curves)
    if high <= low:
        return None
    means = []
    for curve in curves:
        quality, rate = np.array(curve).T
        centre, spread = quality.mean(), np.ptp(quality)
        cubic = np.polynomial.Polynomial.fit(
            (quality - centre) / spread, np.log(rate), LEAST_POINTS - 1
        ).integ()
        ends = [(end - centre) / spread for end in (low, high)]
        means.append((cubic(ends[1]) - cubic(ends[0])) / (ends[1] - ends[0]))
    return float(100 * (np.exp(means[1] - means[0]) - 1))
