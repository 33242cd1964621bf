"""From words to an exit status: one line on standard error for whatever goes wrong."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from ssim_viewer.cli.climbing import run_climb
from ssim_viewer.cli.commands import lesson
from ssim_viewer.cli.commands.table import COMMANDS
from ssim_viewer.cli.errors import DONE, INTERRUPTED, REFUSED, CommandError
from ssim_viewer.cli.mad_sheet import run_mad
from ssim_viewer.cli.metric_names import list_metrics
from ssim_viewer.cli.metric_options import given_range
from ssim_viewer.cli.parser import LIST_METRICS, TONES, parse
from ssim_viewer.cli.reconstructing import run_reconstruct
from ssim_viewer.cli.scorer import OUT_OF_MEMORY
from ssim_viewer.cli.scoring import run_score
from ssim_viewer.cli.terminal import say, survive_odd_encodings
from ssim_viewer.distortions import DistortionError
from ssim_viewer.images import ImageError
from ssim_viewer.metrics import MetricError
from ssim_viewer.reports.lesson import LessonError
from ssim_viewer.session.display import Display
from ssim_viewer.session.view_options import ViewOptions
from ssim_viewer.synthesis import SphereError
from ssim_viewer.training import TrainingError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    View = Callable[[ViewOptions], int]


def run(words: Sequence[str], view: View) -> int:
    """Do what the words of a command line ask and return the exit status.

    Parameters
    ----------
    words
        Without the name of the program.
    view
        Opens the window, or takes its picture, and returns the exit status.
    """
    survive_odd_encodings()
    try:
        return _done(parse(words), view)
    except (
        CommandError,
        DistortionError,
        ImageError,
        LessonError,
        MetricError,
        SphereError,
        TrainingError,
    ) as error:
        say(str(error))
    except MemoryError:
        say(OUT_OF_MEMORY)
    except KeyboardInterrupt:
        say("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever reads the output has read enough; Python would complain again on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        say(f"The output cannot be written: {error.strerror or error}.")
    except SystemExit as asked:  # --help and --version
        return asked.code if isinstance(asked.code, int) else DONE
    return REFUSED


_COMMANDS: dict[str, Callable[[Namespace], int]] = {
    LIST_METRICS: lambda _: list_metrics(),
    "score": run_score,
    "ascend": run_climb,
    "descend": run_climb,
    "mad": run_mad,
    "reconstruct": run_reconstruct,
    **{name: command.run for name, command in COMMANDS.items()},
}


def _done(options: Namespace, view: View) -> int:
    if options.command == "view":
        return view(_view_options(options))
    if options.command == lesson.COMMAND.name and not options.check:
        return view(lesson.view_options(options))
    return _COMMANDS[options.command](options)


def _view_options(options: Namespace) -> ViewOptions:
    if options.screenshot is not None and options.screenshot.suffix.lower() != ".png":
        raise CommandError("--screenshot needs a name that ends in .png.")
    if options.session is not None and options.reference is not None:
        raise CommandError("--session names its images itself; leave REF and DIST out.")
    if options.session is not None and options.session.suffix.lower() != ".ssimv":
        raise CommandError("--session needs a name that ends in .ssimv.")
    steps, direction = 0, None
    if options.descend is not None:
        steps, direction = options.descend, "descent"
    elif options.ascend is not None:
        steps, direction = options.ascend, "ascent"
    return ViewOptions(
        reference=options.session or options.reference,
        distorted=options.distorted,
        others=tuple(options.others),
        listen=options.listen,
        screenshot=options.screenshot,
        size=options.size,
        scale=options.scale,
        theme=options.theme,
        language=options.language,
        align=options.align,
        steps=steps,
        direction=direction,
        given=given_range(options),
        display=_display(options),
        background=options.background,
        profile=options.profile,
        channel=options.channel,
        mask=options.mask,
    )


def _display(options: Namespace) -> Display:
    automatic = options.display_range == "auto"
    levels = None if automatic else options.display_range
    return Display(levels, automatic, options.exposure, TONES[options.tone])
