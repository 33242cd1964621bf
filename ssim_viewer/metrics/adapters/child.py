"""Other programs as children: they are waited for in short looks, and end when the work does."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

LOOK = 0.05
"""Seconds between two looks at whether the work has been cancelled."""


def output_of(
    words: Sequence[str | Path],
    folder: Path,
    report: Callable[[float], None],
    *,
    may_fail: bool = False,
) -> str:
    """Return what a program prints; what `report` raises ends it.

    Parameters
    ----------
    words
        The program and its arguments.
    folder
        Where it works.
    report
        Called every few hundredths of a second.
    may_fail
        Whether it does not matter that it says it failed, as after printing its usage.

    Raises
    ------
    MetricError
        It cannot be started, or says that it failed.
    """
    hidden: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows has it
    try:
        child = subprocess.Popen(  # noqa: S603 - a program of the person's own, found on the path
            list(words),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            creationflags=hidden,
        )
    except OSError as error:
        raise MetricError(
            tr("{name} cannot be started: {error}", name=words[0], error=error.strerror)
        ) from error
    with child:
        try:
            printed = _waited(child, report)
        except BaseException:
            child.kill()
            raise
    if child.returncode and not may_fail:
        last = (printed.strip().splitlines() or [""])[-1]
        raise MetricError(tr("{name} failed: {error}", name=words[0], error=last))
    return printed


def _waited(child: subprocess.Popen[str], report: Callable[[float], None]) -> str:
    while True:
        try:
            return child.communicate(timeout=LOOK)[0]
        except subprocess.TimeoutExpired:
            report(0.0)
