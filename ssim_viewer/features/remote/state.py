"""Whether the window listens to other programs, and by which name."""

from __future__ import annotations

from dataclasses import dataclass

ID = "remote"


@dataclass(frozen=True, slots=True)
class Remote:
    """The state of the feature; without a name the window does not listen."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Listen:
    """Listen by a name, or do not where it is empty."""

    name: str


@dataclass(frozen=True, slots=True)
class Listening:
    """The window listens by this name; where it is empty it does not."""

    name: str
