"""A race to the reference as data: its settings, and the runs that they mean.

One racer alone is a reconstruction.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ssim_viewer.metrics import find
from ssim_viewer.session.multi_run import MultiRun
from ssim_viewer.session.run_group import (
    SECONDS,
    STEP,
    RunGroup,
    RunState,
    new_run,
    steps_in_words,
)
from ssim_viewer.synthesis import Optimizer
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.images import Pair
    from ssim_viewer.metrics import Ssim

ID = "reconstruction_race"

NAMES = "race"
"""Prefix of the object names in its window."""

ALWAYS_MEASURED = ("mse", "ssim", "ms-ssim")
"""What every racer is measured by besides the racers' own metrics, so that one alone has curves."""


class RaceStart(StrEnum):
    """Where every racer starts."""

    NOISE = "noise"
    """Every sample anywhere in the range."""
    NOISE_OF_MSE = tr("noise of an MSE")
    """The reference and white noise of a wanted MSE."""
    GREY = "grey"
    BLUR = "blur"
    SHOWN = tr("image on screen")


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
        The registered names of the metrics that race.
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


class RacePlan:
    """One run for each racer."""

    id = ID
    initial: MultiRun[RaceSettings] = MultiRun(RaceSettings())

    def group(self, settings: RaceSettings, pair: Pair, ssim: Ssim) -> RunGroup[RaceSettings]:
        """Return the racers, none of them begun."""
        measured = tuple(find(name).symbol for name in settings.measured)
        columns = (STEP, SECONDS, *measured, "step_size", "gradient_norm")
        runs = tuple(
            new_run(name, tr("By {symbol}", symbol=find(name).symbol), columns)
            for name in settings.racers
        )
        return RunGroup("race", pair.reference, ssim, settings, columns, len(measured), runs)

    def refusal(self, settings: RaceSettings) -> str:
        """Return why the settings mean nothing, in one sentence, or ""."""
        return "" if settings.racers else tr("Choose at least one metric to race.")

    def why_ended(self, group: RunGroup[RaceSettings], run: RunState) -> str:
        """Return why a racer that met no problem goes no further."""
        settings = group.settings
        so_far = f"{steps_in_words(run.step)}, {run.seconds:.1f} s"
        match settings.finish:
            case Finish.STEPS if run.step >= settings.steps:
                return tr("stopped after {so_far}", so_far=so_far)
            case Finish.SECONDS if run.seconds >= settings.seconds:
                return tr("stopped after {so_far}", so_far=so_far)
            case Finish.VALUE if _is_there(group, run):
                return tr("there after {so_far}", so_far=so_far)
        return tr("converged after {so_far}", so_far=so_far)

    def fraction_done(self, group: RunGroup[RaceSettings]) -> float | None:
        """Return how much of the wanted steps or seconds is done; None where it is not known."""
        settings = group.settings
        if settings.finish is Finish.VALUE:
            return None
        by_steps = settings.finish is Finish.STEPS
        whole = settings.steps if by_steps else settings.seconds
        done = [
            1.0 if run.ended else (run.step if by_steps else run.seconds) / whole
            for run in group.runs
        ]
        return min(1.0, sum(done) / len(done))


PLAN = RacePlan()


def threshold(name: str, value: float, start: float) -> float:
    """Return the value of its own metric at which a racer is there.

    A metric whose best value is 1 has to reach the value itself. An error has no such scale: it
    has to fall to 1 - value of what it is at the start, 0.9 to a tenth; PSNR to rise by as much.
    """
    best = find(name).best
    if best == 0.0:
        return (1 - value) * start
    return start - 10 * math.log10(1 - value) if best == math.inf else value


def _is_there(group: RunGroup[RaceSettings], run: RunState) -> bool:
    entry = find(run.name)
    values = group.values(run, entry.symbol)
    if not len(values):
        return False
    sign = 1 if entry.higher_is_better else -1
    goal = threshold(run.name, group.settings.value, float(values[0]))
    return bool(sign * values[-1] >= sign * goal - 1e-12 * abs(goal))
