"""What a command of the command line is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes
    ----------
    name
        Its word.
    summary
        A line in the list of commands.
    description
        What its help begins with.
    add_options
        Adds its options to a parser.
    run
        Does it and returns the exit status.
    """

    name: str
    summary: str
    description: str
    add_options: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]
