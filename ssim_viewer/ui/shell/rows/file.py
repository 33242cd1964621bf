"""The rows of the menu File."""

from __future__ import annotations

from functools import partial

from ssim_viewer.session.command import Command, has_pair, has_run
from ssim_viewer.session.intents import Reload
from ssim_viewer.session.state import Role
from ssim_viewer.text import tr
from ssim_viewer.ui.shell import file_commands as files
from ssim_viewer.ui.shell.rows.row import Line, Listing, Row, Submenu, by_window

_MENU = ("File",)
_EXPORT = ("File", "Export")

FILE: tuple[Row, ...] = (
    Command(
        "open_reference",
        tr("Open &reference…"),
        _MENU,
        by_window(partial(files.ask_image, role=Role.REFERENCE)),
        tr("Open the undistorted image that the other one is compared with."),
        ("<Open>",),
        "image-outline",
        tool=10,
        tool_text=tr("Reference"),
    ),
    Command(
        "open_distorted",
        tr("Open &distorted…"),
        _MENU,
        by_window(partial(files.ask_image, role=Role.DISTORTED)),
        tr("Open the image whose quality is measured."),
        ("Ctrl+Shift+O",),
        "blur",
        tool=11,
        tool_text=tr("Distorted"),
    ),
    Command(
        "open_damaged",
        tr("Open a da&maged file…"),
        _MENU,
        by_window(partial(files.ask_image, role=Role.DISTORTED, damaged=True)),
        tr("Open a distorted image that is damaged, as far as it can be read."),
    ),
    Listing(_MENU, "samples"),
    Listing(_MENU, "recent"),
    Listing(_MENU, "pages"),
    Command(
        "paste",
        tr("&Paste image"),
        _MENU,
        by_window(files.paste),
        tr("Take an image, or an image file, from the clipboard into the active pane's role."),
        ("<Paste>",),
        "content-paste",
    ),
    Command(
        "reload",
        tr("Re&load from disk"),
        _MENU,
        lambda _session: Reload(),
        tr("Read both files again."),
        ("Ctrl+R", "F5"),
        "reload",
        enabled=has_pair,
    ),
    Line(_MENU),
    Command(
        "save_distorted",
        tr("&Save distorted image…"),
        _MENU,
        by_window(files.save_distorted),
        tr(
            "Write the distorted image on screen: 8-bit PNG, or float32 TIFF. "
            "The MSE and MSSIM of the file as written are reported."
        ),
        ("<Save>",),
        "content-save-outline",
        enabled=has_pair,
        tool=20,
    ),
    Submenu(_MENU, tr("&Export")),
    Command(
        "export_native",
        tr("Active pane, &native resolution…"),
        _EXPORT,
        by_window(partial(files.export_active_pane, kind="native")),
        tr("Write the active pane's picture or map in its colours, a file pixel for each sample."),
        enabled=has_pair,
    ),
    Command(
        "export_as_shown",
        tr("Active pane, &as shown…"),
        _EXPORT,
        by_window(partial(files.export_active_pane, kind="as shown")),
        tr("Write the active pane as it stands on screen, with its colour bar."),
        ("Ctrl+Shift+S",),
        enabled=has_pair,
    ),
    Command(
        "export_values",
        tr("Active pane, &values…"),
        _EXPORT,
        by_window(partial(files.export_active_pane, kind="values")),
        tr("Write the values of the active pane as float32 TIFF or NPY."),
        enabled=has_pair,
    ),
    Line(_EXPORT),
    Command(
        "export_scores",
        tr("S&cores…"),
        _EXPORT,
        by_window(files.export_scores),
        tr("Write the scores as CSV or JSON."),
        enabled=has_pair,
    ),
    Command(
        "export_trace",
        tr("Export r&un as CSV…"),
        _EXPORT,
        by_window(files.export_trace),
        tr("Write the run as CSV: iteration, MSE, MSSIM, step size and gradient norm."),
        enabled=has_run,
    ),
    Line(_MENU),
    Command(
        "quit",
        tr("&Quit"),
        _MENU,
        by_window(lambda window: window.close()),
        tr("Close the program."),
        ("Ctrl+Q",),
        "exit-to-app",
    ),
)
