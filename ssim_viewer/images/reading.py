"""Files to images: paths, and what the file system says. Decoding has a module of its own."""

import os
import stat
from dataclasses import replace
from pathlib import Path

from ssim_viewer.images.decoding import decode_image, picture_names
from ssim_viewer.images.errors import ImageError
from ssim_viewer.images.image import Image
from ssim_viewer.images.profiles import Profile
from ssim_viewer.images.recipe import FileRecipe
from ssim_viewer.text import tr

_LARGEST_FILE = 2**31 - 1  # bytes; decoders count them in signed 32-bit integers


def read_image(
    path: str | os.PathLike[str],
    *,
    background: float = 0.5,
    profile: Profile = "keep",
    damaged: bool = False,
) -> Image:
    """Read an image file.

    Parameters
    ----------
    path
        Any path, in any script. ``FILE#2`` means the second page, frame, layer or array of FILE,
        and ``FILE#name`` the one of this name, unless a file has this very name.
    background
        The grey under transparency, as a fraction of the data range.
    profile
        "keep" leaves the numbers of a file with an ICC profile as stored; "convert" brings its
        colours to sRGB. The notes say which, unless the profile is sRGB.
    damaged
        Whether a damaged file is read as far as it goes, with a note, instead of refused.

    Returns
    -------
    Image
        Upright, grey or RGB, with its data range from its type.

    Raises
    ------
    ImageError
        One sentence for whatever keeps the file from being an image.
    """
    file, which = split_path(path)
    name = display_name(file)
    size, mtime_ns = stamp_of(path)  # before reading: a later change is then seen as one
    image = decode_image(
        _read_bytes(file, name),
        name,
        background=background,
        which=which,
        profile=profile,
        damaged=damaged,
    )
    if which is not None:
        image = replace(image, name=f"{name}#{which}")
    recipe = FileRecipe(Path(path), profile, background, size, mtime_ns)
    return replace(image, path=Path(path), recipe=recipe)


def list_pictures(path: str | os.PathLike[str]) -> tuple[str, ...]:
    """Return the names of the pages, frames, layers or arrays that an image file holds.

    The n-th is read with ``read_image("FILE#n")``. Thumbnails and reduced copies are left out.

    Raises
    ------
    ImageError
        One sentence if the file cannot be read as an image.
    """
    file, _ = split_path(path)
    name = display_name(file)
    return picture_names(_read_bytes(file, name), name)


def split_path(path: str | os.PathLike[str]) -> tuple[Path, str | None]:
    """Split ``FILE#which``; the whole is the file where a file has this very name."""
    path = Path(path)
    stem, mark, which = path.name.rpartition("#")
    if not (mark and stem and which) or _exists(path):
        return path, None
    file = path.with_name(stem)
    return (file, which) if _exists(file) else (path, None)


def names_a_file(path: str | os.PathLike[str]) -> bool:
    """Whether a path, or ``FILE#which``, names a file that is there."""
    return _exists(split_path(path)[0])


def stamp_of(path: str | os.PathLike[str]) -> tuple[int, int]:
    """Return bytes and time of change, in nanoseconds, of a file; zeros where it is not there."""
    try:
        status = split_path(path)[0].stat()
    except (OSError, ValueError):
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def display_name(path: Path) -> str:
    """Return a file's name in one printable line, whatever bytes it is made of."""
    name = os.fsencode(path.name or path).decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        _require_file(path.stat(), name)
        return path.read_bytes()
    except FileNotFoundError:
        reason = tr("does not exist; check its name and its folder")
    except PermissionError:
        reason = tr("may not be read; change its permissions or choose a copy of your own")
    except OSError as error:
        reason = tr(
            "could not be read ({reason}); choose another file", reason=error.strerror or error
        )
    except ValueError as error:
        if isinstance(error, ImageError):
            raise
        reason = tr("is no possible name of a file ({error}); choose another one", error=error)
    raise ImageError(tr("“{name}” {trouble}.", name=name, trouble=reason))


def _require_file(status: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ImageError(tr("“{name}” is a folder; choose an image file in it.", name=name))
    if not stat.S_ISREG(status.st_mode):
        raise ImageError(tr("“{name}” is a device or a pipe; choose an image file.", name=name))
    if status.st_size > _LARGEST_FILE:
        raise ImageError(tr("“{name}” is larger than 2 GB; save a smaller part of it.", name=name))
