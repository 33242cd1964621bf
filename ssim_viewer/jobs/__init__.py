"""Work away from the GUI thread: frozen requests and runners.

Workers read nothing but the request in their hands and touch no widget.
"""

from ssim_viewer.jobs.runner import JobProgress, JobResult, Runner

__all__ = ["JobProgress", "JobResult", "Runner"]
