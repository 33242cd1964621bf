"""What the C decoders say, taken off the terminal and handed over.

libpng, libjpeg and OpenCV write to the process's standard error themselves, past ``sys.stderr``.
The command line promises one line there, so their lines are caught at the file descriptor.
"""

import os
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import TypeVar

Result = TypeVar("Result")

_STDERR = 2
# A descriptor belongs to the whole process: one thread at a time, which may nest.
_one_at_a_time = threading.RLock()


def capture_c_stderr(work: Callable[[], Result]) -> tuple[Result, str]:
    """Do some work and return its result with what it wrote to the standard error meanwhile."""
    with _one_at_a_time, ExitStack() as stack:
        try:
            said = stack.enter_context(tempfile.TemporaryFile())
            terminal = os.dup(_STDERR)
        except OSError:  # no console to protect, or no room for a temporary file
            return work(), ""
        stack.callback(os.close, terminal)
        os.dup2(said.fileno(), _STDERR)
        try:
            result = work()
        finally:
            os.dup2(terminal, _STDERR)
        said.seek(0)
        return result, said.read().decode("utf-8", "replace")
