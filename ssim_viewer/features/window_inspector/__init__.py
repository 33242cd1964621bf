"""The window inspector: one window of SSIM, under the mouse or pinned, with all its numbers."""

from ssim_viewer.features.window_inspector.feature import WindowInspector

__all__ = ["WindowInspector"]
