"""Metrics chosen by name, all bound to one reference: the scores of `score --metric`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ssim_viewer.cli.metric_names import named_metric
from ssim_viewer.metrics import MetricError, masked_metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.cli.metric_names import Named
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.metrics.bound_cache import BoundMetrics

    Pixels = NDArray[np.generic]


class ChosenMetrics:
    """Metrics with their reference.

    Parameters
    ----------
    names
        As people call them.
    ssim
        The convention that those akin to SSIM take.
    reference
        Shape (H, W) or (H, W, C).
    cache
        Where metrics are kept with their references.
    mask
        The pixels that count, (H, W), or None for all.
    lenient
        Whether a metric that cannot measure an image is NaN, with a note, or an error.
    """

    def __init__(
        self,
        names: Sequence[str],
        ssim: Ssim,
        reference: Pixels,
        cache: BoundMetrics,
        *,
        mask: NDArray[np.bool_] | None = None,
        lenient: bool,
    ) -> None:
        self._named = [named_metric(name, ssim) for name in names]
        self._mask = mask
        self._reference, self._cache, self._lenient = reference, cache, lenient

    def measure(self, distorted: Pixels) -> tuple[dict[str, float], tuple[str, ...]]:
        """Return the scores of a distorted image by name, and what a person should know of them.

        Raises
        ------
        MetricError
            Naming the metric that cannot measure the image, unless lenient.
        """
        values: dict[str, float] = {}
        notes: list[str] = []
        for named in self._named:
            try:
                values[named.name], said = self._value(named, distorted)
                notes += [f"{named.symbol}: {note}" for note in said]
            except MetricError as error:
                if not self._lenient:
                    raise
                values[named.name] = math.nan
                notes.append(str(error))
        return values, tuple(notes)

    def _value(self, named: Named, distorted: Pixels) -> tuple[float, tuple[str, ...]]:
        """Return a score, and what is to be said of it."""
        try:
            metric = named.metric
            if self._mask is not None:
                metric = masked_metric(metric, self._mask)
            bound = self._cache.get(metric, self._reference)
            value = float(bound.value(distorted))
        except MetricError as error:
            raise MetricError(f"{named.symbol}: {error}") from None
        except MemoryError:
            raise
        except Exception as error:
            trouble = f"{type(error).__name__}: {error}".rstrip(".: ")
            raise MetricError(f"{named.symbol} failed with {trouble}.") from error
        if math.isnan(value):
            raise MetricError(f"{named.symbol} is not a number for this image.")
        return value, getattr(bound, "notes", ())
