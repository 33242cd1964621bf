"""Session files: everything that is on screen, in one file that opens on another machine."""

from ssim_viewer.features.sessions.feature import SessionsFeature

__all__ = ["SessionsFeature"]
