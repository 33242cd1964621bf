"""``ssim-viewer mad``: the plate of maximum differentiation, four images in a folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.cli.climb_inputs import (
    ground_of_level,
    require_numbers_for,
    require_one_start,
)
from ssim_viewer.cli.climbing import written
from ssim_viewer.cli.errors import DONE, CommandError
from ssim_viewer.cli.files import make_folder, require_writable
from ssim_viewer.cli.metric_names import named_metric
from ssim_viewer.cli.run_progress import progress
from ssim_viewer.cli.terminal import display_path, say, write_result
from ssim_viewer.images import write_image, write_text
from ssim_viewer.reports.run_sheet import SheetTile, run_sheet
from ssim_viewer.session.provenance import PROGRAM
from ssim_viewer.session.report import MADE, table_as_csv
from ssim_viewer.synthesis import MAD_RUNS, Direction, plate

if TYPE_CHECKING:
    from argparse import Namespace

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.cli.climb_inputs import ClimbInputs
    from ssim_viewer.cli.metric_names import Named
    from ssim_viewer.cli.run_progress import FollowedRun
    from ssim_viewer.synthesis import MadRun

_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Corner:
    """One of the four runs, in the order of `MAD_RUNS`."""

    goal: str
    held: Named
    varied: Named

    @property
    def name(self) -> str:
        """Return the name of its image, without a suffix."""
        plain = f"{self.goal}-{self.varied.name}-at-{self.held.name}"
        return re.sub(r"[^\w.()-]+", "-", plain)  # settings may follow a metric's name

    def summary(self, followed: FollowedRun) -> str:
        """Return what came of the run."""
        first, last = followed.trace[0], followed.trace[-1]
        stopped = ", stopped by Ctrl+C" if followed.interrupted else ""
        return (
            f"{self.goal.capitalize()} {self.varied.symbol}: {first.ssim:.6g} → {last.ssim:.6g} "
            f"at {self.held.in_words(first.mse)}, held to {followed.drift:.0e} relative, "
            f"in {last.iteration} steps{stopped}."
        )

    def tile(self, followed: FollowedRun) -> SheetTile:
        """Return its image with both scores."""
        last = followed.trace[-1]
        lines = (
            f"{self.goal} {self.varied.in_words(last.ssim)}",
            f"at {self.held.in_words(last.mse)}",
        )
        return SheetTile(reached(followed), lines)


def run_mad(options: Namespace) -> int:
    """Make the four images, then write them with their picture and traces, also after Ctrl+C."""
    require_one_start(options)
    inputs = ground_of_level(options)
    a, b = (named_metric(name, inputs.ssim) for name in (options.hold, options.vary))
    if a.name == b.name:
        raise CommandError(f"--hold and --vary need two metrics, not {a.name} twice.")
    metrics = a, b
    corners = [Corner(goal_of(run), metrics[run.held], metrics[run.varied]) for run in MAD_RUNS]
    suffix = ".tif" if options.float else ".png"
    require_numbers_for(Path(f"image{suffix}"), inputs, "give --float")
    files = [options.output / f"{corner.name}{suffix}" for corner in corners]
    picture, traces = options.output / "plate.png", options.output / "traces.csv"
    make_folder(options.output)
    require_writable([*files, picture, traces], force=options.force)
    results = _run(options, inputs, corners)
    sentences = []
    for corner, file, followed in zip(corners, files, results, strict=True):
        told = written(inputs, followed, corner.held, corner.varied, output=file)
        sentences += [corner.summary(followed), *told]
    white = inputs.ssim.data_range
    tiles = _tiles(inputs, corners, results)
    made = f"{PROGRAM}; maximum differentiation of {a.symbol} and {b.symbol}; SSIM: "
    made += inputs.convention
    drawn = run_sheet(tiles, _COLUMNS, white)
    write_image(picture, drawn, 255.0, depth="uint8", description=made)
    write_text(traces, _traces(a, b, corners, results, made))
    sentences.append(f"Saved plate.png and traces.csv, too, in “{display_path(options.output)}”.")
    write_result("\n".join(sentences) + "\n")
    for note in inputs.notes:
        say(note)
    return DONE


def goal_of(run: MadRun) -> str:
    """Return what a run pushes its metric to, in one word."""
    return "best" if run.direction is Direction.ASCENT else "worst"


def reached(followed: FollowedRun) -> NDArray[np.float64]:
    """Return the last image of a run; CommandError if it was stopped before its first."""
    if followed.image is None:
        raise CommandError("Interrupted before the first step; nothing was written.")
    return followed.image


def _run(options: Namespace, inputs: ClimbInputs, corners: list[Corner]) -> list[FollowedRun]:
    runs = plate(
        corners[0].held.metric,
        corners[0].varied.metric,
        inputs.reference,
        inputs.start,
        pixel_range=inputs.pixel_range,
        iterations=options.steps,
        counts=inputs.counts,
    )
    with progress() as follow:
        return [
            follow(run.steps, corner.name, options.steps)
            for run, corner in zip(runs, corners, strict=True)
        ]


def _tiles(
    inputs: ClimbInputs, corners: list[Corner], results: list[FollowedRun]
) -> list[SheetTile]:
    """Return two rows: the start and the images at its first metric, the reference and the others.

    So each row holds one metric, and the best stands beside the worst.
    """
    drawn = [corner.tile(each) for corner, each in zip(corners, results, strict=True)]
    first, corner = results[0].trace[0], corners[0]
    words = (
        f"start: {corner.varied.in_words(first.ssim)}",
        f"at {corner.held.in_words(first.mse)}",
    )
    start = SheetTile(inputs.start, words)
    return [start, *drawn[:2], SheetTile(inputs.reference, ("reference", "")), *drawn[2:]]


def _traces(
    a: Named, b: Named, corners: list[Corner], results: list[FollowedRun], made: str
) -> str:
    """Return the four traces as one table; each metric has its column, held or varied.

    How they were made stands in the last column, in its first line.
    """
    columns = ("run", "iteration", a.name, b.name, "step_size", "gradient_norm", MADE)
    lines: list[list[object]] = [[*columns]]
    for corner, followed in zip(corners, results, strict=True):
        for row in followed.trace:
            scores = [row.mse, row.ssim] if corner.held == a else [row.ssim, row.mse]
            steps = [row.step_size, row.gradient_norm]
            words = made if len(lines) == 1 else ""
            lines.append([corner.name, row.iteration, *scores, *steps, words])
    return table_as_csv(*lines)
