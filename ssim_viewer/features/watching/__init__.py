"""Follow changes on disk: files that change are read again, new ones are offered."""

from ssim_viewer.features.watching.feature import WatchingFeature

__all__ = ["WatchingFeature"]
