"""Compare this checkout with another revision of it, side by side in one run.

    python -m benchmarks.against REVISION [--seconds 60] [--only WORDS]

Each has a process of its own; they take turns, in an order that changes, and the best turn of each
counts, so that what else the machine does falls on both. The last column is the time of this
checkout over that of the revision: 1.05 is five per cent slower.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

HERE = Path(__file__).resolve().parents[1]
ROUNDS = 4
"""At least so many turns each."""


class Side:
    """A process that measures the package of one folder."""

    def __init__(self, folder: Path, settings: Path) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": str(folder),
            "QT_QPA_PLATFORM": "offscreen",
            "HOME": str(settings),
            "XDG_CONFIG_HOME": str(settings),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-u", str(HERE / "benchmarks" / "contestant.py")],
            env=environment,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.names: list[str] = json.loads(self._answer())

    def __enter__(self) -> Side:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()

    def milliseconds(self, name: str) -> float:
        """Return the time of one turn."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        return float(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("One side ended; its complaint stands above.")
        return line


def check_out(revision: str, folder: Path) -> None:
    """Write the files of a revision into a folder."""
    made = subprocess.run(
        ["git", "archive", "--format=tar", revision],  # noqa: S607 - git is wherever it is
        cwd=HERE,
        check=True,
        capture_output=True,
    )
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as files:
        files.extractall(folder, filter="data")


def compare(
    before: Side, now: Side, seconds: float, only: str = ""
) -> dict[str, tuple[float, float]]:
    """Return the best milliseconds of both sides by name."""
    names = [name for name in now.names if name in before.names and only in name]
    best = {name: [math.inf, math.inf] for name in names}
    started, done = time.perf_counter(), 0
    while done < ROUNDS or time.perf_counter() - started < seconds:
        for times in best.items():
            name, found = times
            for place in (0, 1) if done % 2 else (1, 0):
                side = (before, now)[place]
                found[place] = min(found[place], side.milliseconds(name))
        done += 1
    return {name: (first, second) for name, (first, second) in best.items()}


def main() -> None:
    """Print a table: what, the revision, this checkout, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--only", default="", help="measure what has these words in its name")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        check_out(options.revision, Path(folder))
        with Side(Path(folder), Path(folder)) as before, Side(HERE, Path(folder)) as now:
            found = compare(before, now, options.seconds, options.only)
    print(f"| | {options.revision} | here | ratio |\n| --- | ---: | ---: | ---: |")
    for name, (first, second) in found.items():
        print(f"| {name} | {first:.2f} ms | {second:.2f} ms | {second / first:.3f} |")


if __name__ == "__main__":
    main()
