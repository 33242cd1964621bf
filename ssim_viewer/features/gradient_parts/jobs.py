"""The gradient in parts, and climbs that each follow the whole of it or the share of a factor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer.features.gradient_parts.state import (
    QUANTITIES,
    RADIAL,
    STEPS,
    TANGENTIAL,
    Driver,
    Parts,
    Path,
    Paths,
    Row,
    Subject,
    parts_of,
    paths_of,
    state_of,
    subject_of,
)
from ssim_viewer.images import Image
from ssim_viewer.jobs.bindings import bound_ssim
from ssim_viewer.jobs.distorting import replacement
from ssim_viewer.jobs.memory import climbing_by, require_memory
from ssim_viewer.metrics import evaluate_masked
from ssim_viewer.metrics.masked_shares import masked_gradient_shares
from ssim_viewer.metrics.measuring import grey_gradient
from ssim_viewer.metrics.ssim.gradient_shares import Factor, SsimShare
from ssim_viewer.synthesis import Direction, Rule, climb
from ssim_viewer.synthesis.sphere_plane import SpherePaths, radial_part
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.session.intents import ReplaceDistorted
    from ssim_viewer.session.state import Session
    from ssim_viewer.synthesis import Step

SIDE = 320
"""Pixels of the larger side of a map on screen."""

KEPT_BYTES = 96 << 20
"""Of all images that the plane of the sphere is made of, two of each climb at the least."""

KEPT_IMAGES = 14
"""Of a climb at most: a path needs no more points."""

STEP_SHARE = 0.1
"""Length of the first step as a share of the distance from the reference."""


@dataclass(frozen=True, slots=True, eq=False)
class PartsJob:
    """Split the gradient at the distorted image."""

    subject: Subject

    def __call__(self) -> Parts:
        """Return maps and numbers."""
        subject, pair = self.subject, self.subject.pair
        x, y = pair.reference.pixels, np.asarray(pair.distorted.pixels, np.float64)
        shares = masked_gradient_shares(subject.metric, x, y, subject.counts)
        x, y = subject.moving(x), subject.moving(y)
        whole = np.add(sum(shares[factor] for factor in Factor), 0.0)
        vectors: dict[str, NDArray[Any]] = {
            Driver.GRADIENT: whole,
            **{Driver(each): v for each, v in shares.items()},
        }
        radial = radial_part(whole, x, y)
        tangential = whole - radial
        shown: dict[str, NDArray[Any]] = {RADIAL: radial, TANGENTIAL: tangential}
        shown.update(vectors)
        rows = {Driver(name): _row(v, x, y, tangential) for name, v in vectors.items()}
        return Parts(self.subject, {name: _small(v) for name, v in shown.items()}, rows)

    def is_same_job(self, other: object) -> bool:
        """Whether another job splits the same."""
        return isinstance(other, PartsJob) and other.subject.is_same(self.subject)


def _row(
    v: NDArray[np.float64],
    x: NDArray[Any],
    y: NDArray[np.float64],
    tangential: NDArray[np.float64],
) -> Row:
    d = np.subtract(y, x, dtype=np.float64)
    tangent = v - radial_part(v, x, y)
    square = float(np.vdot(tangential, tangential))
    return Row(
        float(np.linalg.norm(v)),
        -float(np.vdot(v, d)) / float(np.linalg.norm(d)),
        float(np.linalg.norm(tangent)),
        float(np.vdot(tangent, tangential)) / square if square else 0.0,
    )


def _small(gradient: NDArray[np.float64]) -> NDArray[np.float32]:
    grey = grey_gradient(gradient)
    height, width = grey.shape
    scale = SIDE / max(height, width)
    if scale >= 1:
        return grey
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)


@dataclass(slots=True, eq=False)
class _PartClimb:
    """A climb, its means so far, and its latest step."""

    steps: Iterator[Step]
    measured: Callable[[NDArray[Any]], Mapping[str, float]]
    means: dict[str, list[float]] = field(default_factory=lambda: {k: [] for k in QUANTITIES})
    latest: Step | None = None

    def step(self) -> bool:
        """Make a step; return whether there was one."""
        step = next(self.steps, None)
        if step is None:
            return False
        self.latest = step
        found = self.measured(step.image)
        for name, values in self.means.items():
            values.append(found[name])
        return True

    def path(self) -> Path:
        """Return what has come of it."""
        assert self.latest is not None  # noqa: S101 - a climb has a start
        image = np.asarray(self.latest.image, np.float64)
        image.flags.writeable = False
        return Path({k: tuple(v) for k, v in self.means.items()}, self.latest.mse, image)


@dataclass(frozen=True, slots=True, eq=False)
class PathsJob:
    """Climb from the distorted image by each driver, a step of each in turn."""

    subject: Subject
    direction: Direction

    def run(self, report: Report) -> Paths:
        """Return all climbs; every few steps what has come of them is reported."""
        x = self.subject.moving(self.subject.pair.reference.pixels)
        require_memory(climbing_by(self.subject.metric, times=len(Driver)), x)
        climbs, kept = {driver: self._climb(driver) for driver in Driver}, SpherePaths(x)
        every = _kept_every(x.size)
        latest: Paths | None = None
        for number in range(STEPS + 1):
            moved = [climb.step() for climb in climbs.values()]
            done = number == STEPS or not any(moved)
            if number % every == 0 or done:
                latest = self._found(climbs, kept, done=done)
            report(number / (STEPS + 1), latest)
            if done:
                break
        assert latest is not None  # noqa: S101 - a climb has a start
        return latest

    def is_same_job(self, other: object) -> bool:
        """Whether another job climbs the same."""
        return (
            isinstance(other, PathsJob)
            and other.subject.is_same(self.subject)
            and other.direction is self.direction
        )

    def _climb(self, driver: Driver) -> _PartClimb:
        """Return a climb by the paper's rule: a share is no gradient, which a line search needs."""
        pair, metric, counts = self.subject.pair, self.subject.metric, self.subject.counts
        x, y = pair.reference.pixels, pair.distorted.pixels
        d = np.subtract(y, x, dtype=np.float64)
        d = d if counts is None else d[counts]
        steps = climb(
            metric if driver is Driver.GRADIENT else SsimShare.of(metric, Factor(driver)),
            x,
            y,
            self.direction,
            rule=Rule.FIXED,
            step_size=STEP_SHARE * float(np.sqrt(np.mean(d * d))) or None,
            pixel_range=(0.0, pair.reference.data_range),
            iterations=STEPS,
            counts=counts,
        )
        return _PartClimb(steps, self._means)

    def _means(self, image: NDArray[Any]) -> Mapping[str, float]:
        """Return the means of SSIM and its factors over the windows that count."""
        subject, x = self.subject, self.subject.pair.reference.pixels
        if subject.pair.mask is None:
            return bound_ssim(subject.metric, x).measure(image, parts=True).means
        return evaluate_masked(subject.metric, x, image, subject.pair.mask).scores.as_dict()

    def _found(
        self, climbs: Mapping[Driver, _PartClimb], kept: SpherePaths, *, done: bool
    ) -> Paths:
        paths = {driver: climb.path() for driver, climb in climbs.items()}
        for number, path in enumerate(paths.values()):
            kept.add(number, self.subject.moving(path.image))
        return Paths(self.subject, self.direction, paths, kept.plane(), done)


def _kept_every(samples: int) -> int:
    """Return how many steps lie between two images that are kept of a climb."""
    images = min(max(KEPT_BYTES // (len(Driver) * 8 * samples), 2), KEPT_IMAGES)
    return -(-STEPS // (images - 1))


@dataclass(frozen=True, slots=True, eq=False)
class ShowJob:
    """Make the latest image of a climb ready for the main window."""

    paths: Paths
    driver: Driver

    def __call__(self) -> ReplaceDistorted:
        """Return the intent that puts it on screen."""
        path, reference = self.paths.paths[self.driver], self.paths.subject.pair.reference
        name = tr(
            "{name}, by {driver} at MSE {mse:.6g}",
            name=reference.name,
            driver=self.driver,
            mse=path.mse,
        )
        return replacement(Image(path.image, reference.data_range, name), reference)

    def is_same_job(self, other: object) -> bool:
        """Whether another job makes the same image."""
        return (
            isinstance(other, ShowJob) and other.paths is self.paths and other.driver is self.driver
        )


def missing_parts(session: Session) -> PartsJob | None:
    """Return the job for the parts of the present pair."""
    subject = _wanted(session)
    return None if subject is None or parts_of(session) is not None else PartsJob(subject)


def missing_paths(session: Session) -> PathsJob | None:
    """Return the job for the climbs of the present pair, once its parts are there."""
    subject, state = _wanted(session), state_of(session)
    if subject is None or not state.running or parts_of(session) is None:
        return None
    paths = paths_of(session)
    return None if paths is not None and paths.done else PathsJob(subject, state.direction)


def _wanted(session: Session) -> Subject | None:
    state = state_of(session)
    subject = subject_of(session) if state.open else None
    return None if subject is None or subject.is_same(state.failed) else subject
