"""The rows of the menu File."""

from __future__ import annotations

from functools import partial

from ssim_viewer.session.command import Command, has_pair, has_run
from ssim_viewer.session.intents import Reload
from ssim_viewer.session.state import Role
from ssim_viewer.ui.shell import file_commands as files
from ssim_viewer.ui.shell.rows.row import Line, Listing, Row, Submenu, by_window

_MENU = ("File",)
_EXPORT = ("File", "Export")

FILE: tuple[Row, ...] = (
    Command(
        "open_reference",
        "Open &reference…",
        _MENU,
        by_window(partial(files.ask_image, role=Role.REFERENCE)),
        "Open the undistorted image that the other one is compared with.",
        ("<Open>",),
        "image-outline",
        tool=10,
        tool_text="Reference",
    ),
    Command(
        "open_distorted",
        "Open &distorted…",
        _MENU,
        by_window(partial(files.ask_image, role=Role.DISTORTED)),
        "Open the image whose quality is measured.",
        ("Ctrl+Shift+O",),
        "blur",
        tool=11,
        tool_text="Distorted",
    ),
    Command(
        "open_damaged",
        "Open a da&maged file…",
        _MENU,
        by_window(partial(files.ask_image, role=Role.DISTORTED, damaged=True)),
        "Open a distorted image that is damaged, as far as it can be read.",
    ),
    Listing(_MENU, "samples"),
    Listing(_MENU, "recent"),
    Listing(_MENU, "pages"),
    Command(
        "paste",
        "&Paste image",
        _MENU,
        by_window(files.paste),
        "Take an image, or an image file, from the clipboard into the active pane's role.",
        ("<Paste>",),
        "content-paste",
    ),
    Command(
        "reload",
        "Re&load from disk",
        _MENU,
        lambda _session: Reload(),
        "Read both files again.",
        ("Ctrl+R", "F5"),
        "reload",
        enabled=has_pair,
    ),
    Line(_MENU),
    Command(
        "save_distorted",
        "&Save distorted image…",
        _MENU,
        by_window(files.save_distorted),
        "Write the distorted image on screen: 8-bit PNG, or float32 TIFF. "
        "The MSE and MSSIM of the file as written are reported.",
        ("<Save>",),
        "content-save-outline",
        enabled=has_pair,
        tool=20,
    ),
    Submenu(_MENU, "&Export"),
    Command(
        "export_native",
        "Active pane, &native resolution…",
        _EXPORT,
        by_window(partial(files.export_active_pane, kind="native")),
        "Write the active pane's picture or map in its colours, a file pixel for each sample.",
        enabled=has_pair,
    ),
    Command(
        "export_as_shown",
        "Active pane, &as shown…",
        _EXPORT,
        by_window(partial(files.export_active_pane, kind="as shown")),
        "Write the active pane as it stands on screen, with its colour bar.",
        ("Ctrl+Shift+S",),
        enabled=has_pair,
    ),
    Command(
        "export_values",
        "Active pane, &values…",
        _EXPORT,
        by_window(partial(files.export_active_pane, kind="values")),
        "Write the values of the active pane as float32 TIFF or NPY.",
        enabled=has_pair,
    ),
    Line(_EXPORT),
    Command(
        "export_scores",
        "S&cores…",
        _EXPORT,
        by_window(files.export_scores),
        "Write the scores as CSV or JSON.",
        enabled=has_pair,
    ),
    Command(
        "export_trace",
        "Export r&un as CSV…",
        _EXPORT,
        by_window(files.export_trace),
        "Write the run as CSV: iteration, MSE, MSSIM, step size and gradient norm.",
        enabled=has_run,
    ),
    Line(_MENU),
    Command(
        "quit",
        "&Quit",
        _MENU,
        by_window(lambda window: window.close()),
        "Close the program.",
        ("Ctrl+Q",),
        "exit-to-app",
    ),
)
