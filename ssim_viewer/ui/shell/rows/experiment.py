"""The rows of the menu Experiment: features bring the others, the climb before the first line."""

from __future__ import annotations

from ssim_viewer.ui.shell.rows.row import Again, Line, Row

_MENU = ("Experiment",)

EXPERIMENT: tuple[Row, ...] = (
    Line(_MENU, "climb"),
    Again(_MENU, "export_trace"),
    Line(_MENU),
)
