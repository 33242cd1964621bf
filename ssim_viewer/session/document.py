"""What a person made and undo brings back: the images, the metric, the experiment and its run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ssim_viewer.images import NOTHING_GIVEN, GivenRange, Pairing
from ssim_viewer.metrics import Ssim
from ssim_viewer.synthesis import Direction, Rule
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.images import Alignment, Channel, Image, Mask, Pair, RangeSource
    from ssim_viewer.session.pyramid import Pyramid
    from ssim_viewer.session.run import Run

DEFAULT_METRIC = Ssim(color="luma")

LARGE = 4_000_000
"""Samples from which an image is large."""


def is_large(pixels: NDArray[np.generic]) -> bool:
    """Whether an image is so large that its maps are worth seeing while they are made."""
    return pixels.size >= LARGE


class Role(StrEnum):
    """The part that an image plays in the pair."""

    REFERENCE = "reference"
    DISTORTED = "distorted"


class Start(StrEnum):
    """Where a climb starts."""

    DISTORTED = tr("distorted image")
    NOISE = tr("white noise")


@dataclass(frozen=True, slots=True)
class Experiment:
    """The settings of the climb.

    Attributes
    ----------
    noise_mse
        Wanted MSE of the white noise, in squared units of the image.
    step_size
        Grey levels RMS, in units of the image; None takes the rule's default.
    in_range
        Whether every pixel is kept in [0, data range].
    """

    start: Start = Start.DISTORTED
    noise_mse: float = 2500.0
    seed: int = 0
    direction: Direction = Direction.DESCENT
    rule: Rule = Rule.ADAPTIVE
    step_size: float | None = None
    in_range: bool = True


@dataclass(frozen=True, slots=True)
class Opened:
    """The images as opened, and the way that was chosen to bring them to one size.

    Attributes
    ----------
    lacking
        The role whose image is still to be opened; the other one stands in for it.
    candidates
        Every distorted image that was opened with this reference, in order; `distorted` is one
        of them. Empty while there is only that one.
    problem
        What could not be read with them, in one sentence.
    given
        What is known of their data range.
    background
        The grey under transparency, or None for the automatic one of `align_pair`.
    mask
        The pixels that count, or None where all do.
    channel
        What is measured of colour images: all channels, one of them, or a luma.
    """

    reference: Image
    distorted: Image
    alignment: Alignment | None = None
    lacking: Role | None = None
    candidates: tuple[Image, ...] = ()
    problem: str = ""
    given: GivenRange = NOTHING_GIVEN
    background: float | None = None
    mask: Mask | None = None
    channel: Channel = "all"

    @property
    def pairing(self) -> Pairing:
        """How any image becomes a pair with the reference."""
        return Pairing(self.alignment, self.given, self.background, self.mask, self.channel)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """What a person made and undo brings back.

    Attributes
    ----------
    opened
        The two images as they were opened, and how they were brought to one size.
    pair
        The pair on screen: same size, same range.
    pictures
        Reference and distorted image of the pair in 8 bits, so that they are shown before
        anything is measured; None where they were not made.
    metric
        SSIM by the settings in use.
    settings
        What a person has changed of the other metrics: values by setting by the metric's name.
    driver
        The catalogue's name of the metric that a climb follows.
    run
        The climb, or None while the distorted image of the pair is on screen.
    branches
        Runs that were left when a new branch started from an earlier step.
    """

    opened: Opened | None = None
    pair: Pair | None = None
    pictures: tuple[Pyramid, Pyramid] | None = None
    metric: Ssim = DEFAULT_METRIC
    driver: str = "ssim"
    experiment: Experiment = Experiment()
    run: Run | None = None
    branches: tuple[Run, ...] = ()
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def shown(self) -> NDArray[np.generic] | None:
        """The distorted image on screen: the run's, else the pair's."""
        if self.run is not None:
            return self.run.frame.image
        return self.pair.distorted.pixels if self.pair is not None else None

    @property
    def channel(self) -> Channel:
        """Which channel of colour images the pair is."""
        return "all" if self.pair is None else self.pair.channel

    @property
    def range_source(self) -> RangeSource:
        """Where the data range in use comes from."""
        if self.pair is None or self.metric.data_range != self.pair.reference.data_range:
            return "given"
        return self.pair.range_source

    def climbing(self, direction: Direction) -> Experiment:
        """Return the experiment's settings with another direction."""
        return replace(self.experiment, direction=direction)

    @property
    def pixel_range(self) -> tuple[float, float] | None:
        """The range that a climb keeps pixels in, or None when they are free."""
        return (0.0, self.metric.data_range) if self.experiment.in_range else None
