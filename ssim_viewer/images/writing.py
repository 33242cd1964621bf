"""Images, arrays and other results to files, each whole or not at all.

Everything is written beside its target under another name, brought to the disk, and only then
moved over the target. A failure leaves the old file as it was and nothing else behind.
"""

import io
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Literal

import cv2
import numpy as np

from ssim_viewer.images.descriptions import described_png, encoded_tiff
from ssim_viewer.images.errors import ImageError
from ssim_viewer.images.reading import display_name
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

Depth = Literal["uint8", "float32"]

_IMAGE_SUFFIXES: dict[str, tuple[str, ...]] = {
    "uint8": (".png", ".tif", ".tiff", ".bmp"),
    "float32": (".tif", ".tiff"),
}
_TIFF_SUFFIXES = (".tif", ".tiff")
_ARRAY_SUFFIXES = (".tif", ".tiff", ".npy")
_IN_WORDS = {"uint8": tr("8-bit images"), "float32": tr("float images")}


def write_image(
    path: str | os.PathLike[str],
    pixels: Pixels,
    data_range: float,
    *,
    depth: Depth,
    description: str = "",
) -> Pixels:
    """Write an image without loss beyond its depth, and return what the file then holds.

    Parameters
    ----------
    path
        The target; its suffix chooses the format: PNG, TIFF or BMP for 8 bits, TIFF for floats.
    pixels
        (H, W) or (H, W, 3) RGB, of any number type.
    data_range
        The value of white in `pixels`.
    depth
        "uint8" scales to 0…255, rounds to the nearest and clips; "float32" keeps the values, and
        their unit, as they are.
    description
        How the image was made, in words; PNG and TIFF hold it, BMP has no place for it.

    Returns
    -------
    ndarray of uint8 or float32
        Exactly the pixels in the file, so that their scores can be told.

    Raises
    ------
    ImageError
        If the suffix is not one of the depth's, or the file cannot be written.
    """
    path = Path(path)
    _require_suffix(path, _IMAGE_SUFFIXES[depth], _IN_WORDS[depth])
    if not np.isfinite(pixels).all() and (depth == "uint8" or np.isinf(pixels).any()):
        raise ImageError(
            tr(
                "“{display_name}” was not written: the image holds values that are not finite; "
                "NaN has a place in floats alone, .tif.",
                display_name=display_name(path),
            )
        )
    stored = to_uint8(pixels, data_range) if depth == "uint8" else pixels.astype(np.float32)
    write_bytes(path, _encode(stored, path, description))
    return stored


def write_array(path: str | os.PathLike[str], array: Pixels, *, description: str = "") -> None:
    """Write a map: as float32 TIFF, or as NPY with its type kept.

    Parameters
    ----------
    path
        The target, ending in .tif, .tiff or .npy.
    array
        (H, W) or (H, W, 3).
    description
        How it was made, in words; TIFF holds it, NPY has no place for it.

    Raises
    ------
    ImageError
        If the suffix is another one, or the file cannot be written.
    """
    path = Path(path)
    _require_suffix(path, _ARRAY_SUFFIXES, "maps")
    if path.suffix.lower() == ".npy":
        buffer = io.BytesIO()
        np.save(buffer, array, allow_pickle=False)
        write_bytes(path, buffer.getvalue())
    else:
        write_bytes(path, _encode(array.astype(np.float32), path, description))


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write UTF-8 text, whole or not at all; see `write_bytes`."""
    write_bytes(path, text.encode())


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file, whole or not at all.

    Parameters
    ----------
    path
        The target; what was there is replaced. A link stays a link.
    data
        The whole content.

    Raises
    ------
    ImageError
        One sentence if it cannot be written; the old file is then as it was.
    """
    try:
        _replace(Path(path).resolve(), data)
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ImageError(
            tr(
                "“{name}” could not be written ({reason}); choose another name or folder.",
                name=display_name(Path(path)),
                reason=reason,
            )
        ) from None


def to_uint8(pixels: Pixels, data_range: float) -> Pixels:
    """Scale 0…data_range to 0…255, round to the nearest and clip; uint8 of range 255 is copied."""
    scaled = np.rint(pixels.astype(np.float64) * (255.0 / data_range))
    return np.clip(scaled, 0, 255).astype(np.uint8)


def _require_suffix(path: Path, suffixes: tuple[str, ...], what: str) -> None:
    if path.suffix.lower() not in suffixes:
        *rest, last = suffixes
        raise ImageError(
            tr(
                "“{name}” has no suffix that can be written; end the name of {what} with {names} "
                "or {last}.",
                name=display_name(path),
                what=what,
                names=", ".join(rest),
                last=last,
            )
        )


def _encode(pixels: Pixels, path: Path, description: str) -> bytes:
    if path.suffix.lower() in _TIFF_SUFFIXES:
        return encoded_tiff(pixels, description)
    ordered = pixels[:, :, ::-1] if pixels.ndim == 3 else pixels
    try:
        done, encoded = cv2.imencode(path.suffix.lower(), np.ascontiguousarray(ordered))
    except cv2.error:
        done = False
    if not done:
        shape = "×".join(map(str, pixels.shape))
        raise ImageError(
            tr(
                "“{name}” could not hold an array of {shape}.",
                name=display_name(path),
                shape=shape,
            )
        )
    return described_png(encoded.tobytes(), description)


def _replace(target: Path, data: bytes) -> None:
    mode = _mode_of(target)
    if mode is not None and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        target.write_bytes(data)  # a device such as /dev/stdout is written to, never replaced
        return
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(0, tr("it is protected from writing"))
    # Not from tempfile: created this way the file gets the permissions any new file gets.
    temporary = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(stat.S_IMODE(mode))
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _mode_of(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None
