"""How a command ends: with a status, and early with one sentence on standard error."""

from __future__ import annotations

DONE, SOME_FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130


class CommandError(Exception):
    """One sentence for the person at the terminal: what is wrong and what to do."""
