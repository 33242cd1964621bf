"""The rows of the menu Help."""

from __future__ import annotations

from ssim_viewer.session.command import Command
from ssim_viewer.text import tr
from ssim_viewer.ui.shell.about_box import show_about
from ssim_viewer.ui.shell.rows.row import Line, Row, by_window

_MENU = ("Help",)

HELP: tuple[Row, ...] = (
    Command(
        "help",
        tr("&Help on SSIM"),
        _MENU,
        by_window(lambda window: window.commands.help.show()),
        tr("What SSIM measures, and what the climb does."),
        ("F1",),
    ),
    Command(
        "shortcuts",
        tr("&Keys"),
        _MENU,
        by_window(lambda window: window.commands.show_keys()),
        tr("List every key."),
        ("?",),
    ),
    Command(
        "palette",
        tr("&Find a command…"),
        _MENU,
        by_window(lambda window: window.commands.show_palette()),
        tr("Type a few letters of any command and run it."),
        ("Ctrl+Shift+P",),
        "magnify",
        tool=90,
    ),
    Line(_MENU),
    Command(
        "about",
        tr("&About"),
        _MENU,
        by_window(show_about),
        tr("Version, licence and where the samples come from."),
    ),
)
