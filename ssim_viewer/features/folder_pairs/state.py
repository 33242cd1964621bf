"""What the feature knows: the two folders, their pairs, and which one is on screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.session.state import Session

ID = "folder_pairs"


@dataclass(frozen=True, slots=True)
class NamedPair:
    """A pair of files, by the path of the distorted one within its folder."""

    name: str
    reference: Path
    distorted: Path


@dataclass(frozen=True, slots=True)
class Pairs:
    """What two folders hold.

    Attributes
    ----------
    unpaired
        Names of files that stand alone, and why.
    """

    pairs: tuple[NamedPair, ...]
    unpaired: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FolderPairs:
    """The state of the feature.

    Attributes
    ----------
    folders
        The folder of references and that of distorted images.
    found
        What they hold, or None before it is known.
    current
        The pair that was opened last, from 0.
    problem
        Why they could not be looked through, or "".
    """

    folders: tuple[Path, Path] | None = None
    found: Pairs | None = None
    current: int | None = None
    problem: str = ""


def folder_pairs_of(session: Session) -> FolderPairs:
    """Return the state of the feature in a session."""
    return cast("FolderPairs", session.features.get(ID, FolderPairs()))
