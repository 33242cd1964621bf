"""The climb of the main window: quality walked up or down from what is on screen."""

from ssim_viewer.features.climb.feature import ClimbFeature

__all__ = ["ClimbFeature"]
