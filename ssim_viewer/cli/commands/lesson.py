"""``ssim-viewer lesson``: the window with a lesson, or the lesson checked without a window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.cli.command import Command
from ssim_viewer.cli.errors import DONE
from ssim_viewer.cli.terminal import write_result
from ssim_viewer.reports.lesson import read_lesson
from ssim_viewer.session.view_options import ViewOptions

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_options(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("lesson", type=Path, metavar="FILE.md", help="the lesson")
    parser.add_argument("--check", action="store_true", help="only read it, and say what is wrong")


def run(options: Namespace) -> int:
    """Read the lesson and say what it is."""
    found = read_lesson(options.lesson)
    write_result(f"“{found.title}”: {len(found.steps)} steps.\n")
    return DONE


def view_options(options: Namespace) -> ViewOptions:
    """Return what the window is asked for; a damaged lesson is refused beforehand."""
    read_lesson(options.lesson)
    return ViewOptions(lesson=options.lesson)


COMMAND = Command(
    "lesson",
    "open the window with a lesson of your own",
    "Open the window with a guided lesson, one Markdown file. The README says how to write one.",
    add_options,
    run,
)
