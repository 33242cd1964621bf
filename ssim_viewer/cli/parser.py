"""Words of the command line into options; doing what they ask is left to the commands."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ssim_viewer import __version__
from ssim_viewer.cli.commands.table import COMMANDS
from ssim_viewer.cli.errors import CommandError
from ssim_viewer.cli.metric_options import add_metric_options, add_range_options
from ssim_viewer.cli.pairing_options import add_pairing_options
from ssim_viewer.cli.recording import RECORD_HELP
from ssim_viewer.cli.score_options import SCORE_EPILOG, add_score_options
from ssim_viewer.cli.values import count, levels_or_auto, number, positive, size
from ssim_viewer.images import names_a_file
from ssim_viewer.images.tone import Operator
from ssim_viewer.remote.protocol import DEFAULT_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_OVERVIEW = """\
commands:
  view         open the window (also without this word)
  score        print MSE, PSNR, MAE, SSIM and its parts of distorted images
  ascend       climb to the best image of the same MSE
  descend      climb to the worst image of the same MSE
  mad          maximum differentiation: the best and worst images of two metrics
  reconstruct  from noise, grey, blur or a file towards the reference by raising a metric
{commands}

--list-metrics prints the metrics that can be asked for.
`ssim-viewer COMMAND --help` tells more about each.
"""

TONES = {"linear": Operator.LINEAR, "srgb": Operator.SRGB, "log": Operator.LOG}

LIST_METRICS = "--list-metrics"

_STATUS = "Exit status: 0 when done, 2 with one line on standard error when not."


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one sentence."""

    def error(self, message: str) -> NoReturn:
        """Raise the complaint as a CommandError."""
        raise CommandError(f"{message} (see {self.prog} --help)")


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return the options, with `command` among them.

    The first word may be a command; without one the command is view.

    Raises
    ------
    CommandError
        If the words make no sense.
    """
    words = _with_plain_paths(words)
    first = words[0] if words else ""
    if first in {"-h", "--help", "--version"}:
        _overview_parser().parse_args(words)
    if LIST_METRICS in words:
        return argparse.Namespace(command=LIST_METRICS)
    command, rest = (first, words[1:]) if first in _PARSERS else ("view", words)
    options = _PARSERS[command](command).parse_intermixed_args(rest)
    options.command = command
    return options


def _with_plain_paths(words: Sequence[str]) -> list[str]:
    """Return words in which no path looks like an option.

    After ``--`` everything is a path; before it a word with one dash is, if a file has this name.
    argparse loses ``--`` where options and paths are mixed.
    """
    words = list(words)
    end = words.index("--") if "--" in words else len(words)
    before = [
        f"./{word}" if re.match(r"-[^-]", word) and names_a_file(word) else word
        for word in words[:end]
    ]
    return before + [f"./{word}" if word.startswith("-") else word for word in words[end + 1 :]]


def _overview() -> str:
    rows = (f"  {each.name:<12} {each.summary}" for each in COMMANDS.values())
    return _OVERVIEW.format(commands="\n".join(rows))


def _table_parser(command: str) -> Parser:
    found = COMMANDS[command]
    parser = _command_parser(command, found.description)
    found.add_options(parser)
    return parser


def _overview_parser() -> Parser:
    parser = Parser(
        prog="ssim-viewer",
        usage="%(prog)s [COMMAND] …",
        description="See, touch and push structural similarity.",
        epilog=f"{_overview()}\n{_STATUS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"ssim-viewer {__version__}")
    parser.add_argument(LIST_METRICS, action="store_true", help="print the metrics there are")
    return parser


def _command_parser(command: str, description: str) -> Parser:
    return Parser(
        prog=f"ssim-viewer {command}", description=description, epilog=_STATUS, allow_abbrev=False
    )


def _view_parser(command: str) -> Parser:
    parser = _command_parser(command, "Open the window, or take its picture without a display.")
    add = parser.add_argument
    add("reference", type=Path, nargs="?", metavar="REF", help="without it: a sample pair")
    add("distorted", type=Path, nargs="?", metavar="DIST")
    add("others", type=Path, nargs="*", metavar="DIST", help="kept beside it, to flip between")
    add("--session", type=Path, metavar="FILE.ssimv", help="open a session that was saved")
    add(
        "--listen",
        nargs="?",
        const=DEFAULT_NAME,
        metavar="NAME",
        help=f"let other programs show images in the window (default name: {DEFAULT_NAME})",
    )
    add("--screenshot", type=Path, metavar="FILE.png", help="render the window and exit")
    add("--size", type=size, metavar="WxH", help="of the window, such as 1280x800")
    add("--scale", type=positive, default=1.0, metavar="N", help="device pixels per pixel")
    add("--theme", choices=["light", "dark", "high contrast", "system"])
    add("--language", metavar="NAME", help="of the window, such as de; by default the system's")
    add_pairing_options(parser, profile=None)  # what was chosen in the window before
    add_range_options(parser)
    _add_display(parser)
    walk = parser.add_mutually_exclusive_group()
    walk.add_argument("--descend", type=count, metavar="N", help="climb N steps down first")
    walk.add_argument("--ascend", type=count, metavar="N", help="climb N steps up first")
    return parser


def _add_display(parser: Parser) -> None:
    group = parser.add_argument_group(
        "display", "How bright the images are shown; no score changes."
    )
    add = group.add_argument
    add(
        "--display-range",
        type=levels_or_auto,
        metavar="LOW,HIGH|auto",
        help="the values of black and of white; auto: the 0.5th and 99.5th percentile of the "
        "reference (default: 0 and the data range)",
    )
    add("--exposure", type=number, default=0.0, metavar="EV", help="in stops (default 0)")
    add("--tone", choices=[*TONES], default="linear", help="of the display (default linear)")


def _score_parser(command: str) -> Parser:
    parser = Parser(
        prog=f"ssim-viewer {command}",
        usage="%(prog)s [OPTION …] REF DIST … | FOLDER FOLDER … | --pairs FILE.csv",
        description="Score distorted images against their reference.",
        epilog=SCORE_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add_score_options(parser)
    add_pairing_options(parser, each=True)
    _add_force(parser)
    add_metric_options(parser)
    return parser


def _climb_parser(command: str) -> Parser:
    goal = "best" if command == "ascend" else "worst"
    parser = _command_parser(
        command,
        f"Climb to the {goal} image that has the MSE of the start. Ctrl+C stops the climb and "
        "saves what was reached.",
    )
    add = parser.add_argument
    add("reference", type=Path, metavar="REF")
    add("start", type=Path, nargs="?", metavar="START")
    _add_noise(parser)
    add("--metric", default="ssim", metavar="NAME", help=f"{_PUSHED} (default %(default)s)")
    add("--hold", default="mse", metavar="NAME", help=f"{_HELD} (default %(default)s)")
    add("--steps", type=count, default=100, metavar="N", help="(default %(default)s)")
    add("--rule", choices=["fixed", "adaptive"], default="adaptive", help="(default %(default)s)")
    _add_length(parser, "--step-size")
    _add_result(parser)
    add("--record", type=Path, metavar="FILE", help=RECORD_HELP)
    _add_common(parser)
    return parser


def _mad_parser(command: str) -> Parser:
    parser = _command_parser(
        command,
        "Maximum differentiation: the best and the worst image of one metric while the other one "
        "is held, and the reverse. Ctrl+C stops and saves what was reached.",
    )
    add = parser.add_argument
    add("reference", type=Path, metavar="REF")
    add("--hold", required=True, metavar="NAME", help="the first metric, held first")
    add("--vary", required=True, metavar="NAME", help="the second metric, pushed first")
    add("--start", type=Path, metavar="FILE", help="start from an image")
    _add_noise(parser)
    add("--steps", type=count, default=200, metavar="N", help="of each run (default %(default)s)")
    add(
        "--output",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="of the four images, plate.png and traces.csv",
    )
    add("--float", action="store_true", help="write the images as float32 .tif instead of .png")
    _add_common(parser)
    return parser


def _reconstruct_parser(command: str) -> Parser:
    parser = _command_parser(
        command,
        "Raise a metric without a constraint, from nothing towards the reference. Ctrl+C stops and "
        "saves what was reached.",
    )
    add = parser.add_argument
    add("reference", type=Path, metavar="REF")
    add("--metric", default="ssim", metavar="NAME", help=f"{_PUSHED} (default %(default)s)")
    add(
        "--optimizer",
        choices=["gradient", "adam", "l-bfgs-b"],
        default="adam",
        help="(default %(default)s)",
    )
    add("--start", default="noise", metavar="noise|grey|blur|FILE", help="(default %(default)s)")
    add("--seed", type=count, default=0, metavar="N", help="of the noise (default %(default)s)")
    add("--until", type=number, metavar="V", help="stop at this value of the metric")
    add("--steps", type=count, default=1000, metavar="N", help="at most (default %(default)s)")
    add("--seconds", type=positive, metavar="T", help="at most")
    _add_length(parser, "--learning-rate")
    _add_result(parser)
    _add_common(parser)
    return parser


_PUSHED = "the metric that is pushed"
_HELD = "the metric that is held at the value of the start"


def _add_noise(parser: Parser) -> None:
    add = parser.add_argument
    add("--noise-mse", type=positive, metavar="M", help="start from white noise of this MSE")
    add("--seed", type=count, metavar="N", help="of the noise (default 0)")


def _add_length(parser: Parser, name: str) -> None:
    parser.add_argument(
        name,
        type=positive,
        metavar="S",
        help="length of the first step, RMS over the image, in its own units",
    )


def _add_result(parser: Parser) -> None:
    add = parser.add_argument
    add("--output", type=Path, metavar="FILE", help=".png or .bmp: 8 bits; .tif: float32")
    add("--trace", type=Path, metavar="FILE.csv", help="write the numbers of every step")


def _add_common(parser: Parser) -> None:
    """Add what every climb takes: the range, the alignment, the convention of SSIM."""
    parser.add_argument(
        "--free-range", action="store_true", help="let pixels leave the displayable range"
    )
    add_pairing_options(parser)
    _add_force(parser)
    add_metric_options(parser)


def _add_force(parser: Parser) -> None:
    parser.add_argument("--force", action="store_true", help="overwrite files that exist")


_PARSERS: dict[str, Callable[[str], Parser]] = {
    "view": _view_parser,
    "score": _score_parser,
    "ascend": _climb_parser,
    "descend": _climb_parser,
    "mad": _mad_parser,
    "reconstruct": _reconstruct_parser,
    **dict.fromkeys(COMMANDS, _table_parser),
}
