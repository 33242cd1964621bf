"""Maximum differentiation as data: its settings, and the four runs that they mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from ssim_viewer.metrics import Ssim, find
from ssim_viewer.session.family import made
from ssim_viewer.session.lanes import SECONDS, STEP, Bench, Course, Lane, new_lane, steps_in_words
from ssim_viewer.synthesis import Direction

if TYPE_CHECKING:
    from ssim_viewer.images import Pair
    from ssim_viewer.metrics import Metric
    from ssim_viewer.session.state import Document


class PlateStart(StrEnum):
    """Where the four runs start."""

    NOISE = "noise"
    SHOWN = "image on screen"
    PAPER = "2008 paper"
    """Everything as in the paper: MSE against SSIM with 8×8 windows, from white noise."""


@dataclass(frozen=True, slots=True)
class PlateSettings:
    """What a plate is made from.

    Attributes
    ----------
    a, b
        The catalogue's names of the two metrics.
    noise_mse
        MSE of the noise, in squared units of an image whose white is 255.
    in_range
        Whether every pixel is kept in [0, data range].
    steps
        Steps after which each run stops; 0 goes on until nothing better is near.
    """

    a: str = "mse"
    b: str = "ssim"
    start: PlateStart = PlateStart.NOISE
    noise_mse: float = 1024.0
    seed: int = 0
    in_range: bool = True
    steps: int = 0

    @property
    def names(self) -> tuple[str, str]:
        """The metrics in use; the paper's scene has its own."""
        return ("mse", "ssim") if self.start is PlateStart.PAPER else (self.a, self.b)

    @property
    def symbols(self) -> tuple[str, str]:
        """What stands beside a number."""
        a, b = self.names
        return find(a).symbol, find(b).symbol


@dataclass(frozen=True, slots=True)
class PlateRun:
    """One of the four: which metric is held, which one is pushed, and where to."""

    name: str
    held: int
    direction: Direction

    @property
    def varied(self) -> int:
        """Index of the other metric: 0 is A, 1 is B."""
        return 1 - self.held

    def title(self, symbols: tuple[str, str]) -> str:
        """Return what it is after, in words."""
        word = "Best" if self.direction is Direction.ASCENT else "Worst"
        return f"{word} {symbols[self.varied]}, {symbols[self.held]} held"


RUNS = (
    PlateRun("best-b", 0, Direction.ASCENT),
    PlateRun("worst-b", 0, Direction.DESCENT),
    PlateRun("best-a", 1, Direction.ASCENT),
    PlateRun("worst-a", 1, Direction.DESCENT),
)
"""In the order of the plate: above with A held, below with B held."""

A, B, DEVIATION = 2, 3, 4
"""Places of the two scores and of the held one's deviation in a row of a trace."""


@dataclass(frozen=True, slots=True, eq=False)
class Plate(Bench):
    """The window of maximum differentiation."""

    settings: PlateSettings = PlateSettings()


def plate_course(settings: PlateSettings, pair: Pair, ssim: Ssim) -> Course:
    """Return the four runs of the settings, none of them begun."""
    a, b = settings.symbols
    ssim = _convention(settings, ssim)
    columns = (STEP, SECONDS, a, b, "deviation", "step_size", "gradient_norm")
    lanes = tuple(new_lane(run.name, run.title((a, b)), columns) for run in RUNS)
    return Course(pair.reference, ssim, settings, columns, lanes)


def plate_metrics(settings: PlateSettings, document: Document) -> tuple[Metric, Metric]:
    """Return both metrics, made for the images on screen."""
    document = replace(document, metric=_convention(settings, document.metric))
    a, b = (made(document, name) for name in settings.names)
    return a, b


def plate_end(settings: PlateSettings, _: Course, lane: Lane) -> str:
    """Return why a run that met no problem goes no further."""
    if settings.steps and lane.step >= settings.steps:
        return f"stopped after {steps_in_words(lane.step)}"
    return f"converged after {steps_in_words(lane.step)}"


def plate_progress(settings: PlateSettings, course: Course) -> float | None:
    """Return how much of the wanted steps is done, or None without a number of them."""
    if not settings.steps:
        return None
    done = [1.0 if lane.ended else lane.step / settings.steps for lane in course.lanes]
    return min(1.0, sum(done) / len(done))


def _convention(settings: PlateSettings, ssim: Ssim) -> Ssim:
    """Return SSIM as the paper has it for the paper's scene, else the one in use."""
    if settings.start is not PlateStart.PAPER:
        return ssim
    return Ssim(data_range=ssim.data_range, window="uniform", window_size=8)
