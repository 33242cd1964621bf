"""``ssim-viewer evaluate``: the networks of a run on the images of a folder."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.cli.command import Command
from ssim_viewer.cli.errors import DONE
from ssim_viewer.cli.terminal import progress_console, result_console, say, write_result
from ssim_viewer.cli.training_files import READING, add_file_options
from ssim_viewer.training import parse_loss, require_extra
from ssim_viewer.training.run_file import read_run
from ssim_viewer.training.scoring import SCORES, SYMBOLS, convention
from ssim_viewer.training.tables import cells_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.training.run_file import Run
    from ssim_viewer.training.settings import TrainingSettings

    Scores = Mapping[str, NDArray[np.float64]]


def add_options(parser: ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("run_file", type=Path, metavar="RUN")
    add("folder", type=Path, metavar="FOLDER")
    add("--loss", default="", metavar="NAME", help="the network of the JSON (default the first)")
    add("--json", action="store_true", help="print JSON: means over the images")
    add_file_options(parser)


def run(options: Namespace) -> int:
    """Measure and print."""
    require_extra()
    found = read_run(options.run_file)
    name = parse_loss(options.loss).name if options.loss else found.settings.losses[0]
    given = {key: value for key in READING if (value := getattr(options, key)) is not None}
    settings = replace(found.settings, **given)
    scores = _measured(found, options.folder, name, settings)
    if options.json:
        write_result(json.dumps(_as_json(scores, name), indent=2) + "\n")
    else:
        _print(scores)
    say(convention(found.settings))
    return DONE


def _measured(found: Run, folder: Path, name: str, settings: TrainingSettings) -> Scores:
    from rich.progress import Progress  # noqa: PLC0415 - only the work needs it

    from ssim_viewer.training.inference import (  # noqa: PLC0415 - it imports jax
        RunNetwork,
        evaluate_folder,
    )

    RunNetwork(found, name)  # complains of a loss that is not there before any work
    console = progress_console()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("")

        def tell(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        return evaluate_folder(found, folder, tell, settings)


def _as_json(scores: Scores, name: str) -> dict[str, object]:
    means = {
        each: dict(zip(SCORES, map(_number, values.mean(axis=0)), strict=True))
        for each, values in scores.items()
    }
    return {**means[name], "loss": name, "images": len(scores[name]), "networks": means}


def _number(value: float) -> float | None:
    """Return a number as JSON has it: none is infinite."""
    return float(value) if math.isfinite(value) else None


def _print(scores: Scores) -> None:
    from rich.table import Table  # noqa: PLC0415 - only this needs it

    table = Table("Loss", *(SYMBOLS[each] for each in SCORES), "images", box=None, pad_edge=False)
    for name, values in scores.items():
        title = "Bicubic" if name == "bicubic" else parse_loss(name).title
        cells: Iterable[str] = cells_of(values.mean(axis=0))
        table.add_row(title, *cells, str(len(values)))
    result_console().print(table)


COMMAND = Command(
    "evaluate",
    "measure the networks of a run on the images of a folder",
    "Measure PSNR, SSIM, MS-SSIM, MSE and MAE of what the networks of a run make of the images of "
    "a folder, means over the images. Needs the extra “training”.",
    add_options,
    run,
)
