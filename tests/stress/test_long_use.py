"""After long use Play shows pictures at once, and a run takes no more than its bound in bytes.

How soon the first one comes is reported by ``python -m stress long_use``, and no test's matter.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(600)
def test_play_after_long_use_takes_no_more_memory_than_its_bound() -> None:
    words = ["long_use", "--count", "100", "--seed", "1", "--no-stalls"]
    result = subprocess.run(
        [sys.executable, "-m", "stress", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "then Play: first picture after" in result.stdout
    assert "300 steps" in result.stdout
