"""The rows of the menu Metric."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssim_viewer.metrics import PRESETS
from ssim_viewer.session.command import Command
from ssim_viewer.session.intents import ChangeMetric
from ssim_viewer.text import tr
from ssim_viewer.ui.shell.rows.row import Listing, Row

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session

_MENU = ("Metric",)


def preset(session: Session, name: str) -> ChangeMetric:
    """Return the intent to measure by a preset, over the data range in use."""
    data_range = session.document.metric.data_range
    return ChangeMetric(replace(PRESETS[name], data_range=data_range))


METRIC: tuple[Row, ...] = (
    Listing(_MENU, "scores"),
    Listing(_MENU, "drivers"),
    Listing(_MENU, "presets"),
    Listing(_MENU, "masks"),
    Listing(_MENU, "channels"),
    Command(
        "reset_metric",
        tr("&Reset to Wang 2004"),
        _MENU,
        lambda session: preset(session, "Wang 2004"),
        tr("Measure by the settings of Wang et al. 2004."),
    ),
)
