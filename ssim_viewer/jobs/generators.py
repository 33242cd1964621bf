"""Named generators of steps that live from one go to the next; what is kept of each step."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from ssim_viewer.compute.tiles import Interrupted, working_clock
from ssim_viewer.jobs.runner import problem_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    StepGenerator = Generator["AnyStep", None, object]


class AnyStep(Protocol):
    """What a generator yields; index 0 is its start."""

    @property
    def index(self) -> int:
        """Number of moves made so far."""

    @property
    def image(self) -> NDArray[np.floating[Any]]:
        """The image there."""


class Record(Protocol):
    """What is kept of a step until it is posted, such as a row of numbers."""

    @property
    def nbytes(self) -> int:
        """Bytes that it holds."""


@dataclass(frozen=True, slots=True, eq=False)
class TimedStep:
    """A step, and the seconds that its generator has worked so far."""

    step: AnyStep
    seconds: float

    @property
    def nbytes(self) -> int:
        """Bytes of the image."""
        return int(self.step.image.nbytes)


@dataclass(frozen=True, slots=True)
class End:
    """A generator has ended: by itself, or with a problem in one sentence.

    Attributes
    ----------
    reason
        What a generator that ended by itself returned, such as why.
    """

    problem: str = ""
    reason: object = None


@dataclass(eq=False)
class GeneratorSet:
    """Named generators that are made at their first step, and live from one go to the next.

    Only the runner's thread looks into it.

    Attributes
    ----------
    makers
        Make the generators; one that fails has ended with that problem.
    record
        Returns what is kept of a step, at once after it was made; by default the step itself.
    summarize
        Makes of the records since the last batch, and the latest step, what is posted; by default
        the records.
    preemptible
        Whether a step that is under way for long is given up when a stop is asked for, and not
        held. Its generator ends with it: whoever goes on makes it anew from the latest image.
    rehearsal
        Makes a generator for a small part of the image, whose first step tells what the passes
        of a long first step cost beside each other; None where no step is long.
    """

    makers: Mapping[str, Callable[[], StepGenerator]]
    record: Callable[[str, TimedStep], Record] = lambda _, timed: timed
    summarize: Callable[[str, tuple[Any, ...], TimedStep], object] = lambda _, records, __: records
    preemptible: bool = False
    rehearsal: Callable[[], Iterator[AnyStep]] | None = None
    is_stopping: Callable[[], bool] = field(init=False, default=lambda: False)
    """Whether a stop is waited for, so that what is dear to summarize is left out."""
    _live: dict[str, StepGenerator | None] = field(init=False)
    _seconds: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        self._live = dict.fromkeys(self.makers)
        self._seconds = dict.fromkeys(self.makers, 0.0)

    @property
    def over(self) -> bool:
        """Whether every generator has ended."""
        return not self._live

    def steps(
        self, count: int | None, ahead: str | None = None
    ) -> Iterator[tuple[str, TimedStep | End]]:
        """Yield a step of each in turn, until all have ended or made `count` moves.

        One may be a move ahead: its step was held, and finished by this order.
        """
        left = dict.fromkeys(self._live, count)
        if ahead is not None and ahead in left and count is not None:
            left[ahead] = count - 1
            if count == 1:
                del left[ahead]
        while left:
            for name in tuple(left):
                if name not in self._live:  # it was ended between two rounds
                    del left[name]
                    continue
                found = self._next(name)
                if isinstance(found, End):
                    del left[name]
                elif found.step.index > 0 and (moves := left[name]) is not None:
                    left[name] = moves - 1
                    if moves == 1:
                        del left[name]
                yield name, found

    def end(self, name: str) -> None:
        """End a generator, whatever it holds on to."""
        generator = self._live.pop(name, None)
        if generator is not None:
            with suppress(Exception):  # of a metric, on its way out: nobody waits for it
                generator.close()

    def close(self) -> None:
        """End every generator."""
        for name in tuple(self._live):
            self.end(name)

    def _next(self, name: str) -> TimedStep | End:
        try:
            generator = self._live[name] or self.makers[name]()
            self._live[name] = generator
            begun = working_clock()
            step = next(generator)
        except Interrupted:
            del self._live[name]
            raise
        except StopIteration as end:
            del self._live[name]
            return End(reason=end.value)
        except Exception as error:
            del self._live[name]
            return End(problem_of(error))
        self._seconds[name] += working_clock() - begun
        return TimedStep(step, self._seconds[name])
