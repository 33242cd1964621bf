"""Best and worst from one start in lockstep: the figure of Wang et al. 2004, section IV.A."""

from ssim_viewer.features.two_runs.feature import TwoRuns

__all__ = ["TwoRuns"]
