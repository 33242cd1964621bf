"""Guided lessons that drive the program."""

from ssim_viewer.features.lessons.feature import LessonsFeature

__all__ = ["LessonsFeature"]
