"""What ends a command early: one sentence on standard error and exit status 2."""

from __future__ import annotations


class CommandError(Exception):
    """One sentence for the person at the terminal: what is wrong and what to do."""
