"""The process of a run, seen from outside: begun, told how far it may go, listened to, ended."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.training.settings import TrainingSettings

PATIENCE = 3.0
"""Seconds in which a process may save what it has before it is ended; its file is whole anyway."""


class TrainingProcess:
    """A process that trains. All methods may be called from any thread.

    Parameters
    ----------
    path
        The file of the run.
    settings
        Those of the run.
    resume
        Whether it goes on with the run of the file; its number of steps is that of `settings`.
    """

    def __init__(self, path: Path, settings: TrainingSettings, *, resume: bool) -> None:
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-m", "ssim_viewer.training.process", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._writing = threading.Lock()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._tell(settings=settings.as_json(), resume=resume)

    def allow(self, until: int) -> None:
        """Let it go on to a step, and no further."""
        self._tell(until=until)

    def heard(self, seconds: float) -> dict[str, Any] | None:
        """Return what it told next, {} when nothing came in time, None when it has ended."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            return {}
        if line is None:
            self._lines.put(None)
            return None
        found: dict[str, Any] = json.loads(line)
        return found

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def close(self) -> int:
        """Let it save and end, and return its exit status, 0 when all is well."""
        with self._writing, contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join()
        return self._process.returncode

    def _tell(self, **words: object) -> None:
        with self._writing, contextlib.suppress(OSError, ValueError):  # it may have ended
            if self._process.stdin is not None:
                self._process.stdin.write(json.dumps(words) + "\n")
                self._process.stdin.flush()

    def _listen(self) -> None:
        if self._process.stdout is not None:
            with self._process.stdout as lines:
                for line in lines:
                    self._lines.put(line)
        self._lines.put(None)
