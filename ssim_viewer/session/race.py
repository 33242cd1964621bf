"""A race to the reference as data: its settings, and the runs that they mean.

One racer alone is a reconstruction.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ssim_viewer.metrics import find
from ssim_viewer.session.lanes import SECONDS, STEP, Bench, Course, Lane, new_lane, steps_in_words
from ssim_viewer.synthesis import Optimizer

if TYPE_CHECKING:
    from ssim_viewer.images import Pair
    from ssim_viewer.metrics import Ssim

ALWAYS_MEASURED = ("mse", "ssim", "ms-ssim")
"""What every racer is measured by besides the racers' own metrics, so that one alone has curves."""


class RaceStart(StrEnum):
    """Where every racer starts."""

    NOISE = "noise"
    """Every sample anywhere in the range."""
    NOISE_OF_MSE = "noise of an MSE"
    """The reference and white noise of a wanted MSE."""
    GREY = "grey"
    BLUR = "blur"
    SHOWN = "image on screen"


class Finish(StrEnum):
    """What ends a racer's way."""

    VALUE = "threshold"
    STEPS = "steps"
    SECONDS = "seconds"


@dataclass(frozen=True, slots=True)
class RaceSettings:
    """What a race is made from.

    Attributes
    ----------
    racers
        The catalogue's names of the metrics that race.
    noise_mse
        MSE of the noise, in squared units of an image whose white is 255.
    value, steps, seconds
        Where a racer stops, by what `finish` says; see `threshold` for the value.
    """

    racers: tuple[str, ...] = ALWAYS_MEASURED
    start: RaceStart = RaceStart.NOISE
    noise_mse: float = 2500.0
    seed: int = 0
    optimizer: Optimizer = Optimizer.LBFGSB
    finish: Finish = Finish.STEPS
    value: float = 0.9
    steps: int = 200
    seconds: float = 20.0

    @property
    def measured(self) -> tuple[str, ...]:
        """The metrics that every racer is measured by."""
        return tuple(dict.fromkeys((*self.racers, *ALWAYS_MEASURED)))


@dataclass(frozen=True, slots=True, eq=False)
class Race(Bench):
    """The window of the race."""

    settings: RaceSettings = RaceSettings()


def race_course(settings: RaceSettings, pair: Pair, ssim: Ssim) -> Course:
    """Return the racers, none of them begun."""
    measured = tuple(find(name).symbol for name in settings.measured)
    columns = (STEP, SECONDS, *measured, "step_size", "gradient_norm")
    lanes = tuple(new_lane(name, f"By {find(name).symbol}", columns) for name in settings.racers)
    return Course(pair.reference, ssim, settings, columns, lanes)


def threshold(name: str, value: float, start: float) -> float:
    """Return the value of its own metric at which a racer is there.

    A metric whose best value is 1 has to reach the value itself. An error has no such scale: it
    has to fall to 1 - value of what it is at the start, 0.9 to a tenth; PSNR to rise by as much.
    """
    best = find(name).best
    if best == 0.0:
        return (1 - value) * start
    return start - 10 * math.log10(1 - value) if best == math.inf else value


def race_end(settings: RaceSettings, course: Course, lane: Lane) -> str:
    """Return why a racer that met no problem goes no further."""
    so_far = f"{steps_in_words(lane.step)}, {lane.seconds:.1f} s"
    match settings.finish:
        case Finish.STEPS if lane.step >= settings.steps:
            return f"stopped after {so_far}"
        case Finish.SECONDS if lane.seconds >= settings.seconds:
            return f"stopped after {so_far}"
        case Finish.VALUE if _is_there(settings, course, lane):
            return f"there after {so_far}"
    return f"converged after {so_far}"


def race_progress(settings: RaceSettings, course: Course) -> float | None:
    """Return how much of the wanted steps or seconds is done, or None where it cannot be told."""
    if settings.finish is Finish.VALUE:
        return None
    by_steps = settings.finish is Finish.STEPS
    whole = settings.steps if by_steps else settings.seconds
    done = [
        1.0 if lane.ended else (lane.step if by_steps else lane.seconds) / whole
        for lane in course.lanes
    ]
    return min(1.0, sum(done) / len(done))


def _is_there(settings: RaceSettings, course: Course, lane: Lane) -> bool:
    entry = find(lane.name)
    values = course.values(lane, entry.symbol)
    if not len(values):
        return False
    sign = 1 if entry.higher_is_better else -1
    goal = threshold(lane.name, settings.value, float(values[0]))
    return bool(sign * values[-1] >= sign * goal - 1e-12 * abs(goal))
