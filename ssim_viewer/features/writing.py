"""Files that a feature is to write: a queue in its state, one job a file, a notice about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.session.state import Notice, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.features.feature import Answer


@dataclass(frozen=True, slots=True, eq=False)
class WriteJob:
    """Write one file; `write` returns one sentence about it."""

    write: Callable[[], str]

    def __call__(self) -> str:
        """Write it."""
        return self.write()

    def is_same_job(self, other: object) -> bool:
        """Whether another job is this very one: the same file may be written twice."""
        return other is self


def notice_of(answer: Answer) -> Notice:
    """Return what to say about a file that was written, or was not."""
    if answer.problem:
        return Notice(answer.problem, Severity.ERROR)
    return Notice(str(answer.result), Severity.INFORMATION)
