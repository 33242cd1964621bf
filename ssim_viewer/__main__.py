"""``python -m ssim_viewer``: the command line, which opens the window when asked to."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ssim_viewer import cli
from ssim_viewer.display import missing_for_a_window, missing_for_qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.session.view_options import ViewOptions


def main(words: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status.

    Parameters
    ----------
    words
        The command line without the name of the program; None takes the process's own.
    """
    return cli.run(sys.argv[1:] if words is None else words, _view)


def _view(options: ViewOptions) -> int:
    problem = missing_for_qt() or ("" if options.screenshot else missing_for_a_window())
    if problem:
        sys.stderr.write(f"ssim-viewer: {problem}\n")
        return 2
    # Imported only now: scores and walks need no Qt, and may run where it cannot.
    from ssim_viewer.app import run_view  # noqa: PLC0415

    return run_view(options)


if __name__ == "__main__":
    raise SystemExit(main())
