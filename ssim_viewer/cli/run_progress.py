"""A climb followed to its end under a progress bar, or to where Ctrl+C stops it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from ssim_viewer.cli.interruption import Interruption
from ssim_viewer.cli.terminal import progress_console
from ssim_viewer.session.report import TraceRow
from ssim_viewer.session.run import Run, run_from
from ssim_viewer.synthesis import HeldStep, Step

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    import numpy as np
    from numpy.typing import NDArray


@dataclass(slots=True)
class FollowedRun:
    """Every number of a climb, and its last image.

    Attributes
    ----------
    keeps
        Whether images of steps are kept for a recording, within the memory of a `Run`.
    run
        The run with them.
    """

    trace: list[TraceRow] = field(default_factory=list)
    image: NDArray[np.float64] | None = None
    interrupted: bool = False
    keeps: bool = False
    run: Run | None = None

    def add(self, step: Step | HeldStep) -> None:
        """Take a step into the account."""
        held = step.held if isinstance(step, HeldStep) else step.mse
        row = TraceRow(step.index, held, step.value, step.step_size, step.gradient_norm)
        self.trace.append(row)
        self.image = step.image
        if self.keeps:
            kept = Step(step.index, step.image, step.value, held, step.step_size, 0.0)
            self.run = run_from([kept]) if self.run is None else self.run.extended([kept])

    @property
    def drift(self) -> float:
        """Return the largest deviation of what is held, relative to the start."""
        held = [row.mse for row in self.trace]
        return max(abs(each - held[0]) for each in held) / (abs(held[0]) or 1.0)


class Follow(Protocol):
    """Follows a climb; `title` stands before its value on the bar."""

    def __call__(
        self,
        steps: Generator[Step, None, None] | Generator[HeldStep, None, None],
        title: str,
        total: int | None,
        *,
        keeps: bool = False,
    ) -> FollowedRun:
        """Return all of the climb, or what there is of it when Ctrl+C stopped it."""
        ...


@contextmanager
def progress() -> Iterator[Follow]:
    """Show a bar for every climb that is followed, where standard error is a terminal."""
    console = progress_console()
    columns = (
        TextColumn("{task.description} {task.fields[value]:.5g}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with (
        Interruption() as interruption,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar,
    ):

        def follow(
            steps: Generator[Step, None, None] | Generator[HeldStep, None, None],
            title: str,
            total: int | None,
            *,
            keeps: bool = False,
        ) -> FollowedRun:
            followed = FollowedRun(keeps=keeps)
            task = bar.add_task(title, total=total, value=0.0)
            for step in steps:
                followed.add(step)
                bar.update(task, completed=step.index, value=step.value)
                if interruption.asked and step.index != total:
                    followed.interrupted = True
                    steps.close()
                    break
            return followed

        yield follow
