"""Requests that write what several runs have come to, and answer with one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.images import ImageError, write_image, write_text
from ssim_viewer.session.plate import PlateSettings
from ssim_viewer.session.plate_picture import Tile, plate_picture
from ssim_viewer.session.provenance import PROGRAM
from ssim_viewer.session.report import MADE, table_as_csv
from ssim_viewer.session.saving import FLOAT_SUFFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.images import Depth
    from ssim_viewer.session.lanes import Course, Lane


@dataclass(frozen=True, slots=True, eq=False)
class SaveImagesRequest:
    """Write an image for each run, under one stem and its own words."""

    path: Path
    course: Course

    def __call__(self) -> str:
        """Return what was written; nothing is, where one of the files is there already."""
        files = {lane.name: self._file(lane) for lane in _seen(self.course)}
        for file in files.values():
            if file.exists():
                raise ImageError(f"“{file.name}” is there already; choose another name.")
        floating = self.path.suffix.lower() in FLOAT_SUFFIXES
        white = self.course.ssim.data_range
        for lane in _seen(self.course):
            image = lane.image
            assert image is not None  # noqa: S101 - it was seen
            kind: Depth = "float32" if floating else "uint8"
            made = _made(self.course, lane)
            write_image(files[lane.name], image, white, depth=kind, description=made)
        depth = "float32" if floating else "8 bits, which rounds their pixels and so their scores"
        first = next(iter(files.values())).name
        return f"Saved {len(files)} images beside “{first}” in {depth}."

    def _file(self, lane: Lane) -> Path:
        words = "-".join(re.findall(r"\w+", lane.title.lower()))
        return self.path.with_name(f"{self.path.stem} {words}{self.path.suffix}")


@dataclass(frozen=True, slots=True, eq=False)
class SavePlateRequest:
    """Write the images of all runs and their numbers as one picture."""

    path: Path
    course: Course

    def __call__(self) -> str:
        """Return what was written."""
        lanes = _seen(self.course)
        tiles = [
            Tile(lane.image, _lines(self.course, lane)) for lane in lanes if lane.image is not None
        ]
        columns = 2 if len(tiles) in {2, 4} else min(len(tiles), 3)
        picture = plate_picture(tiles, columns, self.course.ssim.data_range)
        write_image(self.path, picture, 255, depth="uint8", description=_made(self.course))
        return f"Saved “{self.path.name}”."


@dataclass(frozen=True, slots=True, eq=False)
class ExportTracesRequest:
    """Write the traces of all runs as one CSV, a row a step, the run's name first."""

    path: Path
    course: Course

    def __call__(self) -> str:
        """Return what was written."""
        rows = [
            (lane.name, int(row[0]), *row[1:], "" if place else _made(self.course, lane))
            for lane in self.course.lanes
            for place, row in enumerate(lane.trace.tolist())
        ]
        write_text(self.path, table_as_csv(("run", *self.course.columns, MADE), *rows))
        return f"Saved “{self.path.name}”."


def _seen(course: Course) -> list[Lane]:
    return [lane for lane in course.lanes if lane.image is not None]


def _made(course: Course, lane: Lane | None = None) -> str:
    """Return how a run, or all of them, came about, for a file of it."""
    run = f"{lane.title}, step {lane.step}" if lane is not None else ""
    image = next((each.image for each in course.lanes if each.image is not None), None)
    words = course.ssim.describe(None if image is None else image.shape)
    kind = "maximum differentiation" if isinstance(course.settings, PlateSettings) else "race"
    return "; ".join(part for part in (PROGRAM, kind, run, f"SSIM: {words}") if part)


def _lines(course: Course, lane: Lane) -> tuple[str, ...]:
    """Return the words below an image: what it is after, and its scores."""
    row = lane.trace[-1]
    shown = slice(2, 4) if isinstance(course.settings, PlateSettings) else slice(2, -2)
    scores = [
        f"{name} {value:.6g}"
        for name, value in zip(course.columns[shown], row[shown].tolist(), strict=True)
    ]
    return f"{lane.title}, step {lane.step}", "  ".join(scores)
