"""A function that calls back, turned into a generator.

SciPy's `minimize` keeps its memory inside one call and only calls back. Here that call has a thread
of its own, which waits at every call back until the next item is asked for; so never more than one
of the two threads is at work.
"""

from __future__ import annotations

from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

Item = TypeVar("Item")


def generator_from_callback(
    run: Callable[[Callable[[Item], None]], object],
) -> Generator[Item, None, None]:
    """Yield what a function hands to its call back, one at a time, while the function waits.

    Parameters
    ----------
    run
        Is given the call back. It must end when the call back raises StopIteration.

    Raises
    ------
    Exception
        Whatever the function raises.
    """
    thread = _Handing(run)
    thread.start()
    try:
        thread.turns.put(True)
        while (answer := thread.answers.get()) is not None:
            yield answer[0]
            thread.turns.put(True)
        if thread.error is not None:
            raise thread.error
    finally:
        thread.turns.put(False)
        thread.join()


class _Handing(Thread, Generic[Item]):
    """Runs a function that calls back; each call back takes a turn and gives an answer."""

    def __init__(self, function: Callable[[Callable[[Item], None]], object]) -> None:
        # A daemon: a generator that nobody closed must not keep the program from ending.
        super().__init__(name="handing", daemon=True)
        self._function = function
        self.turns: SimpleQueue[bool] = SimpleQueue()
        self.answers: SimpleQueue[tuple[Item] | None] = SimpleQueue()
        self.error: BaseException | None = None

    def run(self) -> None:
        """Call the function at the first turn, and keep what it raises for the other thread."""
        try:
            if self.turns.get():
                self._function(self._hand_out)
        except BaseException as error:
            self.error = error
        self.answers.put(None)

    def _hand_out(self, item: Item) -> None:
        self.answers.put((item,))
        if not self.turns.get():
            raise StopIteration  # which `minimize` takes as a wish to stop
