"""Looking at files on a worker: which have changed, vanished or come."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssim_viewer.images import READABLE_SUFFIXES, Image, ImageError, read_image
from ssim_viewer.images.reading import stamp_of
from ssim_viewer.images.recipe import FileRecipe

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.jobs.runner import Report

    Stamp = tuple[int, int]

STABLE = 0.2
"""Seconds for which size and time of a file must stay the same before it is read."""

PATIENCE = 10.0
"""Seconds after which a file that cannot be decoded is said to be no image."""

GONE = (0, 0)
"""The stamp of a file that is not there."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What was found on disk.

    Attributes
    ----------
    images
        Pairs of an image and of the same file read again.
    gone
        Images whose files are not there any more.
    problems
        A sentence for each file that changed and cannot be read, by its path.
    stamps
        Size and time of the files that changed.
    names
        The images in the folder, or None where there is no folder to look at.
    fresh
        Those that were not there before.
    """

    images: tuple[tuple[Image, Image], ...] = ()
    gone: tuple[Image, ...] = ()
    problems: dict[Path, str] = field(default_factory=dict)
    stamps: dict[Path, Stamp] = field(default_factory=dict)
    names: frozenset[Path] | None = None
    fresh: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class LookAtFiles:
    """Look at the files of images, and at a folder.

    Attributes
    ----------
    known
        Size and time of files, where they are not those of the image: what was told already.
    names
        The images in the folder when it was looked at before, or None.
    """

    images: tuple[Image, ...]
    known: dict[Path, Stamp] = field(default_factory=dict)
    folder: Path | None = None
    names: frozenset[Path] | None = None

    def run(self, report: Report) -> Seen:
        """Return what has changed; files that are still being written are waited for."""
        again, gone = [], []
        problems: dict[Path, str] = {}
        stamps: dict[Path, Stamp] = {}
        for image in self.images:
            recipe = image.recipe
            if not isinstance(recipe, FileRecipe):
                continue
            known = self.known.get(recipe.path, (recipe.size, recipe.mtime_ns))
            stamp = stamp_of(recipe.path)
            if stamp == known:
                continue
            stamps[recipe.path] = stamp
            if stamp == GONE:
                gone.append(image)
                continue
            try:
                again.append((image, read_when_whole(recipe, report)))
            except ImageError as error:
                problems[recipe.path] = str(error)
                stamps[recipe.path] = stamp_of(recipe.path)
        names = None if self.folder is None else images_in(self.folder)
        before = names if self.names is None else self.names
        fresh = (names or frozenset()) - (before or frozenset())
        whole = tuple(path for path in sorted(fresh) if _is_whole(path, report))
        if names is not None:
            names -= fresh - set(whole)  # what is not whole yet is new again the next time
        return Seen(tuple(again), tuple(gone), problems, stamps, names, whole)


def read_when_whole(recipe: FileRecipe, report: Report) -> Image:
    """Read a file once its size and time stay the same and it can be decoded.

    Raises
    ------
    ImageError
        If it can still not be decoded after a while without change.
    """
    end = time.monotonic() + PATIENCE
    while True:
        before = stamp_of(recipe.path)
        _wait(STABLE, report)
        if stamp_of(recipe.path) != before:
            end = time.monotonic() + PATIENCE
            continue
        try:
            image = read_image(recipe.path, background=recipe.background, profile=recipe.profile)
        except ImageError:
            if time.monotonic() > end or before == GONE:
                raise
        else:
            if stamp_of(recipe.path) == before:
                return image


def images_in(folder: Path) -> frozenset[Path]:
    """Return the files of a folder whose names are those of images; none if it is not there."""
    try:
        return frozenset(
            path for path in folder.iterdir() if path.suffix.lower() in READABLE_SUFFIXES
        )
    except OSError:
        return frozenset()


def _is_whole(path: Path, report: Report) -> bool:
    before = stamp_of(path)
    _wait(STABLE, report)
    if before == GONE or before[0] == 0 or stamp_of(path) != before:
        return False
    try:
        read_image(path)
    except ImageError:
        return False
    return True


def _wait(seconds: float, report: Report) -> None:
    """Wait on a worker, and give up when it is closed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        report(0.0)
        time.sleep(0.02)
