"""Maximum differentiation as data: its settings, and the four runs that they mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from ssim_viewer.metrics import Ssim, find
from ssim_viewer.session.family import made
from ssim_viewer.session.multi_run import MultiRun
from ssim_viewer.session.run_group import (
    FIRST_SCORE,
    SECONDS,
    STEP,
    RunGroup,
    RunState,
    new_run,
    steps_in_words,
)
from ssim_viewer.synthesis import MAD_RUNS, Direction, MadRun
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.images import Pair
    from ssim_viewer.metrics import Metric
    from ssim_viewer.session.state import Document

ID = "maximum_differentiation"

NAMES = "plate"
"""Prefix of the object names in its window."""


class MadStart(StrEnum):
    """Where the four runs start."""

    NOISE = "noise"
    SHOWN = tr("image on screen")
    PAPER = tr("2008 paper")
    """Everything as in the paper: MSE against SSIM with 8×8 windows, from white noise."""


@dataclass(frozen=True, slots=True)
class MadSettings:
    """What the four images are made from.

    Attributes
    ----------
    a, b
        The registered names of the two metrics.
    noise_mse
        MSE of the noise, in squared units of an image whose white is 255.
    in_range
        Whether every pixel is kept in [0, data range].
    steps
        Steps after which each run stops; 0 goes on until nothing better is near.
    """

    a: str = "mse"
    b: str = "ssim"
    start: MadStart = MadStart.NOISE
    noise_mse: float = 1024.0
    seed: int = 0
    in_range: bool = True
    steps: int = 0

    @property
    def names(self) -> tuple[str, str]:
        """The metrics in use; the paper's scene has its own."""
        return ("mse", "ssim") if self.start is MadStart.PAPER else (self.a, self.b)

    @property
    def symbols(self) -> tuple[str, str]:
        """What stands beside a number."""
        a, b = self.names
        return find(a).symbol, find(b).symbol


A, B, DEVIATION = FIRST_SCORE, FIRST_SCORE + 1, FIRST_SCORE + 2
"""Places of the two scores and of the held one's deviation in a row of a trace."""


class MadPlan:
    """The four runs of two metrics: above with A held, below with B held."""

    id = ID
    initial: MultiRun[MadSettings] = MultiRun(MadSettings())

    def group(self, settings: MadSettings, pair: Pair, ssim: Ssim) -> RunGroup[MadSettings]:
        """Return the four runs of the settings, none of them begun."""
        a, b = settings.symbols
        columns = (STEP, SECONDS, a, b, "deviation", "step_size", "gradient_norm")
        runs = tuple(new_run(run.name, title(run, (a, b)), columns) for run in MAD_RUNS)
        return RunGroup(
            tr("maximum differentiation"),
            pair.reference,
            _convention(settings, ssim),
            settings,
            columns,
            len(settings.symbols),
            runs,
        )

    def refusal(self, settings: MadSettings) -> str:
        """Return why the settings mean nothing, in one sentence, or ""."""
        a, b = settings.names
        return (
            tr("Choose two different metrics: one is held while the other moves.") if a == b else ""
        )

    def why_ended(self, group: RunGroup[MadSettings], run: RunState) -> str:
        """Return why a run that met no problem goes no further."""
        stopped = group.settings.steps and run.step >= group.settings.steps
        return tr(
            "{stopped} after {steps_in_words}",
            stopped="stopped" if stopped else "converged",
            steps_in_words=steps_in_words(run.step),
        )

    def fraction_done(self, group: RunGroup[MadSettings]) -> float | None:
        """Return how much of the wanted steps is done, or None without a number of them."""
        steps = group.settings.steps
        if not steps:
            return None
        done = [1.0 if run.ended else run.step / steps for run in group.runs]
        return min(1.0, sum(done) / len(done))


PLAN = MadPlan()


def title(run: MadRun, symbols: tuple[str, str]) -> str:
    """Return the aim of a run, in words."""
    word = tr("Best") if run.direction is Direction.ASCENT else tr("Worst")
    return tr(
        "{word} {symbols}, {symbols_2} held",
        word=word,
        symbols=symbols[run.varied],
        symbols_2=symbols[run.held],
    )


def mad_metrics(settings: MadSettings, document: Document) -> tuple[Metric, Metric]:
    """Return both metrics, made for the images on screen."""
    document = replace(document, metric=_convention(settings, document.metric))
    a, b = (made(document, name) for name in settings.names)
    return a, b


def _convention(settings: MadSettings, ssim: Ssim) -> Ssim:
    """Return SSIM as the paper has it for the paper's scene, else the one in use."""
    if settings.start is not MadStart.PAPER:
        return ssim
    return Ssim(data_range=ssim.data_range, window="uniform", window_size=8)
