"""The four runs of maximum differentiation for two metrics, from one start.

Wang and Simoncelli, Journal of Vision 8(12):8, 2008: the best and the worst image of each metric
while the other one is held. Running them, one after the other or in turns, is the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ssim_viewer.synthesis.mad import differentiate
from ssim_viewer.synthesis.steps import Direction

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics import Metric
    from ssim_viewer.synthesis.mad import HeldWalk
    from ssim_viewer.synthesis.manifolds.protocol import PixelRange

RunName = Literal["best-b", "worst-b", "best-a", "worst-a"]


@dataclass(frozen=True, slots=True)
class MadRun:
    """One of the four as data: which of the metrics a and b is held, and where the other one goes.

    Attributes
    ----------
    held
        0 holds a, 1 holds b.
    direction
        Ascent to the best, descent to the worst.
    """

    name: RunName
    held: Literal[0, 1]
    direction: Direction

    @property
    def varied(self) -> int:
        """Index of the metric that is pushed: 0 is a, 1 is b."""
        return 1 - self.held


MAD_RUNS = (
    MadRun("best-b", 0, Direction.ASCENT),
    MadRun("worst-b", 0, Direction.DESCENT),
    MadRun("best-a", 1, Direction.ASCENT),
    MadRun("worst-a", 1, Direction.DESCENT),
)
"""The four runs, in the order in which they are shown: first with a held, then with b held."""


@dataclass(frozen=True, slots=True, eq=False)
class PlateRun:
    """One of the four runs.

    Parameters
    ----------
    name
        ``"best-b"`` and ``"worst-b"`` with a held, then ``"best-a"`` and ``"worst-a"`` with b held.
    held, varied
        The metric that stays and the one that is pushed.
    direction
        Ascent to the best, descent to the worst.
    steps
        The iterates; see `differentiate`.
    """

    name: RunName
    held: Metric
    varied: Metric
    direction: Direction
    steps: HeldWalk


def plate(
    a: Metric,
    b: Metric,
    reference: ArrayLike,
    start: ArrayLike,
    *,
    pixel_range: PixelRange | None = (0.0, 255.0),
    iterations: int | None = None,
    tolerance: float = 1e-9,
    counts: NDArray[np.bool_] | None = None,
) -> tuple[PlateRun, PlateRun, PlateRun, PlateRun]:
    """Return the four runs of two metrics, none of them begun.

    They share nothing but the start, so a caller may take a step of each in turn, stop one and go
    on with the others. Parameters and errors are those of `differentiate`.
    """
    metrics = a, b

    def begin(run: MadRun) -> PlateRun:
        held, varied = metrics[run.held], metrics[run.varied]
        steps = differentiate(
            held,
            varied,
            reference,
            start,
            run.direction,
            pixel_range=pixel_range,
            iterations=iterations,
            tolerance=tolerance,
            counts=counts,
        )
        return PlateRun(run.name, held, varied, run.direction, steps)

    best_b, worst_b, best_a, worst_a = (begin(run) for run in MAD_RUNS)
    return best_b, worst_b, best_a, worst_a
