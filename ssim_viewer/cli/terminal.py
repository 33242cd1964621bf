"""Results go to standard output, all that is said about them to standard error.

Names of files may hold anything, so they never reach the terminal as markup or as control codes.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from pathlib import Path

_UNBOUNDED = 10_000
"""Columns of a pipe or a file: a table there is as wide as it needs to be."""


def write_result(text: str) -> None:
    """Write a result to standard output as it is."""
    sys.stdout.write(text)
    sys.stdout.flush()


def say(sentence: str) -> None:
    """Write one line about the work to standard error."""
    sys.stderr.write(f"ssim-viewer: {one_line(sentence)}\n")
    sys.stderr.flush()


def result_console() -> Console:
    """Return the console that tables are printed on."""
    width = None if sys.stdout.isatty() else _UNBOUNDED
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


def progress_console() -> Console:
    """Return the console that progress is drawn on."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False)


def one_line(text: str) -> str:
    """Return a text with its white space in single blanks and without control characters."""
    shown = " ".join(text.split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)


def display_path(path: Path) -> str:
    """Return a path in printable characters, whatever bytes it is made of."""
    return one_line(os.fsencode(path).decode("utf-8", "replace"))


def survive_odd_encodings() -> None:
    """Let characters that the terminal's encoding does not have be escaped instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
