"""What a person can want of two folders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class AskFolders:
    """Ask for the folder of references, then for that of distorted images."""


@dataclass(frozen=True, slots=True)
class PairFolders:
    """Pair the images of two folders by name, and open the first pair."""

    reference: Path
    distorted: Path


@dataclass(frozen=True, slots=True)
class GoToPair:
    """Mark a pair, from 0, as the one on screen."""

    index: int


ACTIONS = (AskFolders, PairFolders, GoToPair)
