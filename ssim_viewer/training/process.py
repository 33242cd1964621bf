"""``python -m ssim_viewer.training.process RUN``: a run in a process of its own.

Its threads would starve a window. It is told what to do by lines of JSON on standard input, and
tells how far it is by lines of JSON on standard output; the run itself is in its file, which is
replaced whole.

In: ``{"settings": {…}, "resume": false}`` first, then ``{"until": step}`` as often as wanted.
Out: ``{"doing": words}``, ``{"step": n, "losses": {…}}``, ``{"saved": step}``, ``{"problem": …}``.
The end of standard input, or of the one who held it, saves the run and ends the process.
"""

from __future__ import annotations

import json
import math
import os
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ssim_viewer.text import tr
from ssim_viewer.training.errors import TrainingError, require_extra
from ssim_viewer.training.run_file import read_run, write_run
from ssim_viewer.training.settings import TrainingSettings

if TYPE_CHECKING:
    from ssim_viewer.training.trainer import Trainer

NICENESS = 10


class _Orders:
    """What was last read from standard input, on a thread of its own."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._changed = threading.Condition()
        self._until = 0
        self.ended = False
        threading.Thread(target=self._read, daemon=True).start()

    def allow(self, step: int) -> bool:
        """Whether a step may be done now."""
        with self._changed:
            return step <= self._until and not self.ended

    def wait(self, step: int) -> None:
        """Return when a step may be done, or when there is nothing more to come."""
        with self._changed:
            self._changed.wait_for(lambda: step <= self._until or self.ended)

    def _read(self) -> None:
        for line in self._lines:
            with self._changed:
                self._until = int(json.loads(line)["until"])
                self._changed.notify()
        with self._changed:
            self.ended = True
            self._changed.notify()


def main(path: Path) -> None:
    """Train as standard input says."""
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(NICENESS)
    try:
        _train(path, json.loads(sys.stdin.readline()))
    except BrokenPipeError:  # nobody listens any more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (TrainingError, ValueError) as error:
        _tell(problem=str(error))
    except MemoryError:
        _tell(problem=tr("There is not enough memory; choose fewer or smaller images."))


def _train(path: Path, first: dict[str, object]) -> None:
    require_extra()
    _tell(doing=tr("Starting"))
    from ssim_viewer.training.trainer import Trainer  # noqa: PLC0415 - it imports jax

    def doing(words: str) -> None:
        _tell(doing=words)

    settings = TrainingSettings.from_json(first["settings"])
    if first.get("resume"):
        trainer = Trainer.resumed(replace(read_run(path), settings=settings), doing)
    else:
        trainer = Trainer(settings, doing)
    orders = _Orders(sys.stdin)
    _save(path, trainer)
    saved = trainer.step
    while not (trainer.done or orders.ended):
        if not orders.allow(trainer.step + 1):
            trainer.measure()
            if saved < trainer.step:
                _save(path, trainer)
                saved = trainer.step
            orders.wait(trainer.step + 1)
            continue
        measured = trainer.advance()
        _tell(step=trainer.step, losses=_finite(trainer.losses))
        if measured:
            _save(path, trainer)
            saved = trainer.step
    if saved < trainer.step:
        _save(path, trainer)


def _save(path: Path, trainer: Trainer) -> None:
    write_run(path, trainer.run())
    _tell(saved=trainer.step)


def _finite(losses: dict[str, float]) -> dict[str, float | None]:
    return {name: value if math.isfinite(value) else None for name, value in losses.items()}


def _tell(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
