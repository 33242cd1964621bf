"""The feature: a window with a table, filled a mistake at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.features.feature import (
    Answer,
    Area,
    Command,
    Feature,
    Job,
    OpenView,
    ViewClosed,
    ViewOpened,
    ViewSpec,
)
from ssim_viewer.features.implementation_mistakes.state import (
    ID,
    Mistakes,
    missing_mistake,
    with_answer,
)
from ssim_viewer.metrics.counting import require_numbers
from ssim_viewer.metrics.planes import as_image
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from numpy.typing import NDArray

    from ssim_viewer.features.implementation_mistakes.mistakes import Mistake
    from ssim_viewer.images import Pair
    from ssim_viewer.session.state import Session

LUMA = (0.299, 0.587, 0.114)


@dataclass(frozen=True, slots=True, eq=False)
class MistakeJob:
    """Compute the value of one mistake for the luma of a pair, or for its channels."""

    pair: Pair
    mistake: Mistake

    def __call__(self) -> float:
        """Return the value."""
        require_numbers(self.pair.reference.pixels, self.pair.distorted.pixels)
        seen = as_image if self.mistake.of_channels else _luma
        x, y = (seen(each.pixels) for each in (self.pair.reference, self.pair.distorted))
        return self.mistake.measure(x, y, self.pair.reference.data_range)

    def is_same_job(self, other: object) -> bool:
        """Whether another job computes the same."""
        return (
            isinstance(other, MistakeJob)
            and other.pair is self.pair
            and other.mistake is self.mistake
        )


def _luma(pixels: NDArray[np.generic]) -> NDArray[np.float64]:
    image = as_image(pixels)
    return np.asarray(image @ LUMA if image.ndim == 3 else image, np.float64)


class ImplementationMistakes(Feature[Mistakes]):
    """What other implementations would say of the pair on screen, and why."""

    id = ID
    initial = Mistakes()
    commands = (
        Command(
            "open_implementation_mistakes",
            tr("Why is my &SSIM another?…"),
            ("Experiment", tr("Mistakes")),
            lambda _session: OpenView(ID),
            tr("Mistakes and conventions of implementations, with the value that each gives."),
            enabled=lambda session: session.document.pair is not None,
        ),
    )

    def reduce(self, state: Mistakes, session: Session, action: object) -> Mistakes:
        """Return the state after an action."""
        match action:
            case ViewOpened():
                return replace(state, open=True)
            case ViewClosed():
                return replace(state, open=False)
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the job for the next missing value."""
        missing, pair = missing_mistake(session), session.document.pair
        return {} if missing is None or pair is None else {"value": MistakeJob(pair, missing)}

    def receive(self, state: Mistakes, session: Session, key: Hashable, answer: Answer) -> Mistakes:
        """Return the state with a value, or with why there is none."""
        job = answer.job
        assert isinstance(job, MistakeJob)  # noqa: S101 - there is no other key
        return with_answer(session, job.pair, job.mistake.id, answer.result, answer.problem)

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, tr("Why is my SSIM another?"), _window)


def _window() -> Any:
    from ssim_viewer.features.implementation_mistakes.view import MistakesWindow  # noqa: PLC0415

    return MistakesWindow()
