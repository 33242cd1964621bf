"""The errors of the synthesis room."""

from __future__ import annotations


class SphereError(ValueError):
    """One clear sentence: why there is no such sphere, level, point or walk, and what to do."""


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
        super().__init__(f"The metric {metric} {trouble}.")
        self.metric = metric
