"""The training lab: copies of one network learn by several losses, side by side, in a window."""

from ssim_viewer.features.training_lab.feature import TrainingLab

__all__ = ["TrainingLab"]
