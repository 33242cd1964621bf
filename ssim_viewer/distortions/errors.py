"""The error of the distortions room."""

from __future__ import annotations


class DistortionError(ValueError):
    """One clear sentence about a setting or an image that cannot be."""
