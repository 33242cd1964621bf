"""Looking at files when the system tells of a change, and now and then where it tells nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from ssim_viewer.features.watching.jobs import LookAtFiles, Seen
from ssim_viewer.features.watching.state import (
    ID,
    Follow,
    Watching,
    watched_folder,
    watched_images,
)
from ssim_viewer.images.reading import split_path
from ssim_viewer.images.recipe import FileRecipe
from ssim_viewer.jobs import Runner
from ssim_viewer.session.intents import OpenFile, RefreshImages, Tell
from ssim_viewer.session.state import Choice, Role
from ssim_viewer.text import joined
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.feature import Port
    from ssim_viewer.images import Image
    from ssim_viewer.jobs.runner import JobResult
    from ssim_viewer.session.state import Session

POLL = 1000
"""Milliseconds between two looks: folders on a network tell of nothing by themselves."""

KEY = "follow_changes"
"""The key of the tick in the settings."""


class WatchingService(QObject):
    """Looks at the files of the document while changes are followed."""

    def __init__(self, port: Port) -> None:
        super().__init__(port.window)
        self._port = port
        self._runner = Runner("watching", latest_wins=False, parent=self)
        self._runner.finished.connect(self._looked)
        self._system = QFileSystemWatcher(self)
        self._system.fileChanged.connect(self._look)
        self._system.directoryChanged.connect(self._look)
        self._timer = QTimer(self, interval=POLL)
        self._timer.timeout.connect(self._look)
        self._known: dict[Path, tuple[int, int]] = {}
        self._images: tuple[Image, ...] = ()
        self._folder: Path | None = None
        self._names: frozenset[Path] | None = None
        port.changed.connect(self._follow)
        if port.window.preferences.text(KEY):
            port.want(Follow(on=True))
            self._timer.start()

    @property
    def idle(self) -> bool:
        """Whether nothing that was found is still to be shown; a look by itself shows nothing."""
        return True

    def acted(self, action: object) -> None:
        """Begin or end looking."""
        if not isinstance(action, Follow):
            return  # that a session is saved, at short intervals too, ends nothing
        self._port.window.preferences.set_text(KEY, "on" if action.on else "")
        if action.on:
            self._timer.start()
            self._look()
        else:
            self._timer.stop()
            self._names = None
            self._watched_by_system(())

    def close(self) -> None:
        """End looking."""
        self._timer.stop()
        self._port.changed.disconnect(self._follow)
        self._runner.close()

    @property
    def _on(self) -> bool:
        return cast("Watching", self._port.session.features.get(ID, Watching())).on

    @Slot(object)
    def _follow(self, session: Session) -> None:
        """Look at other files when there are others."""
        images = watched_images(session)
        if images == self._images:
            return
        self._images = images
        self._known = {}
        folder = watched_folder(session)
        if folder != self._folder:
            self._folder, self._names = folder, None
        if self._on:
            self._look()

    @Slot()
    def _look(self) -> None:
        if not self._on or self._runner.busy:
            return
        paths = [each.recipe.path for each in self._images if isinstance(each.recipe, FileRecipe)]
        files = {str(split_path(path)[0]) for path in paths}
        self._watched_by_system((*files, *{str(path.parent) for path in paths}))
        self._runner.submit(LookAtFiles(self._images, dict(self._known), self._folder, self._names))

    def _watched_by_system(self, wanted: tuple[str, ...]) -> None:
        """Let the system tell of these files; one that was replaced is forgotten by it."""
        present = {*self._system.files(), *self._system.directories()}
        if old := [path for path in present if path not in wanted]:
            self._system.removePaths(old)
        if new := [path for path in wanted if path not in present]:
            self._system.addPaths(new)

    @Slot(object)
    def _looked(self, outcome: JobResult) -> None:
        if outcome.cancelled or outcome.problem or not self._on:
            return
        job, seen = cast("LookAtFiles", outcome.request), cast("Seen", outcome.result)
        if job.images == self._images:
            self._known |= seen.stamps
            self._show(seen)
        if job.folder == self._folder:
            self._names = seen.names
            if seen.fresh:
                self._port.want(_news(seen.fresh))

    def _show(self, seen: Seen) -> None:
        if seen.images:
            self._port.want(RefreshImages(seen.images))
        if seen.gone:
            names = ", ".join(f"“{image.name}”" for image in seen.gone)
            text = tr("{names} are not on disk any more; what is on screen stays.", names=names)
            if len(seen.gone) == 1:
                text = tr("{names} is not on disk any more; what is on screen stays.", names=names)
            self._port.want(Tell(text, is_error=True))
        if seen.problems:
            self._port.want(Tell(joined(" ", seen.problems.values()), is_error=True))


def _news(fresh: tuple[Path, ...]) -> Tell:
    latest = fresh[-1]
    text = tr("“{name}” is new in the folder.", name=latest.name)
    if len(fresh) > 1:
        more = len(fresh) - 1
        text = tr("“{name}” and {more} more are new in the folder.", name=latest.name, more=more)
    choice = Choice(
        "open_new",
        tr("Open"),
        tr("Open “{name}” as the distorted image.", name=latest.name),
        OpenFile(Role.DISTORTED, latest),
    )
    return Tell(text, (choice,))
