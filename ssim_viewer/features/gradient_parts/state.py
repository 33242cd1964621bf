"""What the window of the gradient's parts knows: the parts, and how far the climbs have come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ssim_viewer.metrics.counting import over_channels, within
from ssim_viewer.synthesis import Direction
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ssim_viewer.images import Pair
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.session.state import Session
    from ssim_viewer.synthesis.sphere_plane import SpherePlane

ID = "gradient_parts"
STEPS = 40


class Driver(StrEnum):
    """What drives a climb: the whole gradient, or the share of a factor."""

    GRADIENT = tr("gradient")
    LUMINANCE = tr("luminance")
    CONTRAST = tr("contrast")
    STRUCTURE = tr("structure")


RADIAL, TANGENTIAL = "radial", "tangential"
MAPS = (Driver.GRADIENT, RADIAL, TANGENTIAL, Driver.LUMINANCE, Driver.CONTRAST, Driver.STRUCTURE)
QUANTITIES = ("ssim", "luminance", "contrast", "structure")


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What is looked at."""

    pair: Pair
    metric: Ssim

    @property
    def counts(self) -> NDArray[np.bool_] | None:
        """The pixels that move and are measured, (H, W); None for all."""
        return within(self.metric.crop, self.pair.reference.pixels.shape, self.pair.mask)

    def moving(self, image: NDArray[Any]) -> NDArray[Any]:
        """Return an image with 0 where nothing counts: there it has no part in any direction."""
        counts = self.counts
        return image if counts is None else np.where(over_channels(counts, image), image, 0)

    def is_same(self, other: Subject | None) -> bool:
        """Whether another subject has the same gradient."""
        return (
            other is not None
            and other.pair.reference.pixels is self.pair.reference.pixels
            and other.pair.distorted.pixels is self.pair.distorted.pixels
            and other.pair.mask is self.pair.mask
            and other.metric == self.metric
        )


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of the gradient or of a share; lengths are Euclidean norms.

    Attributes
    ----------
    length
        Its norm.
    toward
        Its part toward the reference: above 0 where a step that way raises MSSIM.
    along
        The norm of its tangential part.
    share
        Its part in the tangential gradient, <t, t_whole> / |t_whole|²: those of the three factors
        add up to 1.
    """

    length: float
    toward: float
    along: float
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The gradient in parts: small maps by the names of `MAPS`, and numbers."""

    subject: Subject
    maps: Mapping[str, NDArray[np.float32]]
    rows: Mapping[Driver, Row]


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """One climb as far as it has come.

    Attributes
    ----------
    means
        At each step, the start first: by the names of `QUANTITIES`.
    mse
        Of the latest image.
    image
        It, read-only.
    """

    means: Mapping[str, tuple[float, ...]]
    mse: float
    image: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """All climbs, and what can be drawn of them."""

    subject: Subject
    direction: Direction
    paths: Mapping[Driver, Path]
    plane: SpherePlane
    done: bool


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """The state of the feature."""

    open: bool = False
    running: bool = True
    direction: Direction = Direction.ASCENT
    quantity: str = "ssim"
    parts: Parts | None = None
    paths: Paths | None = None
    wanted: Driver | None = None
    failed: Subject | None = None
    problem: str = ""


def state_of(session: Session) -> State:
    """Return the state of the feature in a session."""
    return cast("State", session.features.get(ID, State()))


def subject_of(session: Session) -> Subject | None:
    """Return what is looked at; None without a pair.

    While the end of a climb is on screen the climbs stay what they are, and do not start from it.
    """
    document, paths = session.document, state_of(session).paths
    if document.pair is None:
        return None
    pair = document.pair
    if paths is not None and any(pair.distorted.pixels is p.image for p in paths.paths.values()):
        pair = replace(pair, distorted=paths.subject.pair.distorted)
    metric = replace(document.metric, data_range=pair.reference.data_range)
    return Subject(pair, metric)


def parts_of(session: Session) -> Parts | None:
    """Return the parts of the present pair and settings."""
    subject, parts = subject_of(session), state_of(session).parts
    return parts if parts is not None and parts.subject.is_same(subject) else None


def paths_of(session: Session) -> Paths | None:
    """Return the climbs of the present pair and settings."""
    subject, state = subject_of(session), state_of(session)
    paths = state.paths
    same = paths is not None and paths.subject.is_same(subject)
    return paths if same and paths is not None and paths.direction is state.direction else None
