"""Requests: functions that have captured all their inputs, and what a session wants of them.

Each ``missing_…`` function derives, from the session alone, the request whose result
the session is missing, or None. Requests compare by identity of their arrays: two requests
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
from ssim_viewer.jobs.memory import pair_by, require_memory
from ssim_viewer.metrics import Ssim, lack_of_room
from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.session.opening import fitting
from ssim_viewer.session.pyramid import Pyramid
from ssim_viewer.text import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.session.state import Opened, Role, Session


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
        pair = opening.pairing.pair(
            opening.reference, opening.distorted, lambda share: report(share / 2)
        )
        metric = replace(self.metric, data_range=pair.reference.data_range)
        metric = measuring(metric, pair.reference.pixels)
        work = pair_by(metric, pair.reference.pixels, masked=pair.mask is not None)
        require_memory(work, pair.reference.pixels)
        report(0.5)
        lacking = lack_of_room(metric, pair.reference.pixels.shape)
        if lacking:
            pair = replace(pair, notes=(*pair.notes, lacking))
        elif pair.mask is None:
            bound_ssim(metric, pair.reference.pixels)
        report(1.0)
        return Prepared(pair, (_picture(pair.reference), _picture(pair.distorted)))

    def is_same_job(self, other: object) -> bool:
        """Whether another request asks for the same."""
        return other == self


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A pair, and both images ready to be shown."""

    pair: Pair
    pictures: tuple[Pyramid, Pyramid]


def missing_alignment(session: Session) -> AlignRequest | None:
    """Return the alignment that opened images wait for."""
    if session.opening is None:
        return None
    return AlignRequest(session.opening, session.document.metric)


def _read(source: Path | Image, profile: Profile) -> Image:
    return source if isinstance(source, Image) else read_image(source, profile=profile)


def _picture(image: Image) -> Pyramid:
    return Pyramid.of(displayed(image.pixels, image.data_range))
