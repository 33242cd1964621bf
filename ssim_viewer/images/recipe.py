"""How an image was made, as frozen data: enough to make it again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """The base of all recipes. Rooms above add their own, such as a chain of distortions."""
