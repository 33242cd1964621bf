"""The plate of maximum differentiation: four runs for two metrics, from one start.

Wang and Simoncelli, Journal of Vision 8(12):8, 2008: the best and the worst image of each metric
while the other one is held. Running them, one after the other or in turns, is the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ssim_viewer.synthesis.mad import differentiate
from ssim_viewer.synthesis.steps import Direction

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ssim_viewer.metrics import Metric
    from ssim_viewer.synthesis.mad import HeldWalk
    from ssim_viewer.synthesis.manifolds.protocol import PixelRange

RunName = Literal["best-b", "worst-b", "best-a", "worst-a"]


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
        The walk; see `differentiate`.
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
) -> tuple[PlateRun, PlateRun, PlateRun, PlateRun]:
    """Return the four runs of two metrics, none of them begun.

    They share nothing but the start, so a caller may take a step of each in turn, stop one and go
    on with the others. Parameters and errors are those of `differentiate`.
    """

    def run(name: RunName, held: Metric, varied: Metric, direction: Direction) -> PlateRun:
        steps = differentiate(
            held,
            varied,
            reference,
            start,
            direction,
            pixel_range=pixel_range,
            iterations=iterations,
            tolerance=tolerance,
        )
        return PlateRun(name, held, varied, direction, steps)

    return (
        run("best-b", a, b, Direction.ASCENT),
        run("worst-b", a, b, Direction.DESCENT),
        run("best-a", b, a, Direction.ASCENT),
        run("worst-a", b, a, Direction.DESCENT),
    )
