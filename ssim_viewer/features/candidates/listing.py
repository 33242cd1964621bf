"""Which images files, folders and patterns name, and why other files are none."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.images import READABLE_SUFFIXES
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST = 10_000
"""Files of one folder or pattern at most."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not judged, and why, in a few words."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found."""

    files: tuple[Path, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def listed(paths: Iterable[Path]) -> Listing:
    """Return the images that files, folders, and patterns such as ``out/**/*.jpg`` name."""
    files: list[Path] = []
    skipped: list[Skipped] = []
    for path in paths:
        found = _found(path)
        if not found:
            skipped.append(Skipped(str(path), _nothing(path)))
        for each in found[:LARGEST]:
            reason = "" if each == path else _reason(each)
            if reason:
                skipped.append(Skipped(each.name, reason))
            else:
                files.append(each)
        if len(found) > LARGEST:
            skipped.append(
                Skipped(
                    str(path), tr("{count} more files are too many", count=len(found) - LARGEST)
                )
            )
    return Listing(tuple(dict.fromkeys(files)), tuple(skipped))


def is_pattern(path: Path) -> bool:
    """Whether a path names files by a pattern; a file of that very name goes first."""
    return glob.has_magic(str(path)) and not path.exists()


def _found(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(each for each in path.iterdir() if not each.is_dir())
    if is_pattern(path):
        found = map(Path, glob.iglob(str(path.expanduser()), recursive=True))  # noqa: PTH207 - absolute
        return sorted(each for each in found if not each.is_dir())
    return [path]


def _nothing(path: Path) -> str:
    return tr("no file has such a name") if is_pattern(path) else tr("the folder is empty")


def _reason(path: Path) -> str:
    """Return why a file of a folder is no image, or ""."""
    if path.name.startswith("."):
        return tr("it is hidden")
    suffixes = {each.lower() for each in READABLE_SUFFIXES}
    if path.suffix.lower() not in suffixes:
        return tr(
            "“{suffix}” is no kind of image that is read here",
            suffix=path.suffix or tr("no suffix"),
        )
    return ""
