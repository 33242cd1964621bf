"""``ssim-viewer ascend`` and ``descend``: climbs at a constant level, written to files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.cli.climb_inputs import (
    ground_of_level,
    require_image_suffix,
    require_numbers_for,
    require_one_start,
)
from ssim_viewer.cli.errors import DONE, CommandError
from ssim_viewer.cli.files import require_writable
from ssim_viewer.cli.metric_names import named_metric
from ssim_viewer.cli.recording import recorded
from ssim_viewer.cli.run_progress import progress
from ssim_viewer.cli.terminal import say, write_result
from ssim_viewer.images import write_text
from ssim_viewer.metrics import restricted_metric
from ssim_viewer.reports.animation import check
from ssim_viewer.reports.films import climb_film
from ssim_viewer.session.provenance import PROGRAM
from ssim_viewer.session.report import trace_as_csv
from ssim_viewer.session.saving import save_distorted
from ssim_viewer.synthesis import Direction, Rule, climb, differentiate

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from ssim_viewer.cli.climb_inputs import ClimbInputs
    from ssim_viewer.cli.metric_names import Named
    from ssim_viewer.cli.run_progress import FollowedRun
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.run import Run

_DIRECTIONS = {"ascend": Direction.ASCENT, "descend": Direction.DESCENT}


def run_climb(options: Namespace) -> int:
    """Climb, then write what was reached, also after Ctrl+C."""
    require_one_start(options)
    require_image_suffix(options.output)
    if options.record is not None:
        check(options.record)
    files = options.output, options.trace, options.record
    require_writable((path for path in files if path is not None), force=options.force)
    inputs = ground_of_level(options)
    require_numbers_for(options.output, inputs, "give --output a name that ends in .tif")
    held, varied = (named_metric(name, inputs.ssim) for name in (options.hold, options.metric))
    followed = _climb(options, inputs, held, varied)
    sentences = [_summary(options, followed, held, varied)]
    sentences += written(inputs, followed, held, varied, output=options.output, trace=options.trace)
    if options.record is not None and followed.run is not None:
        sentences.append(recorded(options.record, _film(inputs, followed.run, held, varied)))
    write_result("\n".join(sentences) + "\n")
    for note in inputs.notes:
        say(note)
    return DONE


def _film(inputs: ClimbInputs, run: Run, held: Named, varied: Named) -> Film:
    better = "higher" if varied.metric.higher_is_better else "lower"
    bound = restricted_metric(inputs.ssim, inputs.counts).bind(inputs.reference)
    white = inputs.ssim.data_range
    words = {"symbol": varied.symbol, "better": better, "held": held.symbol}
    return climb_film(run, lambda: bound, white, **words)


def written(
    inputs: ClimbInputs,
    followed: FollowedRun,
    held: Named,
    varied: Named,
    *,
    run: str = "",
    output: Path | None = None,
    trace: Path | None = None,
) -> list[str]:
    """Write the last image and the trace where they were asked for, and return what to say.

    Both tell how they were made: by `run`, in words, or else by a climb.

    Raises
    ------
    CommandError
        If there is no image yet.
    """
    if followed.image is None:
        raise CommandError("Interrupted before the first step; nothing was written.")
    sentences = []
    made = made_by(inputs, followed, run or _climb_in_words(followed, held, varied))
    if output is not None:
        others = {each.symbol: each.metric for each in (held, varied) if each.name not in _USUAL}
        images = inputs.reference, followed.image
        saved = save_distorted(
            output, inputs.ssim, *images, others, made=made, counts=inputs.counts
        )
        sentences.append(saved.sentence())
    if trace is not None:
        write_text(
            trace, trace_as_csv(followed.trace, held=held.name, varied=varied.name, made=made)
        )
        sentences.append(f"Saved “{trace.name}” with {len(followed.trace)} rows.")
    return sentences


def made_by(inputs: ClimbInputs, followed: FollowedRun, run: str) -> str:
    """Return how the last image of a run, and its trace, were made, for their files."""
    words = f"SSIM: {inputs.convention}"
    if not followed.trace:
        return f"{PROGRAM}; {words}"
    return f"{PROGRAM}; step {followed.trace[-1].iteration} of {run}; {words}"


def _climb_in_words(followed: FollowedRun, held: Named, varied: Named) -> str:
    if not followed.trace:
        return ""
    return f"a climb by {varied.symbol} at {held.in_words(followed.trace[0].mse)}"


_USUAL = ("mse", "ssim")  # told of every file that is written


def _climb(options: Namespace, inputs: ClimbInputs, held: Named, varied: Named) -> FollowedRun:
    direction, keeps = _DIRECTIONS[options.command], options.record is not None
    with progress() as follow:
        if held.entry.name == "mse":
            climbing = climb(
                varied.metric,
                inputs.reference,
                inputs.start,
                direction,
                rule=options.rule,
                step_size=options.step_size,
                pixel_range=inputs.pixel_range,
                iterations=options.steps,
                counts=inputs.counts,
            )
            return follow(climbing, varied.symbol, options.steps, keeps=keeps)
        if options.rule == Rule.FIXED:
            raise CommandError("--rule fixed climbs at constant MSE only; leave out --hold.")
        steps = differentiate(
            held.metric,
            varied.metric,
            inputs.reference,
            inputs.start,
            direction,
            step_size=options.step_size,
            pixel_range=inputs.pixel_range,
            iterations=options.steps,
            counts=inputs.counts,
        )
        return follow(steps, varied.symbol, options.steps, keeps=keeps)


def _summary(options: Namespace, followed: FollowedRun, held: Named, varied: Named) -> str:
    if not followed.trace:
        return ""
    first, last = followed.trace[0], followed.trace[-1]
    made = f"{last.iteration} of {options.steps} steps"
    if followed.interrupted:
        made += ", stopped by Ctrl+C"
    elif last.iteration < options.steps:
        made += f", then nothing nearby was {'better' if options.command == 'ascend' else 'worse'}"
    return (
        f"{_DIRECTIONS[options.command].capitalize()}, {options.rule}: {made}. "
        f"{varied.symbol} {first.ssim:.6f} → {last.ssim:.6f} at {held.in_words(first.mse)}, "
        f"held to {followed.drift:.0e} relative."
    )
