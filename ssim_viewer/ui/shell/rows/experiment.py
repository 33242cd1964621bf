"""The rows of the menu Experiment; those of features follow them."""

from __future__ import annotations

from ssim_viewer.session.command import Command, has_pair, has_run
from ssim_viewer.session.intents import Pause, Play, ResetRun, StepOnce
from ssim_viewer.text import tr
from ssim_viewer.ui.shell.rows.row import Again, Line, Row

_MENU = ("Experiment",)

EXPERIMENT: tuple[Row, ...] = (
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
    ),
    Command(
        "reset_run",
        tr("&Reset"),
        _MENU,
        lambda _session: ResetRun(),
        tr("Go back to the start of the climb."),
        icon="skip-backward",
        enabled=has_run,
    ),
    Line(_MENU),
    Again(_MENU, "export_trace"),
    Line(_MENU),
)
