"""What a person, or the program, can do with sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ssim_viewer.features.sessions.restoring import Restored
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True)
class AskOpenSession:
    """Ask for a session file, and open it."""


@dataclass(frozen=True, slots=True)
class AskSaveSession:
    """Save into the session file in hand; ask for one where there is none, or where `anew`."""

    anew: bool = False


@dataclass(frozen=True, slots=True)
class AskForFolder:
    """Ask for the folder with the images of the session that waits for them."""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Open a session file.

    Attributes
    ----------
    folders
        Where images are looked for besides.
    recovered
        Whether it is what was kept of a program that ended unexpectedly.
    """

    path: Path
    folders: tuple[Path, ...] = ()
    recovered: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SessionOpened:
    """A session file was read; it is put on screen."""

    path: Path
    restored: Restored
    recovered: bool


@dataclass(frozen=True, slots=True, eq=False)
class SaveSession:
    """Write a session file."""

    path: Path
    session: Session
    features: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KnowRecent:
    """Take the recent session files from the settings, latest first."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class KnowLeftovers:
    """Take the files that programs left which ended unexpectedly, latest first."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class RestoreLeftover:
    """Open the latest one of them."""


@dataclass(frozen=True, slots=True)
class DiscardLeftover:
    """Remove one of them."""

    path: Path


ACTIONS = (
    AskOpenSession,
    AskSaveSession,
    AskForFolder,
    OpenSession,
    SessionOpened,
    SaveSession,
    KnowRecent,
    KnowLeftovers,
    RestoreLeftover,
    DiscardLeftover,
)
