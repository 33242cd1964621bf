"""What a climb takes: the request for its steps, and the job for a start of white noise.

Each has captured all its inputs and is derived from the session alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssim_viewer.jobs.bindings import measuring
from ssim_viewer.jobs.measuring import Showing, wanted_showing
from ssim_viewer.jobs.memory import climbing_by, require_memory
from ssim_viewer.metrics import Ssim
from ssim_viewer.metrics.counting import within
from ssim_viewer.session.family import driving
from ssim_viewer.session.state import Start
from ssim_viewer.synthesis import Direction, Rule, Step, climb, white_noise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Metric
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class ClimbRequest:
    """Climb from an image; `count` steps, or until stopped.

    Attributes
    ----------
    first_index
        Index of the start in the run; 0 with `fresh` brings the start as a step of its own.
    showing
        What is measured of the steps that are shown; None measures nothing.
    stops_when_still
        Whether to stop once nothing visible changes.
    white
        The data range of the images.
    values
        Lowest and highest score of the run so far, or None for a new one.
    counts
        The pixels that count, or None for all.
    crop
        The border that does not count, in pixels.
    """

    metric: Metric
    reference: NDArray[np.generic]
    start: NDArray[np.generic]
    direction: Direction
    rule: Rule
    step_size: float | None
    pixel_range: tuple[float, float] | None
    first_index: int = 0
    fresh: bool = True
    count: int | None = None
    showing: Showing | None = None
    stops_when_still: bool = False
    white: float = 255.0
    values: tuple[float, float] | None = None
    counts: NDArray[np.bool_] | None = None
    crop: int = 0

    @property
    def moving(self) -> NDArray[np.bool_] | None:
        """The pixels that may change: those that count, within the border that is left out."""
        return within(self.crop, self.reference.shape, self.counts)

    def continues(self, other: ClimbRequest, latest: Step | None) -> bool:
        """Whether this goes on exactly where another climb stood at its latest step."""
        return (
            latest is not None
            and not self.fresh  # without a run there is nothing that could be gone on with
            and self.start is latest.image
            and self.reference is other.reference
            and self.counts is other.counts
            and self.crop == other.crop
            and (self.metric, self.direction, self.rule, self.step_size, self.pixel_range)
            == (other.metric, other.direction, other.rule, other.step_size, other.pixel_range)
        )


@dataclass(frozen=True, slots=True)
class NoiseKey:
    """What a white-noise start depends on, besides the reference and the metric."""

    mse: float
    seed: int
    pixel_range: tuple[float, float] | None


@dataclass(frozen=True, slots=True, eq=False)
class StartRequest:
    """Make the white-noise start of a climb."""

    metric: Metric
    reference: NDArray[np.generic]
    noise: NoiseKey
    counts: NDArray[np.bool_] | None = None
    crop: int = 0

    def __call__(self) -> Step:
        """Return step 0: the reference and noise, exactly on the sphere."""
        require_memory(climbing_by(self.metric), self.reference)
        noise, counts = self.noise, within(self.crop, self.reference.shape, self.counts)
        start = white_noise(
            self.reference,
            noise.mse,
            seed=noise.seed,
            pixel_range=noise.pixel_range,
            counts=counts,
        )
        steps = climb(
            self.metric,
            self.reference,
            start,
            Direction.ASCENT,
            pixel_range=noise.pixel_range,
            counts=counts,
        )
        return next(iter(steps))

    def is_same_job(self, other: object) -> bool:
        """Whether another request asks for the same."""
        return (
            isinstance(other, StartRequest)
            and other.reference is self.reference
            and other.counts is self.counts
            and other.crop == self.crop
            and (other.metric, other.noise) == (self.metric, self.noise)
        )


def missing_start(session: Session) -> StartRequest | None:
    """Return the noise that an experiment wants to start from and does not have."""
    document = session.document
    experiment = document.experiment
    if document.pair is None:
        return None
    if experiment.start is not Start.NOISE or document.run is not None:
        return None
    noise = NoiseKey(experiment.noise_mse, experiment.seed, document.pixel_range)
    pair = document.pair
    crop = document.metric.crop
    return StartRequest(driving(document), pair.reference.pixels, noise, pair.mask, crop)


def climb_from(session: Session, count: int | None) -> ClimbRequest | None:
    """Return the climb that goes on from what is on screen, or None without a pair.

    With a count it makes so many steps, fewer where the limit comes first; else it goes on to the
    limit, or while it can be seen.
    """
    document = session.document
    if document.pair is None or document.shown is None:
        return None
    experiment = document.experiment
    reference = document.pair.reference.pixels
    metric, run = driving(document), document.run
    last = run.frame.index if run else 0
    return ClimbRequest(
        measuring(metric, reference) if isinstance(metric, Ssim) else metric,
        reference,
        document.shown,
        experiment.direction,
        experiment.rule,
        experiment.step_size,
        document.pixel_range,
        first_index=last,
        fresh=run is None,
        count=session.playback.moves(count, last),
        showing=wanted_showing(replace(session, playing=True), reference),
        stops_when_still=count is None and session.playback.stop_when_still,
        white=document.metric.data_range,
        values=run.extent if run else None,
        counts=document.pair.mask,
        crop=document.metric.crop,
    )
