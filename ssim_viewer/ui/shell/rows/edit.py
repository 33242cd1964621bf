"""The rows of the menu Edit."""

from __future__ import annotations

from ssim_viewer.session.command import Command, has_pair
from ssim_viewer.session.intents import Redo, SwapImages, Undo
from ssim_viewer.session.rows import region_row
from ssim_viewer.ui.shell import file_commands as files
from ssim_viewer.ui.shell.rows.row import Line, Row, by_window

_MENU = ("Edit",)

EDIT: tuple[Row, ...] = (
    Command(
        "undo",
        "&Undo",
        _MENU,
        lambda _session: Undo(),
        "Take the last change back.",
        ("<Undo>",),
        "undo",
        enabled=lambda session: bool(session.undo_name),
        text=lambda session: f"&Undo {session.undo_name}".rstrip(),
        tool=30,
    ),
    Command(
        "redo",
        "&Redo",
        _MENU,
        lambda _session: Redo(),
        "Make the change again that was taken back.",
        ("<Redo>", "Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
        enabled=lambda session: bool(session.redo_name),
        text=lambda session: f"&Redo {session.redo_name}".rstrip(),
        tool=31,
    ),
    Line(_MENU),
    Command(
        "copy_view",
        "&Copy active pane",
        _MENU,
        by_window(files.copy_view),
        "Copy the active pane as shown, with its colour bar, as a picture.",
        ("<Copy>",),
        "content-copy",
        enabled=has_pair,
    ),
    Command(
        "copy_scores",
        "Copy &scores",
        _MENU,
        by_window(files.copy_scores),
        "Copy the scores, those of the selected region too, and the convention as text.",
        ("Ctrl+Shift+C",),
        enabled=has_pair,
    ),
    Command(
        "copy_region",
        "Copy re&gion scores",
        _MENU,
        by_window(files.copy_region),
        "Copy the scores of the selected region, with their convention, as text.",
        ("Ctrl+Alt+C",),
        enabled=lambda session: bool(region_row(session)),
    ),
    Line(_MENU),
    Command(
        "swap",
        "S&wap the two images",
        _MENU,
        lambda _session: SwapImages(),
        "Make the distorted image the reference and the reference the distorted one.",
        ("S",),
        "swap-horizontal",
        enabled=has_pair,
        tool=52,
    ),
)
