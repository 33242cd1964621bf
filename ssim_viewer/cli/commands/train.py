"""``ssim-viewer train``: small networks that learn by one loss or several, without a window."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ssim_viewer.cli.command import Command
from ssim_viewer.cli.errors import DONE, INTERRUPTED, CommandError
from ssim_viewer.cli.files import require_writable
from ssim_viewer.cli.interruption import Interruption
from ssim_viewer.cli.terminal import display_path, progress_console, result_console, say
from ssim_viewer.cli.training_files import READING, add_file_options
from ssim_viewer.cli.values import count, count_from_one, positive
from ssim_viewer.training import TrainingError, require_extra
from ssim_viewer.training.run_file import read_run, write_run
from ssim_viewer.training.settings import FACTORS, TrainingSettings
from ssim_viewer.training.tables import table_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterator

    from ssim_viewer.training.run_file import Run
    from ssim_viewer.training.trainer import Trainer

SETTINGS = (
    *("network", "data", "steps", "side", "batch", "code", "factor", "rate", "seed", "every"),
    *READING,
)


def add_options(parser: ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("--network", choices=["autoencoder", "sr"], help="sr: SRCNN 9-5-5 (default autoencoder)")
    add(
        "--loss",
        action="append",
        metavar="NAME",
        help="mse, mae, ssim, ms-ssim, mix, any metric, exact-NAME through its exact gradient, or "
        "a sum such as 0.84*ms-ssim+0.16*mae; again for another one beside it (default the first "
        "four)",
    )
    add("--data", metavar="samples|faces|FOLDER", help="(default samples)")
    add("--steps", type=count_from_one, metavar="N", help="(default 600)")
    add("--output", type=Path, metavar="RUN", help="the file of the run")
    add("--resume", action="store_true", help="go on where RUN ended, also after a crash")
    add("--side", type=count_from_one, metavar="N", help="of a patch in pixels (48; sr 33)")
    add("--batch", type=count_from_one, metavar="N", help="patches a step (32; sr 4)")
    add("--code", type=count_from_one, metavar="N", help="numbers in a code (64)")
    add("--factor", type=count_from_one, choices=FACTORS, help="of the super-resolution (4)")
    add("--rate", type=positive, metavar="R", help="learning rate of Adam (0.001; sr 0.0002)")
    add("--seed", type=count, metavar="N", help="of weights, order and generated data (0)")
    add("--every", type=count_from_one, metavar="N", help="steps between measurements (20)")
    add("--force", action="store_true", help="overwrite a run that exists")
    add_file_options(parser)


def run(options: Namespace) -> int:
    """Train and print the table of held-out images."""
    require_extra()
    if options.output is None:
        raise CommandError("train needs --output RUN.")
    path: Path = options.output
    resumed = options.resume and path.exists()
    require_writable([path], force=options.force or options.resume)
    with Interruption() as interruption, _bar() as (progress, tell):
        trainer = _trainer(options, path, resumed=resumed, tell=tell)
        for note in trainer.settings.notes:
            say(note)
        write_run(path, trainer.run())
        task = progress.add_task("", total=trainer.settings.steps, completed=trainer.step)
        while not (trainer.done or interruption.asked):
            if trainer.advance():
                write_run(path, trainer.run())
            progress.update(task, completed=trainer.step)
        trainer.measure()
        finished = trainer.run()
        write_run(path, finished)
    for sentence in finished.stopped.values():
        say(sentence)
    _print(finished)
    if interruption.asked:
        say(f"Stopped at step {finished.step}; --resume goes on from “{display_path(path)}”.")
        return INTERRUPTED
    return DONE


def _trainer(
    options: Namespace, path: Path, *, resumed: bool, tell: Callable[[str], None]
) -> Trainer:
    from ssim_viewer.training.trainer import Trainer  # noqa: PLC0415 - it imports jax

    given = {name: value for name in SETTINGS if (value := getattr(options, name)) is not None}
    if options.loss:
        given["losses"] = tuple(options.loss)
    if not resumed:
        return Trainer(TrainingSettings(**given), tell)
    found = read_run(path)
    wanted = replace(found.settings, **given)
    kept = replace(wanted, steps=found.settings.steps)
    if kept != found.settings:
        raise TrainingError(
            f"“{display_path(path)}” was begun with other settings; only --steps may change, or "
            "train anew under another name."
        )
    return Trainer.resumed(replace(found, settings=wanted), tell)


@contextmanager
def _bar() -> Iterator[tuple[Progress, Callable[[str], None]]]:
    """Show a bar of steps, with a few words about what is being done, where a person sees it."""
    console = progress_console()
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=False,
        redirect_stderr=False,
    ) as progress:

        def tell(words: str) -> None:
            for task in progress.task_ids:
                progress.update(task, description=words)

        yield progress, tell


def _print(finished: Run) -> None:
    from rich.table import Table  # noqa: PLC0415 - only the end needs it

    found = table_of(finished)
    table = Table(*found.columns, box=None, pad_edge=False)
    for row in found.rows:
        table.add_row(row.method, *row.cells, row.source)
    result_console().print(table)
    say(found.note)


COMMAND = Command(
    "train",
    "train small networks by one loss or several, side by side",
    "Train copies of one network, one by each loss, from the same weights with the same patches, "
    "and measure held-out images. Ctrl+C stops and saves; --resume goes on. Needs the extra "
    "“training”.",
    add_options,
    run,
)
