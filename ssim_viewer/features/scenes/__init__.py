"""Scenes: the classic demonstrations of SSIM, one click each, predicted and measured."""

from ssim_viewer.features.scenes.feature import ScenesFeature

__all__ = ["ScenesFeature"]
