"""Robustness: the scores of all metrics against a small shift, turn, scaling, blur or noise."""

from ssim_viewer.features.robustness.feature import RobustnessFeature

__all__ = ["RobustnessFeature"]
