"""The work of the preference study: folders, the pictures of a trial, answers, scores."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.preference_study.design import Study, Trial, read_study
from ssim_viewer.features.preference_study.results import Result, append_result, read_results
from ssim_viewer.features.preference_study.state import RESULTS, Phase, Pictures, preference_of
from ssim_viewer.images import AS_THEY_ARE, read_image
from ssim_viewer.images.ranges import guess_range
from ssim_viewer.metrics import MetricContext, MetricError, catalogue, restricted_metric
from ssim_viewer.metrics.display_images import displayed

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.features.feature import Job
    from ssim_viewer.features.preference_study.state import Preference
    from ssim_viewer.images import Image
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class OpenJob:
    """Read a folder of candidates, and the answers in it."""

    folder: Path

    def __call__(self) -> tuple[Study, tuple[Result, ...]]:
        """Return both."""
        return read_study(self.folder), read_results(self.folder / RESULTS)

    def is_same_job(self, other: object) -> bool:
        """Whether another job reads the same folder."""
        return isinstance(other, OpenJob) and other.folder == self.folder


@dataclass(frozen=True, slots=True, eq=False)
class PicturesJob:
    """Read the pictures of a trial."""

    study: Study
    trial: Trial

    def __call__(self) -> Pictures:
        """Return them."""
        files = [self.study.file(method, self.trial.image) for method in self.trial.methods]
        if self.study.reference is not None:
            files.append(self.study.reference / self.trial.image)
        *pictures, last = _shown([read_image(file) for file in files])
        if self.study.reference is None:
            return Pictures(self.trial, (*pictures, last), None)
        return Pictures(self.trial, tuple(pictures), last)

    def is_same_job(self, other: object) -> bool:
        """Whether another job reads the same pictures."""
        return isinstance(other, PicturesJob) and other.trial == self.trial


@dataclass(frozen=True, slots=True, eq=False)
class WriteJob:
    """Add an answer to the file."""

    path: Path
    result: Result

    def __call__(self) -> Result:
        """Return the answer, which is in the file now."""
        append_result(self.path, self.result)
        return self.result

    def is_same_job(self, other: object) -> bool:
        """Whether another job writes the same answer."""
        return isinstance(other, WriteJob) and other.result is self.result


@dataclass(frozen=True, slots=True, eq=False)
class ScoreJob:
    """Measure one candidate by every metric that has room in it.

    As everywhere the pair has one range, and pixels that are not a number are left out.
    """

    study: Study
    image: str
    method: str

    def __call__(self) -> Mapping[str, float]:
        """Return the scores by the names of the metrics."""
        if self.study.reference is None:
            return {}
        reference = read_image(self.study.reference / self.image)
        candidate = read_image(self.study.file(self.method, self.image))
        if candidate.pixels.shape != reference.pixels.shape:
            return {}
        pair = AS_THEY_ARE.pair(reference, candidate)
        context, found = MetricContext(data_range=pair.reference.data_range), {}
        for name, entry in catalogue().items():
            try:
                metric = restricted_metric(entry.make(context), pair.mask)
                value = float(metric.bind(pair.reference.pixels).value(pair.distorted.pixels))
            except MetricError:
                continue  # it has no room in images of this size
            if math.isfinite(value):
                found[name] = value
        return found

    def is_same_job(self, other: object) -> bool:
        """Whether another job measures the same candidate."""
        return isinstance(other, ScoreJob) and (other.study, other.image, other.method) == (
            self.study,
            self.image,
            self.method,
        )


def missing_jobs(session: Session) -> dict[Hashable, Job]:
    """Return what the session is missing."""
    state = preference_of(session)
    jobs: dict[Hashable, Any] = {}
    if state.opening is not None:
        jobs["open"] = OpenJob(state.opening)
    if state.study is None:
        return jobs
    trial = state.trial
    shown = state.pictures.trial if state.pictures is not None else None
    if state.phase is Phase.TRIALS and trial is not None and shown != trial:
        jobs["pictures"] = PicturesJob(state.study, trial)
    if state.pending and state.writable:
        jobs["write"] = WriteJob(state.study.folder / RESULTS, state.pending[0])
    if (candidate := _unmeasured(state)) is not None:
        jobs["scores"] = ScoreJob(state.study, *candidate)
    return jobs


def _unmeasured(state: Preference) -> tuple[str, str] | None:
    """Return a candidate with answers but without scores, between trials, by image and method."""
    study = state.study
    if study is None or study.reference is None or state.phase is not Phase.SETUP:
        return None
    measured = {key for scores in state.scores.values() for key in scores} | state.unscored
    for result in state.results:
        for method in result.shown:
            key = result.image, method
            known = result.image in study.images and method in study.methods
            if known and key not in measured:
                return key
    return None


def _shown(images: Sequence[Image]) -> list[NDArray[np.uint8]]:
    """Return the pictures of images that stand beside each other, floats with one white for all."""
    peaks = [image.guessed_from for image in images]
    known = [peak for peak in peaks if peak is not None]
    scene = any(image.scene_referred for image in images)
    same = len(known) == len(images)
    white = guess_range(max(known), scene_referred=scene) if same else None
    pictures = [displayed(image.pixels, white or image.data_range) for image in images]
    for picture in pictures:
        picture.flags.writeable = False
    return pictures
