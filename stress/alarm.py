"""Hears what must not happen while a window is used: exceptions in slots, and any warning."""

from __future__ import annotations

import sys
import traceback
import warnings
from typing import TYPE_CHECKING, Self, TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from types import TracebackType

HARMLESS = (
    "This plugin does not support",  # offscreen there is no window manager
)
_LOUD = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}


class Alarm:
    """A context that keeps exceptions which reach the event loop, and warnings of any thread."""

    def __init__(self) -> None:
        self._heard: list[str] = []

    def __enter__(self) -> Self:
        self._hook, sys.excepthook = sys.excepthook, self._raised
        self._handler = qInstallMessageHandler(self._said)
        self._filters = warnings.catch_warnings()
        self._filters.__enter__()
        warnings.simplefilter("always")
        warnings.showwarning = self._warned
        return self

    def __exit__(self, *_: object) -> None:
        self._filters.__exit__(None, None, None)
        sys.excepthook = self._hook
        qInstallMessageHandler(self._handler)

    def taken(self) -> list[str]:
        """Return what was heard since the last call."""
        heard, self._heard = self._heard, []
        return heard

    def _raised(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        place = traceback.extract_tb(trace)[-1] if trace is not None else None
        where = f" at {place.filename.rpartition('/')[2]}:{place.lineno}" if place else ""
        self._heard.append(f"{kind.__name__}: {error}{where}")

    def _warned(  # noqa: PLR0917 - Python's signature
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,  # noqa: ARG002 - Python's signature
        line: str | None = None,  # noqa: ARG002 - Python's signature
    ) -> None:
        ours = [each for each in traceback.extract_stack() if "ssim_viewer" in each.filename]
        place = f"{ours[-1].filename}:{ours[-1].lineno}" if ours else f"{filename}:{lineno}"
        where = place.rpartition("/")[2]
        self._heard.append(f"{category.__name__}: {message} at {where}")

    def _said(self, kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
        if kind in _LOUD and not (text or "").startswith(HARMLESS):
            self._heard.append(f"Qt: {text}")
