"""Start the program as `ssim-viewer` does, and tell when its first maps are painted.

Prints the time of that, and the most milliseconds that the event loop was held in the seconds after
it, while compiled kernels are loaded. `live_feel` runs it in a fresh process, and knows when that
began.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer import cli

if TYPE_CHECKING:
    from ssim_viewer.session.view_options import ViewOptions


LOADING = 3.0
"""Seconds in which kernels are loaded."""


def _view(options: ViewOptions) -> int:
    """Open the window with settings of its own and close it after the first picture."""
    from PySide6.QtCore import QSettings, QTimer  # noqa: PLC0415 - Qt is part of what is timed
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from benchmarks.feeling import held_during  # noqa: PLC0415
    from ssim_viewer.app import create_window  # noqa: PLC0415
    from ssim_viewer.app.viewing import keep_for_good  # noqa: PLC0415

    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = create_window(options.reference, options.distorted, settings=settings)
        window.show()
        keep_for_good()
        timer = QTimer(interval=1)

        def look() -> None:
            if window.session.measured is not None:
                window.panes.repaint()
                timer.stop()
                painted = time.time()
                print(painted, max(held_during(LOADING)))
                window.close()

        timer.timeout.connect(look)
        timer.start()
        return application.exec()


if __name__ == "__main__":
    raise SystemExit(cli.run([], _view))
