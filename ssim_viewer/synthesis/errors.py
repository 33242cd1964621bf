"""The errors of the synthesis room."""

from __future__ import annotations

from ssim_viewer.text import SentenceError, tr


class SphereError(SentenceError):
    """One clear sentence: why there is no such sphere, level, point or climb, and what to do."""


class BrokenMetricError(SphereError):
    """A metric raised, or returned what is no number or no gradient.

    Parameters
    ----------
    metric
        Its name, so that whoever drives it can switch it off.
    trouble
        What it did, as the rest of a sentence that begins with its name.
    """

    def __init__(self, metric: str, trouble: str) -> None:
        super().__init__(tr("The metric {metric} {trouble}.", metric=metric, trouble=trouble))
        self.metric = metric
