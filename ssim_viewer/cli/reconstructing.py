"""``ssim-viewer reconstruct``: from noise, grey, blur or a file towards the reference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.cli.climb_inputs import (
    climb_inputs_from,
    require_image_suffix,
    require_numbers_for,
)
from ssim_viewer.cli.climbing import written
from ssim_viewer.cli.errors import DONE
from ssim_viewer.cli.files import require_writable
from ssim_viewer.cli.metric_names import named_metric
from ssim_viewer.cli.run_progress import progress
from ssim_viewer.cli.terminal import say, write_result
from ssim_viewer.synthesis import Beginning, beginning, reconstruct

if TYPE_CHECKING:
    from argparse import Namespace

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.cli.climb_inputs import ClimbInputs, Pixels
    from ssim_viewer.cli.metric_names import Named
    from ssim_viewer.cli.run_progress import FollowedRun


def run_reconstruct(options: Namespace) -> int:
    """Reconstruct, then write what was reached, also after Ctrl+C."""
    require_image_suffix(options.output)
    targets = (path for path in (options.output, options.trace) if path is not None)
    require_writable(targets, force=options.force)
    inputs = _inputs(options)
    require_numbers_for(options.output, inputs, "give --output a name that ends in .tif")
    mse, metric = (named_metric(name, inputs.ssim) for name in ("mse", options.metric))
    steps = reconstruct(
        metric.metric,
        inputs.reference,
        inputs.start,
        optimizer=options.optimizer,
        learning_rate=options.learning_rate,
        pixel_range=inputs.pixel_range,
        until=options.until,
        iterations=options.steps,
        seconds=options.seconds,
        counts=inputs.counts,
    )
    with progress() as follow:
        followed = follow(steps, metric.symbol, options.steps)
    told = written(
        inputs,
        followed,
        mse,
        metric,
        run=f"a reconstruction by {metric.symbol} with {options.optimizer}",
        output=options.output,
        trace=options.trace,
    )
    write_result("\n".join([_summary(options, followed, metric), *told]) + "\n")
    for note in inputs.notes:
        say(note)
    return DONE


def _inputs(options: Namespace) -> ClimbInputs:
    try:
        kind = Beginning(options.start)
    except ValueError:
        return climb_inputs_from(options, Path(options.start))

    def made(reference: Pixels, white: float, _: NDArray[np.bool_] | None) -> Pixels:
        return beginning(kind, reference, pixel_range=(0.0, white), seed=options.seed)

    return climb_inputs_from(options, made)


def _summary(options: Namespace, followed: FollowedRun, metric: Named) -> str:
    first, last = followed.trace[0], followed.trace[-1]
    end = ", stopped by Ctrl+C" if followed.interrupted else ""
    return (
        f"Reconstruction, {options.optimizer}: {last.iteration} steps{end}. "
        f"{metric.symbol} {first.ssim:.6f} → {last.ssim:.6f}, MSE {first.mse:.6g} → {last.mse:.6g}."
    )
