"""The command line over images, metrics and synthesis; the window is somebody else's.

`run` does what the words ask. The window is opened by a function that is handed in, so that this
room knows neither the application nor Qt.
"""

from __future__ import annotations

from ssim_viewer.cli.run import run

__all__ = ["run"]
