"""Maximum differentiation: each of two metrics pushed both ways while the other one is held."""

from ssim_viewer.features.maximum_differentiation.feature import MaximumDifferentiation

__all__ = ["MaximumDifferentiation"]
