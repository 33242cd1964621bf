"""``ssim-viewer ascend`` and ``descend``: walks at constant MSE, written to files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from ssim_viewer.cli.errors import CommandError
from ssim_viewer.cli.files import notes_of, read_pair, require_writable
from ssim_viewer.cli.interruption import Interruption
from ssim_viewer.cli.metric_options import metric_from
from ssim_viewer.cli.terminal import progress_console, say, write_result
from ssim_viewer.images import read_image, write_text
from ssim_viewer.session.report import TraceRow, trace_as_csv
from ssim_viewer.session.saving import BYTE_SUFFIXES, FLOAT_SUFFIXES, save_distorted
from ssim_viewer.synthesis import Direction, Step, climb, white_noise

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Ssim

_DIRECTIONS = {"ascend": Direction.ASCENT, "descend": Direction.DESCENT}


@dataclass(slots=True)
class Travelled:
    """Every number of a walk, and its last image."""

    trace: list[TraceRow] = field(default_factory=list)
    last: Step | None = None
    interrupted: bool = False

    def add(self, step: Step) -> None:
        """Take a step into the account."""
        row = TraceRow(step.index, step.mse, step.value, step.step_size, step.gradient_norm)
        self.trace.append(row)
        self.last = step


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What a walk starts from, and what is to be said about it."""

    metric: Ssim
    reference: NDArray[np.generic]
    start: NDArray[np.generic]
    pixel_range: tuple[float, float] | None
    notes: list[str]


def run_walk(options: Namespace) -> int:
    """Walk, then write what was reached, also after Ctrl+C."""
    _require_sense(options)
    targets = (path for path in (options.output, options.trace) if path is not None)
    require_writable(targets, force=options.force)
    ground = _ground(options)
    travelled = _walk(options, ground)
    if travelled.last is None:
        raise CommandError("Interrupted before the first step; nothing was written.")
    sentences = [_summary(options, travelled)]
    if options.output is not None:
        saved = save_distorted(
            options.output, ground.metric, ground.reference, travelled.last.image
        )
        sentences.append(saved.sentence())
    if options.trace is not None:
        write_text(options.trace, trace_as_csv(travelled.trace))
        sentences.append(f"Saved “{options.trace.name}” with {len(travelled.trace)} rows.")
    write_result("\n".join(sentences) + "\n")
    for note in ground.notes:
        say(note)
    return 0


def _require_sense(options: Namespace) -> None:
    if (options.start is None) == (options.noise_mse is None):
        raise CommandError(
            "A walk needs one start: give an image START or --noise-mse M "
            f"(see ssim-viewer {options.command} --help)"
        )
    if options.seed is not None and options.noise_mse is None:
        raise CommandError("--seed is of the noise; give --noise-mse M as well.")
    suffixes = BYTE_SUFFIXES + FLOAT_SUFFIXES
    if options.output is not None and options.output.suffix.lower() not in suffixes:
        raise CommandError(f"--output needs a name that ends in {', '.join(suffixes)}.")


def _ground(options: Namespace) -> Ground:
    reference = read_image(options.reference)
    notes = notes_of(reference)
    if options.start is None:
        pixels, start = reference.pixels, None
    else:
        pair = read_pair(reference, options.start, options.align)
        notes += [*notes_of(pair.distorted), *pair.notes]
        reference, pixels, start = pair.reference, pair.reference.pixels, pair.distorted.pixels
    metric = metric_from(options, reference.data_range)
    pixel_range = None if options.free_range else (0.0, metric.data_range)
    if start is None:
        seed = options.seed or 0
        start = white_noise(pixels, options.noise_mse, seed=seed, pixel_range=pixel_range)
    return Ground(metric, pixels, start, pixel_range, list(dict.fromkeys(notes)))


def _walk(options: Namespace, ground: Ground) -> Travelled:
    steps = climb(
        ground.metric,
        ground.reference,
        ground.start,
        _DIRECTIONS[options.command],
        rule=options.rule,
        step_size=options.step_size,
        pixel_range=ground.pixel_range,
        iterations=options.steps,
    )
    console = progress_console()
    columns = (
        TextColumn("MSSIM {task.fields[value]:.4f}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        return _counted(steps, progress, options.steps)


def _counted(steps: Iterable[Step], progress: Progress, total: int) -> Travelled:
    travelled = Travelled()
    task = progress.add_task("", total=total, value=0.0)
    with Interruption() as interruption:
        for step in steps:
            travelled.add(step)
            progress.update(task, completed=step.index, value=step.value)
            if interruption.asked and step.index < total:
                travelled.interrupted = True
                break
    return travelled


def _summary(options: Namespace, travelled: Travelled) -> str:
    first, last = travelled.trace[0], travelled.trace[-1]
    drift = max(abs(row.mse / first.mse - 1) for row in travelled.trace)
    made = f"{last.iteration} of {options.steps} steps"
    if travelled.interrupted:
        made += ", stopped by Ctrl+C"
    elif last.iteration < options.steps:
        made += (
            ", then nothing nearby was better"
            if options.command == "ascend"
            else (", then nothing nearby was worse")
        )
    return (
        f"{_DIRECTIONS[options.command].capitalize()}, {options.rule}: {made}. "
        f"MSSIM {first.ssim:.6f} → {last.ssim:.6f} at MSE {first.mse:.6g}, "
        f"held to {drift:.0e} relative."
    )
