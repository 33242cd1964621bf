"""Jobs that write what several runs have come to, and answer with one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from ssim_viewer.images import ImageError, write_image, write_text
from ssim_viewer.reports.run_sheet import SheetTile, run_sheet
from ssim_viewer.session.intents import ExportTrace
from ssim_viewer.session.provenance import PROGRAM
from ssim_viewer.session.report import MADE, table_as_csv
from ssim_viewer.session.run_actions import SaveImages, SaveSheet
from ssim_viewer.session.saving import FLOAT_SUFFIXES
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.images import Depth
    from ssim_viewer.session.multi_run import GroupFile
    from ssim_viewer.session.run_group import RunGroup, RunState


@dataclass(frozen=True, slots=True, eq=False)
class WriteGroupFile:
    """Write one file of a group of runs, or an image of each."""

    file: GroupFile

    def __call__(self) -> str:
        """Return what was written."""
        match self.file.action:
            case SaveImages(path):
                return _write_images(path, self.file.group)
            case SaveSheet(path):
                return _write_sheet(path, self.file.group)
            case ExportTrace(path):
                return _write_traces(path, self.file.group)
            case _ as other:
                assert_never(other)

    def is_same_job(self, other: object) -> bool:
        """Whether another job writes the same file for the same order."""
        return isinstance(other, WriteGroupFile) and other.file is self.file


def _write_images(path: Path, group: RunGroup[Any]) -> str:
    """Write an image for each run; nothing is written where one of the files is there already."""
    files = {run.name: _file_of(run, path) for run in group.runs if run.image is not None}
    for file in files.values():
        if file.exists():
            raise ImageError(tr("“{name}” is there already; choose another name.", name=file.name))
    floating = path.suffix.lower() in FLOAT_SUFFIXES
    kind: Depth = "float32" if floating else "uint8"
    for run in group.runs:
        if run.image is not None:
            file, made = files[run.name], _made(group, run)
            write_image(file, run.image, group.ssim.data_range, depth=kind, description=made)
    depth = "float32" if floating else tr("8 bits, which rounds their pixels and so their scores")
    first = next(iter(files.values())).name
    return tr(
        "Saved {count} images beside “{first}” in {depth}.",
        count=len(files),
        first=first,
        depth=depth,
    )


def _write_sheet(path: Path, group: RunGroup[Any]) -> str:
    """Write the images of all runs and their scores as one picture."""
    tiles = [
        SheetTile(run.image, _lines(group, run)) for run in group.runs if run.image is not None
    ]
    columns = 2 if len(tiles) in {2, 4} else min(len(tiles), 3)
    picture = run_sheet(tiles, columns, group.ssim.data_range)
    write_image(path, picture, 255, depth="uint8", description=_made(group))
    return tr("Saved “{name}”.", name=path.name)


def _write_traces(path: Path, group: RunGroup[Any]) -> str:
    """Write the traces of all runs as one CSV, a row a step, the name of the run first."""
    rows = [
        (run.name, int(row[0]), *row[1:], "" if place else _made(group, run))
        for run in group.runs
        for place, row in enumerate(run.trace.tolist())
    ]
    write_text(path, table_as_csv(("run", *group.columns, MADE), *rows))
    return tr("Saved “{name}”.", name=path.name)


def _file_of(run: RunState, path: Path) -> Path:
    words = "-".join(re.findall(r"\w+", run.title.lower()))
    return path.with_name(f"{path.stem} {words}{path.suffix}")


def _made(group: RunGroup[Any], run: RunState | None = None) -> str:
    """Return how a run, or all of them, came about, for a file of it."""
    step = tr("{title}, step {step}", title=run.title, step=run.step) if run is not None else ""
    image = next((each.image for each in group.runs if each.image is not None), None)
    words = group.ssim.describe(None if image is None else image.shape)
    return "; ".join(
        part for part in (PROGRAM, group.experiment, step, tr("SSIM: {words}", words=words)) if part
    )


def _lines(group: RunGroup[Any], run: RunState) -> tuple[str, ...]:
    """Return the words below an image: its aim, and its scores."""
    row, shown = run.trace[-1], group.score_places
    scores = [
        f"{name} {value:.6g}"
        for name, value in zip(group.columns[shown], row[shown].tolist(), strict=True)
    ]
    return tr("{title}, step {step}", title=run.title, step=run.step), "  ".join(scores)
