"""Other programs show images in the window, through a local socket that is off at first."""

from ssim_viewer.features.remote.feature import RemoteFeature

__all__ = ["RemoteFeature"]
