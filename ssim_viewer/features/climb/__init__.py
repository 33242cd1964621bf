"""The climb of the main window: quality raised or lowered from what is on screen."""

from ssim_viewer.features.climb.feature import ClimbFeature

__all__ = ["ClimbFeature"]
