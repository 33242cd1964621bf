"""Reading and writing session files on a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.sessions.archive import read_archive, write_archive
from ssim_viewer.features.sessions.capture import FRAME_BYTES, capture
from ssim_viewer.features.sessions.restoring import restore
from ssim_viewer.images.reading import display_name
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ssim_viewer.features.sessions.restoring import Restored
    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class WriteSession:
    """Write a session file.

    Attributes
    ----------
    frame_bytes
        Bytes of images of a run that go into the file, besides start, latest and shown one.
    """

    path: Path
    session: Session
    features: Mapping[str, Any]
    frame_bytes: int = FRAME_BYTES

    def __call__(self) -> str:
        """Write it and return a sentence."""
        archive = capture(
            self.session, self.features, self.path.parent, frame_bytes=self.frame_bytes
        )
        write_archive(self.path, archive)
        return tr("Saved the session “{display_name}”.", display_name=display_name(self.path))

    def is_same_job(self, other: object) -> bool:
        """Whether another job is this one."""
        return other is self


@dataclass(frozen=True, slots=True, eq=False)
class ReadSession:
    """Read a session file and make its images again.

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

    def run(self, report: Report) -> Restored:
        """Return the session."""
        return restore(read_archive(self.path), self.path.parent, self.folders, report)

    def is_same_job(self, other: object) -> bool:
        """Whether another job is this one."""
        return other is self
