"""``python -m ssim_viewer``: the command line, which opens the window when asked to."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ssim_viewer import cli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.session.view_options import ViewOptions

_SYSTEM_PACKAGES = (
    "libegl1 libgl1 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)


def main(words: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status.

    Parameters
    ----------
    words
        The command line without the name of the program; None takes the process's own.
    """
    return cli.run(sys.argv[1:] if words is None else words, _view)


def _view(options: ViewOptions) -> int:
    # Imported only now: scores and walks need no Qt, and may run where it cannot.
    try:
        from ssim_viewer.app import run_view  # noqa: PLC0415
    except ImportError as error:
        if (error.name or "").startswith("ssim_viewer"):
            raise
        sys.stderr.write(
            f"ssim-viewer: The window cannot start ({error}); on Debian or Ubuntu, "
            f"`apt install {_SYSTEM_PACKAGES}` gives Qt what it needs.\n"
        )
        return 2
    return run_view(options)


if __name__ == "__main__":
    raise SystemExit(main())
