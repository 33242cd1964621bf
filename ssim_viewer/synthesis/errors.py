"""The one error of the synthesis room."""

from __future__ import annotations


class SphereError(ValueError):
    """One clear sentence: why there is no such sphere, point or walk, and what to do instead."""
