"""The error of the distortions room."""

from __future__ import annotations

from ssim_viewer.text import SentenceError


class DistortionError(SentenceError):
    """One clear sentence about a setting or an image that cannot be."""
