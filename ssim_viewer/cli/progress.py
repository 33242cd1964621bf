"""A bar with the rate and the remaining time on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from ssim_viewer.cli.terminal import progress_console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")


@contextmanager
def counted_pairs(total: int, *, rows_shown: bool) -> Iterator[Callable[[int], None]]:
    """Show a bar, and give a function that takes one pair more and how many have failed by then.

    Parameters
    ----------
    total
        How many pairs there are.
    rows_shown
        Whether rows go to standard output meanwhile; on a terminal they would cut through the bar.
    """
    console = progress_console()
    hidden = not console.is_terminal or (rows_shown and sys.stdout.isatty())
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}"),
    )
    # Rich would otherwise send standard output, too, to the console of the bar.
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=hidden,
        redirect_stdout=False,
        redirect_stderr=False,
        speed_estimate_period=10,
    ) as progress:
        task = progress.add_task("", total=total, failed="")

        def count(failed: int) -> None:
            progress.update(task, advance=1, failed=f"{failed} failed" if failed else "")

        yield count


def tracked(items: Iterable[Item], total: int, words: str) -> Iterator[Item]:
    """Yield items as they come, under a bar that says how many there are."""
    console = progress_console()
    columns = (TextColumn(words), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=False,
        redirect_stderr=False,
    ) as progress:
        yield from progress.track(items, total=total)


class _RateColumn(ProgressColumn):
    """Pairs each second, of late."""

    def render(self, task: Task) -> Text:
        rate = task.finished_speed or task.speed
        return Text(f"{rate:.3g} pairs/s" if rate else "")
