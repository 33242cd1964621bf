"""A session file: a zip archive with ``session.json`` and the pixels that have no file."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer import __version__
from ssim_viewer.features.sessions.plain import from_plain, to_plain
from ssim_viewer.images import ImageError, write_bytes
from ssim_viewer.images.reading import display_name
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.features.sessions.saved import SavedSession

    Arrays = Mapping[str, NDArray[Any]]

SUFFIX = ".ssimv"
FORMAT = tr("ssim_viewer session")
VERSION = 1
"""Raised when a reader of the version before would not understand a file."""

PAGE, PIXELS = "session.json", "pixels/"

LARGEST_PAGE = 64 * 2**20
"""Bytes of JSON; more is no session."""


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """A session with the arrays that it names by their digests."""

    session: SavedSession
    arrays: Arrays = field(default_factory=dict)


def write_archive(path: Path, archive: Archive) -> None:
    """Write a session file, whole or not at all.

    Raises
    ------
    ImageError
        One sentence if it cannot be written.
    """
    page = {"format": FORMAT, "version": VERSION, "program": __version__}
    page["session"] = to_plain(archive.session)
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr(PAGE, json.dumps(page, indent=1))
        for digest, array in archive.arrays.items():
            _add(file, digest, array)
    write_bytes(path, memory.getvalue())


def read_archive(path: Path) -> Archive:
    """Read a session file.

    Raises
    ------
    ImageError
        One sentence if it is missing, damaged, no session, or of a newer version.
    """
    name = display_name(path)
    try:
        with zipfile.ZipFile(path) as file:
            page = _page(file)
            _require_known(page, name)
            session = from_plain(page["session"])
            members = [each for each in file.namelist() if each.startswith(PIXELS)]
            arrays = {_digest(each): _array(each, file.read(each)) for each in members}
    except ImageError:
        raise
    except FileNotFoundError:
        reason = tr("does not exist; check its name and its folder")
    except PermissionError:
        reason = tr("may not be read; change its permissions or choose a copy of your own")
    except OSError as error:
        reason = tr(
            "could not be read ({value}); choose another file", value=error.strerror or error
        )
    except MemoryError:
        reason = tr("needs more memory than there is")
    except _DAMAGE:
        reason = tr("is damaged or no session file; choose another copy of it")
    else:
        return Archive(session, arrays)
    raise ImageError(f"“{name}” {reason}.")


_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RecursionError, NotImplementedError, RuntimeError),
    *(LookupError, TypeError, ValueError, AttributeError, cv2.error),
)
"""What reading bytes that nobody wrote as a session may raise."""


def _page(file: zipfile.ZipFile) -> dict[str, Any]:
    if file.getinfo(PAGE).file_size > LARGEST_PAGE:
        raise ValueError(PAGE)
    page = json.loads(file.read(PAGE))
    if not isinstance(page, dict):
        raise TypeError(PAGE)
    return page


def _require_known(page: dict[str, Any], name: str) -> None:
    if page["format"] != FORMAT:
        raise ValueError(page["format"])
    if int(page["version"]) > VERSION:
        raise ImageError(
            tr(
                "“{name}” was saved by a newer ssim_viewer ({page}; this "
                "one is {version}); update the program to open it.",
                name=name,
                page=page.get("program", "unknown"),
                version=__version__,
            )
        )


def _add(file: zipfile.ZipFile, digest: str, array: NDArray[Any]) -> None:
    done, png = False, None
    if array.dtype in (np.uint8, np.uint16) and (array.ndim == 2 or array.shape[2:] == (3,)):
        ordered = array[:, :, ::-1] if array.ndim == 3 else array
        done, png = cv2.imencode(".png", np.ascontiguousarray(ordered))
    if done and png is not None:
        file.writestr(f"{PIXELS}{digest}.png", png.tobytes(), zipfile.ZIP_STORED)
        return
    memory = io.BytesIO()
    np.save(memory, array, allow_pickle=False)
    file.writestr(f"{PIXELS}{digest}.npy", memory.getvalue())


def _array(name: str, data: bytes) -> NDArray[Any]:
    if name.endswith(".npy"):
        array: NDArray[Any] = np.load(io.BytesIO(data), allow_pickle=False)
    else:
        found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
        if found is None:
            raise ValueError(name)
        array = np.ascontiguousarray(found[:, :, ::-1] if found.ndim == 3 else found)
    array.flags.writeable = False
    return array


def _digest(name: str) -> str:
    return name.removeprefix(PIXELS).rpartition(".")[0]
