"""The file layouts of known sets: STL-10 binary, Extended Yale B, Set5, Set14 and BSD folders.

None of these sets comes with the program; they are read where a person has them. Names and bytes
are those of the sets' own readmes (Yale Face Database B; Coates, Lee and Ng 2011; BSDS500), and of
Set5 and Set14 as SelfExSR (``image_SRF_4/img_001_SRF_4_HR.png``), EDSR (``HR`` beside
``LR_bicubic/X4``) and BasicSR (``original`` and ``GTmod12`` beside ``LRbicx4``) pack them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.images import READABLE_SUFFIXES
from ssim_viewer.text import tr
from ssim_viewer.training.errors import TrainingError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

STL_SIDE = 96
_STL_BYTES = 3 * STL_SIDE * STL_SIDE
_YALE = re.compile(r"yaleB(\d+)_P\d+A([+-]\d+)E([+-]\d+)", re.IGNORECASE)
_FACTOR = re.compile(r"_SRF_\d+")
_FULL_FOLDER = re.compile(r"(original|HR|GT(mod\d+)?)$", re.IGNORECASE)
_LOW_FOLDER = re.compile(r"(LR.*|.*bicubic.*|X\d)$", re.IGNORECASE)
_LOW_RESOLUTION = re.compile(r"_LR$|_(bicubic|nearest|glasner|ScSR|Kim|SelfEx|SRCNN)$|x[234]$")


@dataclass(frozen=True, slots=True)
class Shot:
    """What the name of a file of Extended Yale B holds: person, azimuth, elevation in degrees."""

    person: int
    azimuth: float
    elevation: float


def yale_shot(name: str) -> Shot | None:
    """Return what a file name says, or None when it is none of Yale B or has no single light."""
    found = _YALE.match(name)
    return Shot(int(found[1]), float(found[2]), float(found[3])) if found else None


def stl_files(path: Path) -> list[Path]:
    """Return the STL-10 files that a path stands for: itself, or ``*_X.bin`` of a folder."""
    if path.is_file():
        return [path] if path.suffix == ".bin" else []
    return sorted(path.glob("*_X.bin"))


def read_stl(path: Path, limit: int) -> NDArray[np.uint8]:
    """Return the first images of an STL-10 file, (N, 96, 96, 3) RGB.

    The file holds bytes: images, channels, columns, rows (Coates, Lee, Ng, AISTATS 2011).

    Raises
    ------
    TrainingError
        The size is not that of whole images.
    """
    size = path.stat().st_size
    if size == 0 or size % _STL_BYTES:
        raise TrainingError(
            tr(
                "“{name}” is no STL-10 file: its size is no multiple of {stl_bytes} bytes.",
                name=path.name,
                stl_bytes=_STL_BYTES,
            )
        )
    count = min(limit, size // _STL_BYTES)
    found = np.fromfile(path, np.uint8, count * _STL_BYTES)
    return found.reshape(count, 3, STL_SIDE, STL_SIDE).transpose(0, 3, 2, 1)


def picture_files(folder: Path) -> list[Path]:
    """Return the image files of a folder and of the folders in it, in order of their names.

    Of Set5 and Set14 as they are often packed, with files ``…_HR`` beside ``…_LR`` and the results
    of methods, or a folder of originals beside those of small versions, only the originals, and
    each once; of Yale B no ``Ambient`` files.
    """
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in READABLE_SUFFIXES
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and "Ambient" not in path.name
    )
    full = [path for path in found if path.stem.endswith("_HR")]
    if full:
        return _each_once(full)
    originals = [path for path in found if _FULL_FOLDER.match(path.parent.name)]
    if originals and any(_is_low(path, folder) for path in found):
        return _each_once(originals)
    return [path for path in found if not _LOW_RESOLUTION.search(path.stem)]


def _each_once(paths: list[Path]) -> list[Path]:
    """Return the first file of each image, which may be there cut to fit several factors."""
    found: dict[tuple[Path, str], Path] = {}
    for path in paths:
        found.setdefault((path.parent.parent, _FACTOR.sub("", path.stem)), path)
    return list(found.values())


def _is_low(path: Path, folder: Path) -> bool:
    return any(_LOW_FOLDER.match(part) for part in path.relative_to(folder).parts[:-1])


def held_out_part(files: list[Path]) -> list[Path]:
    """Return the files in folders named test or val, as BSD has them; [] when there are none."""
    return [path for path in files if path.parent.name.lower() in ("test", "val", "valid")]
