"""Random events in the real window raise nothing, warn of nothing and keep memory bounded.

How long the window stands still is reported by ``python -m stress events``, and no test's matter.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEEDS, COUNT = (1, 2, 3, 4), 500
BUDGET = 64
"""MiB that may be kept: so few that things go all the time, and that growth beside them is seen."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", SEEDS)
def test_random_events_raise_nothing_and_warn_of_nothing(seed: int) -> None:
    words = ["events", "--count", str(COUNT), "--seed", str(seed), "--budget", str(BUDGET)]
    result = subprocess.run(
        [sys.executable, "-m", "stress", *words, "--no-stalls"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"of seed {seed}" in result.stdout
