"""One side of ``benchmarks.against``: it answers each name on a line by the milliseconds of a turn.

It is started by its path, so that it measures whichever ``ssim_viewer`` PYTHONPATH leads to, and
uses only what both revisions have.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import cv2
import numpy as np

from ssim_viewer.images import read_image
from ssim_viewer.metrics import CwSsim, Gmsd, MsSsim, Ssim, warm_up
from ssim_viewer.synthesis import ascend
from ssim_viewer.synthesis import warm_up as warm_up_steps

if TYPE_CHECKING:
    from collections.abc import Callable

SIDE = 512
STEPS = 4
TURN = 0.03  # seconds


def pair(side: int) -> tuple[Any, Any]:
    """Return a smooth random image and a noisy version of it, in 8 bits."""
    rng = np.random.default_rng(0)
    x = cv2.GaussianBlur(rng.uniform(0, 255, (side, side)), (0, 0), 3)
    x = 255 * (x - x.min()) / np.ptp(x)
    noisy = np.clip(x + 20 * rng.normal(size=x.shape), 0, 255)
    return x.astype(np.uint8), noisy.astype(np.uint8)


def calls(folder: Path) -> dict[str, Callable[[], object]]:
    """Return what is measured by name; the references are bound beforehand."""
    x, y = pair(SIDE)
    found: dict[str, Callable[[], object]] = {}
    precisions: tuple[Literal["single", "double"], ...] = ("single", "double")
    for precision in precisions:
        bound = Ssim(precision=precision).bind(x)
        found[f"SSIM value, {precision}"] = partial(bound.value, y)
        found[f"SSIM components, {precision}"] = partial(bound.components, y)
        found[f"SSIM gradient, {precision}"] = partial(bound.value_and_gradient, y)
    for metric in (MsSsim(), CwSsim(), Gmsd()):
        other = metric.bind(x)
        name = f"{type(metric).__name__} gradient"
        found[name] = partial(other.value_and_gradient, y)
    found["binding SSIM"] = lambda: Ssim().bind(x.copy())
    found[f"{STEPS} adaptive steps"] = lambda: list(islice(ascend(Ssim(), x, y), STEPS))
    file = folder / "pair.png"
    cv2.imwrite(str(file), x)
    found["reading a PNG"] = lambda: read_image(file)
    found["a change of sigma in the window"] = window_change(folder)
    return found


def window_change(folder: Path) -> Callable[[], object]:
    """Return the change of a setting in the real window until its maps are on screen."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the last thing that is made ready

    from ssim_viewer.app import create_window  # noqa: PLC0415
    from ssim_viewer.session.intents import ChangeMetric  # noqa: PLC0415

    application = QApplication.instance() or QApplication([])
    files = folder / "x.png", folder / "y.png"
    for file, pixels in zip(files, pair(SIDE), strict=True):
        cv2.imwrite(str(file), pixels)
    window: Any = create_window(*files)
    window.show()

    sigmas = count(1.0, 0.001)  # each is new: a measurement that was kept would come back at once

    def change() -> None:
        before = window.session.measured
        metric, sigma = window.session.document.metric, next(sigmas)
        window.intended.emit(ChangeMetric(replace(metric, sigma=sigma)))
        while window.session.measured is before:
            application.processEvents()

    while window.session.measured is None:
        application.processEvents()
    return change


def turn(call: Callable[[], object]) -> float:
    """Return the milliseconds of the best of some calls, at least two."""
    best, end, made = float("inf"), time.perf_counter() + TURN, 0
    while made < 2 or time.perf_counter() < end:
        before = time.perf_counter()
        call()
        best, made = min(best, time.perf_counter() - before), made + 1
    return 1e3 * best


def main() -> None:
    """Tell the names, then answer each line."""
    warm_up()
    warm_up_steps()
    with tempfile.TemporaryDirectory() as folder:
        found = calls(Path(folder))
        sys.stdout.write(json.dumps(list(found)) + "\n")
        sys.stdout.flush()
        for line in sys.stdin:
            sys.stdout.write(f"{turn(found[line.strip()])}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
