"""The rows of the menu Edit."""

from __future__ import annotations

from ssim_viewer.session.command import Command, has_pair
from ssim_viewer.session.intents import Redo, SwapImages, Undo
from ssim_viewer.session.rows import region_row
from ssim_viewer.text import joined, tr
from ssim_viewer.ui.shell import file_commands as files
from ssim_viewer.ui.shell.rows.row import Line, Row, by_window

_MENU = ("Edit",)


def _after(words: str, change: str) -> str:
    """Return the words with the name of a change behind them, if there is one."""
    return joined(" ", (words, change)) if change else words


EDIT: tuple[Row, ...] = (
    Command(
        "undo",
        tr("&Undo"),
        _MENU,
        lambda _session: Undo(),
        tr("Take the last change back."),
        ("<Undo>",),
        "undo",
        enabled=lambda session: bool(session.undo_name),
        text=lambda session: _after(tr("&Undo"), session.undo_name),
        tool=30,
    ),
    Command(
        "redo",
        tr("&Redo"),
        _MENU,
        lambda _session: Redo(),
        tr("Make the change again that was taken back."),
        ("<Redo>", "Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
        enabled=lambda session: bool(session.redo_name),
        text=lambda session: _after(tr("&Redo"), session.redo_name),
        tool=31,
    ),
    Line(_MENU),
    Command(
        "copy_view",
        tr("&Copy active pane"),
        _MENU,
        by_window(files.copy_view),
        tr("Copy the active pane as shown, with its colour bar, as a picture."),
        ("<Copy>",),
        "content-copy",
        enabled=has_pair,
    ),
    Command(
        "copy_scores",
        tr("Copy &scores"),
        _MENU,
        by_window(files.copy_scores),
        tr("Copy the scores, those of the selected region too, and the convention as text."),
        ("Ctrl+Shift+C",),
        enabled=has_pair,
    ),
    Command(
        "copy_region",
        tr("Copy re&gion scores"),
        _MENU,
        by_window(files.copy_region),
        tr("Copy the scores of the selected region, with their convention, as text."),
        ("Ctrl+Alt+C",),
        enabled=lambda session: bool(region_row(session)),
    ),
    Line(_MENU),
    Command(
        "swap",
        tr("S&wap the two images"),
        _MENU,
        lambda _session: SwapImages(),
        tr("Make the distorted image the reference and the reference the distorted one."),
        ("S",),
        "swap-horizontal",
        enabled=has_pair,
        tool=52,
    ),
)
