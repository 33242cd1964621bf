"""What the window of the two runs knows: the start, and how far both have come."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from ssim_viewer.metrics.counting import within

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.features.two_runs.sheet import Sheet
    from ssim_viewer.features.writing import WriteJob
    from ssim_viewer.images import Pair
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.session.state import Session

ID = "two_runs"
STEPS = 60
FIRST_MSE = 2500.0
"""Of white noise, for white at 255."""


@dataclass(frozen=True, slots=True)
class TwoSettings:
    """Where both runs start: the distorted image, or white noise of an MSE."""

    noise: bool = False
    mse: float | None = None
    seed: int = 0

    def mse_for(self, data_range: float) -> float:
        """Return the MSE of the noise for a data range."""
        return FIRST_MSE * (data_range / 255) ** 2 if self.mse is None else self.mse


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What is run on."""

    pair: Pair
    metric: Ssim
    settings: TwoSettings

    @property
    def counts(self) -> NDArray[np.bool_] | None:
        """The pixels that move and are measured, (H, W); None for all."""
        return within(self.metric.crop, self.pair.reference.pixels.shape, self.pair.mask)

    def is_same(self, other: Subject | None) -> bool:
        """Whether another subject gives the same runs."""
        return (
            other is not None
            and other.pair.reference.pixels is self.pair.reference.pixels
            and other.pair.mask is self.pair.mask
            and (self.settings.noise or other.pair.distorted.pixels is self.pair.distorted.pixels)
            and (other.metric, other.settings) == (self.metric, self.settings)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One run as far as it has come.

    Attributes
    ----------
    values, errors
        MSSIM and MSE at each step, the start first.
    image
        The latest image, float64.
    picture, similarity
        It and its SSIM map, small, for the screen.
    """

    values: tuple[float, ...]
    errors: tuple[float, ...]
    image: NDArray[np.float64]
    picture: NDArray[np.uint8]
    similarity: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class KeptStep:
    """What is kept of both runs at a step: picture and SSIM map of the best, then of the worst."""

    step: int
    pictures: tuple[NDArray[np.uint8], NDArray[np.uint8]]
    maps: tuple[NDArray[np.float32], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Two:
    """Both runs, and what is kept of their steps."""

    subject: Subject
    best: Way
    worst: Way
    done: bool
    kept: tuple[KeptStep, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """The state of the feature.

    Attributes
    ----------
    kind, sheet
        Which sheet is shown, or "" for the two runs, and how far it has come.
    """

    settings: TwoSettings = field(default_factory=TwoSettings)
    open: bool = False
    running: bool = True
    two: Two | None = None
    wanted: str = ""
    failed: Subject | None = None
    problem: str = ""
    kind: str = ""
    sheet: Sheet | None = None
    exports: tuple[WriteJob, ...] = ()


def state_of(session: Session) -> State:
    """Return the state of the feature in a session."""
    return cast("State", session.features.get(ID, State()))


def subject_of(session: Session) -> Subject | None:
    """Return what is run on; None without a pair.

    While an image of the runs is on screen they stay what they are, and do not start from it.
    """
    document, state = session.document, state_of(session)
    if document.pair is None:
        return None
    pair, two = document.pair, state.two
    if two is not None and any(pair.distorted.pixels is way.image for way in (two.best, two.worst)):
        pair = replace(pair, distorted=two.subject.pair.distorted)
    return Subject(pair, document.metric, state.settings)


def two_of(session: Session) -> Two | None:
    """Return the runs of the present pair and settings."""
    subject, two = subject_of(session), state_of(session).two
    return two if two is not None and subject is not None and subject.is_same(two.subject) else None
