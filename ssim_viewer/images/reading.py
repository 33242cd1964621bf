"""Files to images: paths, and what the file system says. Decoding has a module of its own."""

import os
import stat
from dataclasses import replace
from pathlib import Path

from ssim_viewer.images.decoding import decode_image
from ssim_viewer.images.errors import ImageError
from ssim_viewer.images.image import Image

# fmt: off
READABLE_SUFFIXES: tuple[str, ...] = (
    ".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".bmp", ".dib", ".webp", ".avif",
    ".jp2", ".j2k", ".pgm", ".ppm", ".pbm", ".pnm", ".pam", ".pfm", ".hdr", ".pic", ".gif",
    ".ras", ".sr",
)
# fmt: on
_LARGEST_FILE = 2**31 - 1  # bytes; OpenCV counts them in a signed 32-bit integer


def read_image(path: str | os.PathLike[str], *, background: float = 0.5) -> Image:
    """Read an image file.

    Parameters
    ----------
    path
        Any path, in any script.
    background
        The grey under transparency, as a fraction of the data range.

    Returns
    -------
    Image
        Upright, grey or RGB, with its data range from its type.

    Raises
    ------
    ImageError
        One sentence for whatever keeps the file from being an image.
    """
    path = Path(path)
    name = display_name(path)
    image = decode_image(_read_bytes(path, name), name, background=background)
    return replace(image, path=path)


def display_name(path: Path) -> str:
    """Return a file's name in one printable line, whatever bytes it is made of."""
    name = os.fsencode(path.name or path).decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        _require_file(path.stat(), name)
        return path.read_bytes()
    except FileNotFoundError:
        reason = "does not exist; check its name and its folder"
    except PermissionError:
        reason = "may not be read; change its permissions or choose a copy of your own"
    except OSError as error:
        reason = f"could not be read ({error.strerror or error}); choose another file"
    except ValueError as error:
        if isinstance(error, ImageError):
            raise
        reason = f"is no possible name of a file ({error}); choose another one"
    raise ImageError(f"“{name}” {reason}.")


def _require_file(status: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ImageError(f"“{name}” is a folder; choose an image file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise ImageError(f"“{name}” is a device or a pipe; choose an image file.")
    if status.st_size > _LARGEST_FILE:
        raise ImageError(f"“{name}” is larger than 2 GB; save a smaller part of it.")
