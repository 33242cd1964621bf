"""What the feature knows: the session file in hand, what is on its way, recent ones, leftovers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.sessions.jobs import ReadSession, WriteSession

ID = "sessions"

KEPT_RECENT = 10


@dataclass(frozen=True, slots=True, eq=False)
class Sessions:
    """The state of the feature.

    Attributes
    ----------
    path
        The session file that was opened or saved last.
    writing, reading
        The jobs on their way.
    waiting
        The session file whose images are not where they were.
    recent
        Session files, latest first.
    leftovers
        Files that programs left which ended unexpectedly, latest first.
    """

    path: Path | None = None
    writing: WriteSession | None = None
    reading: ReadSession | None = None
    waiting: ReadSession | None = None
    recent: tuple[Path, ...] = ()
    leftovers: tuple[Path, ...] = ()

    def with_file(self, path: Path) -> Sessions:
        """Return the state with a session file in hand, the latest of the recent ones."""
        others = tuple(each for each in self.recent if each != path)
        return replace(self, path=path, recent=(path, *others)[:KEPT_RECENT])
