"""``ssim-viewer reconstruct``: from noise, grey, blur or a file towards the reference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.cli.errors import DONE
from ssim_viewer.cli.files import require_writable
from ssim_viewer.cli.ground import ground_from, require_image_suffix
from ssim_viewer.cli.metric_names import named_metric
from ssim_viewer.cli.terminal import say, write_result
from ssim_viewer.cli.travelling import progress
from ssim_viewer.cli.walking import written
from ssim_viewer.synthesis import Beginning, beginning, reconstruct

if TYPE_CHECKING:
    from argparse import Namespace

    from ssim_viewer.cli.ground import Ground, Pixels
    from ssim_viewer.cli.metric_names import Named
    from ssim_viewer.cli.travelling import Travelled


def run_reconstruct(options: Namespace) -> int:
    """Reconstruct, then write what was reached, also after Ctrl+C."""
    require_image_suffix(options.output)
    targets = (path for path in (options.output, options.trace) if path is not None)
    require_writable(targets, force=options.force)
    ground = _ground(options)
    mse, metric = (named_metric(name, ground.ssim) for name in ("mse", options.metric))
    steps = reconstruct(
        metric.metric,
        ground.reference,
        ground.start,
        optimizer=options.optimizer,
        learning_rate=options.learning_rate,
        pixel_range=ground.pixel_range,
        until=options.until,
        iterations=options.steps,
        seconds=options.seconds,
    )
    with progress() as follow:
        travelled = follow(steps, metric.symbol, options.steps)
    told = written(ground, travelled, mse, metric, output=options.output, trace=options.trace)
    write_result("\n".join([_summary(options, travelled, metric), *told]) + "\n")
    for note in ground.notes:
        say(note)
    return DONE


def _ground(options: Namespace) -> Ground:
    try:
        kind = Beginning(options.start)
    except ValueError:
        return ground_from(options, Path(options.start))

    def made(reference: Pixels, white: float) -> Pixels:
        return beginning(kind, reference, pixel_range=(0.0, white), seed=options.seed)

    return ground_from(options, made)


def _summary(options: Namespace, travelled: Travelled, metric: Named) -> str:
    first, last = travelled.trace[0], travelled.trace[-1]
    end = ", stopped by Ctrl+C" if travelled.interrupted else ""
    return (
        f"Reconstruction, {options.optimizer}: {last.iteration} steps{end}. "
        f"{metric.symbol} {first.ssim:.6f} → {last.ssim:.6f}, MSE {first.mse:.6g} → {last.mse:.6g}."
    )
