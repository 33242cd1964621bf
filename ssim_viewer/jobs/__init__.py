"""Work away from the GUI thread: frozen requests, a runner, and long climbs.

Workers read nothing but the request in their hands and touch no widget.
"""

from ssim_viewer.jobs.climbing import Climber, Ending, Progress
from ssim_viewer.jobs.runner import JobProgress, JobResult, Runner

__all__ = ["Climber", "Ending", "JobProgress", "JobResult", "Progress", "Runner"]
