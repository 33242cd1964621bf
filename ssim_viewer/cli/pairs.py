"""Which pairs are meant: images named one by one, folders, or a table of pairs."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.cli.errors import CommandError
from ssim_viewer.cli.scorer import Failed, PairFiles
from ssim_viewer.cli.terminal import display_path
from ssim_viewer.images.folder_pairs import References, images_below, why_unpaired
from ssim_viewer.metrics import MapKind, get_map, map_table
from ssim_viewer.metrics.maps.builtin_maps import SIMILARITY_MAPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COLUMNS = ("reference", "distorted")

ALL = "all"


_Names = tuple[Path, Path]
"""A reference and a distorted image as the person wrote them."""


@dataclass(frozen=True, slots=True)
class MapFiles:
    """Which maps are written, and into which folder."""

    folder: Path
    ids: tuple[str, ...]

    @classmethod
    def of(cls, folder: Path | None, names: Sequence[str]) -> MapFiles | None:
        """Return the maps that were asked for by name; without a name SSIM and its parts.

        Raises
        ------
        CommandError
            There are names and no folder.
        MetricError
            No map has one of the names.
        """
        if folder is None:
            if names:
                raise CommandError("--map names a map to write; name a folder with --maps.")
            return None
        if ALL in names:
            return cls(folder, written_maps())
        chosen = tuple(get_map(name).id for name in names) or SIMILARITY_MAPS
        return cls(folder, tuple(dict.fromkeys(str(key) for key in chosen)))


@dataclass(frozen=True, slots=True)
class Asked:
    """The pairs in order, and those of which one image is missing already."""

    pairs: list[PairFiles]
    failed: list[Failed]


def written_maps() -> tuple[str, ...]:
    """Return the ids of the maps that can be written: all but the two images."""
    return tuple(key for key, spec in map_table().items() if spec.kind is not MapKind.IMAGE)


def named_pairs(reference: Path, distorted: Sequence[Path], maps: MapFiles | None) -> Asked:
    """Return the reference with each distorted image."""
    names = [(reference, path) for path in distorted]
    return Asked(_with_maps(names, Path(), maps), [])


def pairs_of_folders(reference: Path, distorted: Sequence[Path], maps: MapFiles | None) -> Asked:
    """Return each image of the folders of distorted images with its reference.

    It is the one with the same path inside the folder of references, else the only one whose path
    is the same but for the suffix.

    Raises
    ------
    CommandError
        If a folder cannot be read, or not a single image has a reference.
    """
    references = References(_images(reference))
    names, failed = [], []
    for folder in distorted:
        for image in _images(folder):
            match references.of(image):
                case [only]:
                    names.append((reference / only, folder / image))
                case several:
                    failed.append(_unpaired(reference, folder / image, several))
    if not names:
        folders = ", ".join(f"“{display_path(folder)}”" for folder in distorted)
        raise CommandError(
            f"No image in {folders} has the name of one in “{display_path(reference)}”."
        )
    return Asked(_with_maps(names, Path(), maps), failed)


def pairs_of_table(table: Path, maps: MapFiles | None) -> Asked:
    """Return the pairs of a CSV file with the columns reference and distorted.

    Relative paths in it start at its folder; reports name images as it does.

    Raises
    ------
    CommandError
        If it cannot be read as such a table.
    """
    names, failed = [], []
    for line, cells in _rows(table):
        if all(cells):
            names.append((Path(cells[0]), Path(cells[1])))
        else:
            where = f"line {line} of {display_path(table)}"
            failed.append(Failed(("", where), "It names only one image of the pair."))
    if not names:
        raise CommandError(f"“{display_path(table)}” holds no pairs.")
    return Asked(_with_maps(names, table.parent, maps), failed)


def _images(folder: Path) -> list[Path]:
    """Return the paths of the images below a folder, from there on and sorted."""
    try:
        return images_below(folder)
    except OSError as error:
        raise CommandError(
            f"The folder “{display_path(folder)}” cannot be read: {error.strerror or error}."
        ) from None


def _unpaired(reference: Path, distorted: Path, partners: Sequence[Path]) -> Failed:
    sentence = why_unpaired([display_path(path) for path in partners])
    return Failed((display_path(reference), display_path(distorted)), sentence)


def _rows(table: Path) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the number and both names of each line."""
    name = display_path(table)
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, skipinitialspace=True)
            if not set(COLUMNS) <= set(rows.fieldnames or ()):
                raise CommandError(f"“{name}” needs the columns {' and '.join(COLUMNS)}.")
            for row in rows:
                reference, distorted = ((row[column] or "").strip() for column in COLUMNS)
                yield rows.line_num, (reference, distorted)
    except (csv.Error, UnicodeDecodeError) as error:
        raise CommandError(f"“{name}” is no CSV file in UTF-8 ({error}).") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CommandError(f"“{name}” cannot be read: {reason}.") from None


def _with_maps(names: Sequence[_Names], start: Path, maps: MapFiles | None) -> list[PairFiles]:
    files = [{}] * len(names) if maps is None else _map_files([d for _, d in names], maps)
    return [
        PairFiles(
            start / reference,
            start / distorted,
            (display_path(reference), display_path(distorted)),
            maps_of_pair,
        )
        for (reference, distorted), maps_of_pair in zip(names, files, strict=True)
    ]


def _map_files(distorted: Sequence[Path], maps: MapFiles) -> list[Mapping[str, Path]]:
    """Return the file of each map of each distorted image; equal names get a number."""
    numbers: dict[str, int] = {}  # the last one given to each name
    files: list[Mapping[str, Path]] = []
    for path in distorted:
        stem, first = path.stem, path.stem.casefold()
        while stem.casefold() in numbers:
            numbers[first] += 1
            stem = f"{path.stem}-{numbers[first]}"
        numbers[stem.casefold()] = 1
        files.append({each: maps.folder / f"{stem}-{_file_word(each)}.tif" for each in maps.ids})
    return files


def _file_word(name: str) -> str:
    return name.lower().replace(" ", "-").replace("_", "-")
