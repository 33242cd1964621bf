"""The one exception of the metrics room; which settings and images earn it is decided elsewhere."""

from __future__ import annotations

from ssim_viewer.text import SentenceError


class MetricError(SentenceError):
    """One clear sentence: which setting or image cannot be measured, and why."""
