"""Work away from the GUI thread: frozen requests, a runner, and long climbs.

Workers read nothing but the request in their hands and touch no widget.
"""

from ssim_viewer.workers.climbing import Climber, Ending, Progress
from ssim_viewer.workers.requests import (
    AlignRequest,
    ClimbRequest,
    MeasureRequest,
    ReadRequest,
    StartRequest,
    wanted_alignment,
    wanted_climb,
    wanted_measurement,
    wanted_start,
)
from ssim_viewer.workers.runner import Outcome, Runner

__all__ = [
    "AlignRequest",
    "ClimbRequest",
    "Climber",
    "Ending",
    "MeasureRequest",
    "Outcome",
    "Progress",
    "ReadRequest",
    "Runner",
    "StartRequest",
    "wanted_alignment",
    "wanted_climb",
    "wanted_measurement",
    "wanted_start",
]
