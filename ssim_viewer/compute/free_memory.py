"""What this process can still get: of the system, of its container, and of its own limit."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import psutil

CONTROL_GROUP = Path("/sys/fs/cgroup")
"""Where Linux tells what a container may take."""


def free_memory() -> float:
    """Return the bytes that this process can still get, of the system and of its own limits."""
    return max(0.0, min(psutil.virtual_memory().available, _left_to_group(), _left_to_process()))


def _left_to_group() -> float:
    """Return what the limit of a container leaves, without what it can give back."""
    try:
        limit = (CONTROL_GROUP / "memory.max").read_text()
        used = (CONTROL_GROUP / "memory.current").read_text()
        kept = dict(line.split() for line in _lines(CONTROL_GROUP / "memory.stat"))
    except OSError:
        return math.inf
    if not limit.strip().isdigit():
        return math.inf
    return int(limit) - int(used) + int(kept.get("inactive_file", 0))


def _left_to_process() -> float:
    """Return what the limit on the address space leaves, as ``ulimit -v`` sets it."""
    if sys.platform == "win32":
        return math.inf
    import resource  # noqa: PLC0415  Windows has none

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return (
        math.inf if limit == resource.RLIM_INFINITY else limit - psutil.Process().memory_info().vms
    )


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()
