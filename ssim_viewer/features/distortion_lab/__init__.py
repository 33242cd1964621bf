"""The distortion lab: a chain of distortions on the reference, live, at a strength or at an MSE."""

from ssim_viewer.features.distortion_lab.feature import DistortionLab

__all__ = ["DistortionLab"]
