"""Every row of the main window's menus, in order. A new command is one more row."""

from ssim_viewer.text import tr
from ssim_viewer.ui.shell.rows.edit import EDIT
from ssim_viewer.ui.shell.rows.experiment import EXPERIMENT
from ssim_viewer.ui.shell.rows.file import FILE
from ssim_viewer.ui.shell.rows.help import HELP
from ssim_viewer.ui.shell.rows.metric import METRIC
from ssim_viewer.ui.shell.rows.view import VIEW

MENUS = (tr("&File"), tr("&Edit"), tr("&View"), tr("&Metric"), tr("E&xperiment"), tr("&Help"))
"""The menu bar."""

ROWS = (*FILE, *EDIT, *VIEW, *METRIC, *EXPERIMENT, *HELP)

__all__ = ["MENUS", "ROWS"]
