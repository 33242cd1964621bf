"""Writing a recording under a progress bar; Ctrl+C leaves no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from ssim_viewer.cli.errors import CommandError
from ssim_viewer.cli.interruption import Interruption
from ssim_viewer.cli.terminal import progress_console
from ssim_viewer.reports.animation import record

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.reports.film import Film

RECORD_HELP = "also write it as a moving picture: .gif, .webp or .mp4 (needs the extra video)"


def recorded(path: Path, film: Film) -> str:
    """Write a film, and return one sentence about it.

    Raises
    ------
    CommandError
        Ctrl+C stopped it.
    ImageError
        As `record`.
    """
    console = progress_console()
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
    with (
        Interruption() as interruption,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("Recording", total=1.0)

        def report(fraction: float) -> None:
            bar.update(task, completed=fraction)
            if interruption.asked:
                raise CommandError(f"Interrupted; “{path.name}” was not written.")

        return record(path, film, report=report)
