"""The application: it builds the window and connects the rooms."""

from ssim_viewer.app.viewing import run_view
from ssim_viewer.app.window import create_window

__all__ = ["create_window", "run_view"]
