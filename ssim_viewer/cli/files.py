"""Which files a command reads and may write, looked at before any work is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.cli.errors import CommandError
from ssim_viewer.cli.terminal import display_path
from ssim_viewer.images import AS_THEY_ARE, ImageError, Pairing, SizeMismatch, read_image

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ssim_viewer.images import Image, Pair, Profile


def read_pair(
    reference: Image,
    path: Path,
    pairing: Pairing = AS_THEY_ARE,
    *,
    profile: Profile = "keep",
) -> Pair:
    """Return the reference and the image of a file as a pair, with the notes of all that was done.

    Raises
    ------
    ImageError
        If the file is no image.
    CommandError
        If the sizes differ and no alignment was chosen.
    """
    distorted = read_image(path, profile=profile)
    try:
        pair = pairing.pair(reference, distorted)
    except SizeMismatch:
        raise CommandError(
            f"{reference.name} is {reference.size_text} and {distorted.name} is "
            f"{distorted.size_text}: choose --align crop, pad or resize."
        ) from None
    return pair


def notes_of(*images: Image) -> list[str]:
    """Return what reading did to the images, each note with the name of its image."""
    return [f"{image.name}: {note}" for image in images for note in image.notes]


def require_writable(paths: Iterable[Path], *, force: bool) -> None:
    """Make sure that no file is in the way and that every folder is there.

    Raises
    ------
    CommandError
        Naming the first file that cannot be written.
    """
    seen: set[Path] = set()
    for path in paths:
        name = display_path(path)
        try:
            if path.is_dir():
                raise CommandError(f"“{name}” is a folder; give the name of a file.")
            if path.exists() and not force:
                raise CommandError(f"“{name}” exists already; overwrite it with --force.")
            if not path.absolute().parent.is_dir():
                raise CommandError(f"“{name}” cannot be written: its folder does not exist.")
            resolved = path.resolve()
        except (OSError, ValueError) as error:
            raise CommandError(f"“{name}” cannot be written: {error}.") from None
        if resolved in seen:
            raise CommandError(f"“{name}” is asked for twice; give each result its own file.")
        seen.add(resolved)


def make_folder(path: Path) -> None:
    """Make a folder with all above it, unless it is there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ImageError(f"The folder “{display_path(path)}” cannot be made: {reason}.") from None
