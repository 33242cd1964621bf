"""Requests: functions that have captured all their inputs, and what a session wants of them.

Each ``wanted_…`` function derives, from the session alone, the request whose result
the session lacks, or None. Requests compare by identity of their arrays: two requests
for the same arrays and settings are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.images import (
    NOTHING_GIVEN,
    Alignment,
    GivenRange,
    Image,
    ImageError,
    Mask,
    Pair,
    Profile,
    image_from_array,
    mask_from_image,
    read_image,
    read_sample,
    samples,
)
from ssim_viewer.images.reading import display_name
from ssim_viewer.jobs.bindings import bound_ssim, measuring
from ssim_viewer.jobs.measuring import Showing, wanted_showing
from ssim_viewer.jobs.memory import CLIMB, PAIR, require_memory
from ssim_viewer.metrics import (
    Ssim,
    lack_of_room,
)
from ssim_viewer.metrics.counting import within
from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.session.family import driving
from ssim_viewer.session.opening import fitting
from ssim_viewer.session.pyramid import Pyramid
from ssim_viewer.session.state import Opened, Role, Start
from ssim_viewer.synthesis import Direction, Rule, Step, climb, white_noise
from ssim_viewer.text import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.metrics import Metric
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """Read an image file."""

    role: Role
    path: Path
    profile: Profile = "keep"
    damaged: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What is read, by name."""
        return (display_name(self.path),)

    def run(self, report: Report) -> Image:
        """Return the image."""
        image = read_image(self.path, profile=self.profile, damaged=self.damaged)
        report(1.0)
        return image


@dataclass(frozen=True, slots=True, eq=False)
class PasteRequest:
    """Take an image that was pasted or dropped: (H, W, 3 or 4) uint8."""

    role: Role
    pixels: NDArray[np.uint8]

    def __call__(self) -> Image:
        """Return the image."""
        return image_from_array(self.pixels, tr("Clipboard"))


@dataclass(frozen=True, slots=True)
class MaskRequest:
    """Read a mask from an image file."""

    path: Path

    def __call__(self) -> Mask:
        """Return the mask: pixels count that are above 0."""
        return mask_from_image(read_image(self.path))


@dataclass(frozen=True, slots=True)
class PairRequest:
    """Read a reference and any number of distorted images; without one it stands for it itself.

    Attributes
    ----------
    shown
        Which of the distorted images is shown first.
    """

    reference: Path | Image
    distorted: tuple[Path | Image, ...] = ()
    alignment: Alignment | None = None
    shown: int = 0
    given: GivenRange = NOTHING_GIVEN
    profile: Profile = "keep"
    mask: Path | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What is read, by name."""
        sources = (self.reference, *self.distorted)
        return tuple(display_name(each) for each in sources if isinstance(each, Path))

    def run(self, report: Report) -> ReadPair:
        """Return what could be read; the reference and one distorted image must be readable."""
        reference = _read(self.reference, self.profile)
        images, problems = [reference] * (not self.distorted), list[str]()
        for count, source in enumerate(self.distorted, 1):
            report(count / (len(self.distorted) + 1))
            try:
                images.append(_read(source, self.profile))
            except ImageError as error:
                problems.append(str(error))
        if not images:
            raise ImageError(" ".join(problems))
        candidates, left = fitting(images)
        report(1.0)
        problem = " ".join([*problems, left]).strip()
        shown = candidates[min(self.shown, len(candidates) - 1)]
        several = candidates if len(candidates) > 1 else ()
        mask = None if self.mask is None else MaskRequest(self.mask)()
        return ReadPair(reference, shown, several, problem, self.given, mask)


@dataclass(frozen=True, slots=True, eq=False)
class ReadPair:
    """A reference with the distorted image to show first, all candidates, and what is missing."""

    reference: Image
    distorted: Image
    candidates: tuple[Image, ...] = ()
    problem: str = ""
    given: GivenRange = NOTHING_GIVEN
    mask: Mask | None = None


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """Read a sample: a distorted one with its reference, a reference alone with itself."""

    name: str
    alignment: Alignment | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What is read, by name."""
        return (self.name,)

    def __call__(self) -> ReadPair:
        """Return reference and distorted."""
        image = read_sample(self.name)
        origin = next((sample.reference for sample in samples() if sample.name == self.name), None)
        return ReadPair(image if origin is None else read_sample(origin), image)


@dataclass(frozen=True, slots=True)
class AlignRequest:
    """Make a pair that the metric can measure."""

    opening: Opened
    metric: Ssim = field(compare=False)

    def run(self, report: Report) -> Prepared:
        """Return the pair; images that the metric cannot take are refused here."""
        opening = self.opening
        pair = opening.pairing.pair(opening.reference, opening.distorted)
        require_memory(PAIR, pair.reference.pixels)
        report(0.5)
        metric = replace(self.metric, data_range=pair.reference.data_range)
        metric = measuring(metric, pair.reference.pixels)
        lacking = lack_of_room(metric, pair.reference.pixels.shape)
        if lacking:
            pair = replace(pair, notes=(*pair.notes, lacking))
        elif pair.mask is None:
            bound_ssim(metric, pair.reference.pixels)
        report(1.0)
        return Prepared(pair, (_picture(pair.reference), _picture(pair.distorted)))

    def same_as(self, other: AlignRequest | None) -> bool:
        """Whether another request asks for the same."""
        return other == self


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A pair, and both images ready to be shown."""

    pair: Pair
    pictures: tuple[Pyramid, Pyramid]


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
        require_memory(CLIMB, self.reference)
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

    def same_as(self, other: StartRequest | None) -> bool:
        """Whether another request asks for the same."""
        return (
            other is not None
            and other.reference is self.reference
            and other.counts is self.counts
            and other.crop == self.crop
            and (other.metric, other.noise) == (self.metric, self.noise)
        )


def missing_alignment(session: Session) -> AlignRequest | None:
    """Return the alignment that opened images wait for."""
    if session.opening is None:
        return None
    return AlignRequest(session.opening, session.document.metric)


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


def missing_climb(session: Session, count: int | None) -> ClimbRequest | None:
    """Return the climb that goes on from what is on screen, or None without a pair.

    With a count it makes so many steps, else it goes on to the limit, or while it can be seen.
    """
    document = session.document
    if document.pair is None or document.shown is None:
        return None
    experiment = document.experiment
    reference = document.pair.reference.pixels
    metric, run = driving(document), document.run
    return ClimbRequest(
        measuring(metric, reference) if isinstance(metric, Ssim) else metric,
        reference,
        document.shown,
        experiment.direction,
        experiment.rule,
        experiment.step_size,
        document.pixel_range,
        first_index=run.frame.index if run else 0,
        fresh=run is None,
        count=count,
        showing=wanted_showing(replace(session, playing=True), reference),
        stops_when_still=count is None and session.playback.stop_when_still,
        white=document.metric.data_range,
        values=run.extent if run else None,
        counts=document.pair.mask,
        crop=document.metric.crop,
    )


def _read(source: Path | Image, profile: Profile) -> Image:
    return source if isinstance(source, Image) else read_image(source, profile=profile)


def _picture(image: Image) -> Pyramid:
    return Pyramid.of(displayed(image.pixels, image.data_range))
