"""Small sessions that the tests of views render."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.images import Pair, image_from_array
from ssim_viewer.metrics import Ssim, evaluate
from ssim_viewer.session.measurement import Measurements, ssim_measurement
from ssim_viewer.session.run import Run, run_from
from ssim_viewer.session.state import Document, Session
from ssim_viewer.synthesis import Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

LUMA = Ssim(color="luma")


def reference(*, color: bool = False, floats: bool = False) -> NDArray[np.generic]:
    """Return a textured image of 24 × 32 pixels."""
    shape = (24, 32, 3) if color else (24, 32)
    values = np.random.default_rng(1).integers(40, 200, shape)
    return (values / 255).astype(np.float32) if floats else values.astype(np.uint8)


def session_of(
    *, color: bool = False, floats: bool = False, identical: bool = False, metric: Ssim = LUMA
) -> Session:
    """Return a session with a pair on screen, measured."""
    x = reference(color=color, floats=floats)
    y = x if identical else np.roll(x, 1, axis=0)
    pair = Pair(image_from_array(x, "x"), image_from_array(np.ascontiguousarray(y), "y"), ())
    metric = replace(metric, data_range=pair.reference.data_range)
    measured = ssim_measurement(
        pair.reference.pixels,
        pair.distorted.pixels,
        evaluate(metric.bind(pair.reference.pixels), pair.distorted.pixels),
    )
    return Session(document=Document(pair=pair, metric=metric), measurements=Measurements(measured))


def run_of(last: int, *, mse: float = 2500.0, cursor: int | None = None) -> Run:
    """Return a run whose MSSIM falls from 0.5 by 0.01 a step."""
    image = np.zeros((2, 2))
    steps = [Step(i, image, 0.5 - 0.01 * i, mse, 1.0, 0.1) for i in range(last + 1)]
    run = run_from(steps)
    return run if cursor is None else run.scrubbed(cursor)


def with_run(session: Session, run: Run | None, *branches: Run) -> Session:
    """Return the session with a run and branches."""
    return replace(session, document=replace(session.document, run=run, branches=branches))
