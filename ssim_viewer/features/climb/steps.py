"""The steps of a climb: one generator, numbered as its run is, gone on with where it stood.

The generator of a climb stays alive while it is paused, so that going on from the latest step
keeps the memory of the adaptive rule. Only a step so long that a pause could not wait for it is
given up; going on then begins anew from the latest image.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ssim_viewer.jobs.generators import GeneratorSet
from ssim_viewer.jobs.memory import climbing_by, require_memory, single_climb_by
from ssim_viewer.jobs.runner import Cancelled
from ssim_viewer.metrics import Ssim
from ssim_viewer.session.playback import StillnessWatch
from ssim_viewer.synthesis import climb

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from numpy.typing import NDArray

    from ssim_viewer.features.climb.jobs import ClimbRequest
    from ssim_viewer.jobs.generators import TimedStep
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.playback import Stillness
    from ssim_viewer.synthesis import Step

ONLY = "climb"

LONG_STEP = 4_000_000
"""Pixels from which a step may take so long that it tells how far it is."""

PART = 1024
"""Side of the part of an image on which a step is rehearsed: many tiles, and still quickly done."""


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """Steps since the last progress, oldest first, and the latest of them measured.

    Nothing is measured of the last steps before a stop, which is answered at once, nor of a start
    that stands on screen as it is.
    """

    steps: tuple[Step, ...]
    measured: SsimMeasurement | None = None


class ClimbSteps:
    """The generators of climbs; they share one that makes the steps, for as long as it can go on.

    Only the thread of a run looks into it.
    """

    def __init__(self) -> None:
        self._request: ClimbRequest | None = None
        self._steps: Iterator[Step] = iter(())
        self._latest: Step | None = None

    def generators(self, request: ClimbRequest) -> GeneratorSet:
        """Return what makes the steps of a request, for a run of its own."""

        def summarized(_: str, records: tuple[TimedStep, ...], latest: TimedStep) -> Progress:
            steps = tuple(cast("Step", timed.step) for timed in records)
            measured = _measured(request, cast("Step", latest.step), found.is_stopping)
            return Progress(steps, measured)

        found = GeneratorSet(
            {ONLY: partial(self._resumed, request)},
            summarize=summarized,
            preemptible=True,
            rehearsal=_rehearsal(request),
        )
        return found

    def _resumed(self, request: ClimbRequest) -> Generator[Step, None, Stillness | None]:
        """Yield steps numbered from the request's first index, going on where possible.

        It returns that nothing visible changes any more, if that is why it ends.
        """
        if self._request is None or not request.continues(self._request, self._latest):
            self._steps = _numbered(request)
        self._request = None  # a step that is given up leaves nothing to go on with
        watch = StillnessWatch(request.white, request.values)
        for step in self._steps:
            self._request, self._latest = request, step
            yield step
            found = watch.look(step) if request.stops_when_still else None
            if found is not None:
                return found
            self._request = None
        self._request = request
        return None


def _measured(
    request: ClimbRequest, step: Step, is_stopping: Callable[[], bool]
) -> SsimMeasurement | None:
    """Measure a step for the screen, unless a stop comes first or it is there already."""
    showing = request.showing
    if showing is None or is_stopping() or step.image is request.start:
        return None

    def report(*_: object) -> None:
        if is_stopping():
            raise Cancelled

    wanted = showing.request(request.reference, step.image, request.counts)
    with suppress(Cancelled):
        return cast("SsimMeasurement", wanted.run(report)[0])
    return None


def _numbered(request: ClimbRequest) -> Iterator[Step]:
    metric, reference = request.metric, request.reference
    if isinstance(metric, Ssim) and metric.precision == "single":
        work = single_climb_by(metric, reference, masked=request.counts is not None)
    else:
        work = climbing_by(metric)
    require_memory(work, reference)
    steps = climb(
        metric,
        request.reference,
        request.start,
        request.direction,
        rule=request.rule,
        step_size=request.step_size,
        pixel_range=request.pixel_range,
        counts=request.moving,
    )
    for step in steps:
        if step.index > 0:
            yield replace(step, index=step.index + request.first_index)
        elif request.fresh:
            yield replace(step, index=request.first_index, image=_as_given(step.image, request))


def _rehearsal(request: ClimbRequest) -> Callable[[], Iterator[Step]] | None:
    """Return a climb on a small part of a large image, or None where steps take no time."""
    height, width = request.reference.shape[:2]
    if height * width < LONG_STEP:
        return None
    top, left = (height - PART) // 2, (width - PART) // 2
    part = slice(max(top, 0), max(top, 0) + PART), slice(max(left, 0), max(left, 0) + PART)
    return lambda: _numbered(
        replace(request, reference=request.reference[part], start=request.start[part], fresh=True)
    )


def _as_given(image: NDArray[Any], request: ClimbRequest) -> NDArray[Any]:
    """Return the start of a climb, as it was given if that is the same: it is there already."""
    floats = image.dtype.kind == request.start.dtype.kind == "f"
    same = np.array_equal(image, request.start, equal_nan=floats)
    return request.start if same else image
