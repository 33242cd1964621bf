"""The rows of the climb in the menu Experiment."""

from __future__ import annotations

from ssim_viewer.session.command import Command, has_pair, has_run
from ssim_viewer.session.intents import Pause, Play, ResetRun, StepOnce
from ssim_viewer.text import tr

_MENU, _LINE = ("Experiment",), "climb"

COMMANDS = (
    Command(
        "play",
        tr("&Play or pause"),
        _MENU,
        lambda session: Pause() if session.playing else Play(),
        tr("Climb until paused; Space does the same wherever the key is not taken."),
        ("Ctrl+Space",),
        "play",
        enabled=has_pair,
        text=lambda session: tr("&Pause") if session.playing else tr("&Play"),
        before=_LINE,
    ),
    Command(
        "step",
        tr("&One step"),
        _MENU,
        lambda _session: StepOnce(),
        tr("Make one step of the climb."),
        ("Ctrl+Right",),
        "skip-next",
        enabled=has_pair,
        before=_LINE,
    ),
    Command(
        "reset_run",
        tr("&Reset"),
        _MENU,
        lambda _session: ResetRun(),
        tr("Go back to the start of the climb."),
        icon="skip-backward",
        enabled=has_run,
        before=_LINE,
    ),
)
