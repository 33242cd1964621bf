"""Whether a window can open on this machine, told before Qt would abort.

Without a display, or without a library that its platform plugin wants, Qt ends the
process with a core dump. On Linux both can be known beforehand.
"""

from __future__ import annotations

import ctypes
import os
import sys

ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""Libraries that Qt links to, window or not, and the Debian packages that hold them."""

FOR_A_WINDOW = {
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Libraries of Qt's xcb platform plugin, and their packages."""


def missing_for_qt() -> str:
    """Return what keeps Qt from loading, in one sentence, or "" when nothing does."""
    return _missing(ALWAYS) if sys.platform.startswith("linux") else ""


def missing_for_a_window() -> str:
    """Return what keeps a window from opening, in one sentence, or "" when nothing does."""
    platform = os.environ.get("QT_QPA_PLATFORM") or "xcb"
    if not sys.platform.startswith("linux") or platform != "xcb":
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    if not os.environ.get("DISPLAY"):
        return (
            "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. Start the program "
            "in a desktop session (or under Debian's xvfb with “xvfb-run”), or write a picture "
            "of the window with “ssim-viewer view --screenshot FILE.png”."
        )
    if problem := _missing(FOR_A_WINDOW):
        return problem
    if not _answers():
        return (
            f"The display “{os.environ['DISPLAY']}” does not answer; check DISPLAY, or write a "
            "picture of the window with “ssim-viewer view --screenshot FILE.png”."
        )
    return ""


def _missing(libraries: dict[str, str]) -> str:
    packages = [package for library, package in libraries.items() if not _loads(library)]
    if not packages:
        return ""
    return (
        "Qt lacks system libraries; on Debian or Ubuntu install them with "
        f"“apt install {' '.join(packages)}”."
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _answers() -> bool:
    """Return whether the X server at DISPLAY takes a connection."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answers: bool = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return answers
