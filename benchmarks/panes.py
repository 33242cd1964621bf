"""What six panes cost the event loop, measured on the grid of panes without a display.

    python -m benchmarks.panes [--width 8192] [--height 6144] [--color] [--repeats 40]

Prints, for several zooms, the processor time of the GUI thread from a change to the painted panes:
for a new measurement, a step of panning, a step of zooming, and the cursor on another pixel. The
maps are noise in the place of a measurement, since only their number of samples counts here.
"""

from __future__ import annotations

import argparse
import os
import time
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from ssim_viewer.metrics import Evaluation, MapGeometry, Quantity, Scores, Ssim
from ssim_viewer.session.measurement import Measurements, SsimMeasurement, ssim_measurement
from ssim_viewer.session.readout import readout
from ssim_viewer.session.state import Session
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from numpy.typing import NDArray

ZOOMS = (None, 0.12, 0.26, 0.52, 1.0, 3.0, 30.0)
"""Device pixels per image pixel; None fits the image into the panes."""

MAPS = (Quantity.SSIM, Quantity.LUMINANCE, Quantity.CONTRAST, Quantity.STRUCTURE)
BORDER = 5
PAN = 17
"""Device pixels of a step of panning."""

Change = tuple[str, "Callable[[int], object]"]


def main() -> None:
    """Measure and print."""
    options = _options()
    shape = (options.height, options.width) + ((3,) if options.color else ())
    application = QApplication([])
    sessions = [Session(measurements=Measurements(_measured(shape, seed))) for seed in range(2)]
    grid = PaneGrid()
    grid.restyle(LIGHT)
    grid.resize(1120, 600)
    grid.show_session(sessions[0])
    grid.show()
    application.processEvents()
    kind, size = "RGB" if options.color else "grey", grid.panes[0].canvas.size()
    print(f"{options.width} × {options.height} pixels, {kind}")
    print(f"six panes of {size.width()} × {size.height()}, milliseconds: median, p95, worst")
    for zoom in ZOOMS:
        grid.fit() if zoom is None else grid.navigation.zoom_to(zoom)
        application.processEvents()
        print(f"zoom {grid.navigation.zoom:.3g}")
        for name, change in _changes(grid, sessions):
            times = [_time(application, change, number) for number in range(options.repeats)]
            p50, p95 = np.percentile(times, [50, 95])
            print(f"    {name:<16}{p50:6.1f}{p95:6.1f}{max(times):6.1f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--width", type=int, default=8192)
    parser.add_argument("--height", type=int, default=6144)
    parser.add_argument("--color", action="store_true")
    parser.add_argument("--repeats", type=int, default=40)
    return parser.parse_args()


def _changes(grid: PaneGrid, sessions: list[Session]) -> tuple[Change, ...]:
    navigation, measured = grid.navigation, sessions[0].measured
    assert measured is not None

    def pan(number: int) -> None:
        turned = (-1) ** (number // 10)
        navigation.pan(turned * PAN / navigation.zoom, turned * PAN / 2 / navigation.zoom)

    def zoom(number: int) -> None:
        navigation.zoom_to(navigation.zoom * 2 ** (0.125 * (-1) ** (number // 5)))

    def hover(number: int) -> None:
        x, y = (int(value) + number for value in navigation.centre)
        for pane in grid.panes:
            pane.canvas.set_marker((x, y))
        readout(measured, x, y)

    return (
        ("new measurement", lambda number: grid.show_session(sessions[1 - number % 2])),
        ("pan", pan),
        ("zoom", zoom),
        ("hover", hover),
    )


def _time(application: QApplication, change: Callable[[int], object], number: int) -> float:
    start = time.thread_time()
    change(number)
    application.processEvents()
    return (time.thread_time() - start) * 1000


def _measured(shape: tuple[int, ...], seed: int) -> SsimMeasurement:
    """Return noise as a measurement: scores that mean nothing, and maps with a valid border."""
    generator = np.random.default_rng(seed)
    inside = tuple(count - 2 * BORDER for count in shape[:2])
    noise = generator.integers(0, 256, (256, 256, *shape[2:]), np.uint8)
    similar = generator.random((256, 256), np.float32) * 2 - 1
    maps: dict[Quantity, NDArray[Any]] = {quantity: _filled(similar, inside) for quantity in MAPS}
    reference, distorted = _filled(noise, shape), _filled(255 - noise, shape)
    maps |= {Quantity.REFERENCE: reference, Quantity.DISTORTED: distorted}
    scores = Scores(1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0)
    geometry, metric = MapGeometry(float(BORDER), 1), Ssim(data_range=255, color="luma")
    evaluation = Evaluation(scores, MappingProxyType(maps), geometry, metric)
    return ssim_measurement(reference, distorted, evaluation)


def _filled(block: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    times = [-(-wanted // had) for wanted, had in zip(shape, block.shape, strict=True)]
    whole = np.ascontiguousarray(np.tile(block, times)[tuple(slice(count) for count in shape)])
    whole.setflags(write=False)
    return whole


if __name__ == "__main__":
    main()
