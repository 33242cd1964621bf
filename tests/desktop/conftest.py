"""The program on a real X display; skipped with the reason where the tools for one are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from ssim_viewer.images import write_image
from tests.desktop.screen import Screen, Viewer, missing_tools


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    missing = missing_tools()
    if missing:
        pytest.skip(f"a real display needs {', '.join(missing)}, which .ci/run installs")
    with Screen() as screen:
        yield screen


@pytest.fixture
def photographs(tmp_path: Path) -> tuple[Path, Path]:
    """A reference and a noisy version of it, as 8-bit PNG files."""
    random = np.random.default_rng(1)
    y, x = np.mgrid[:128, :160]
    reference = 128 + 60 * np.sin(x / 9) * np.cos(y / 11) + random.normal(0, 8, (128, 160))
    distorted = reference + random.normal(0, 20, reference.shape)
    paths = tmp_path / "reference.png", tmp_path / "distorted.png"
    for path, pixels in zip(paths, (reference, distorted), strict=True):
        write_image(path, np.clip(pixels, 0, 255), 255, depth="uint8")
    return paths


@pytest.fixture
def start(screen: Screen, tmp_path: Path) -> Iterator[Callable[..., Viewer]]:
    """Start the program with files, wait for its window, and place that at the top left."""
    started: list[Viewer] = []

    def started_with(*files: Path) -> Viewer:
        viewer = Viewer(screen, tmp_path / f"home {len(started)}", *files)
        started.append(viewer)
        viewer.wait_for_title(files[0].name if files else "camera")
        viewer.fill_screen()
        return viewer

    yield started_with
    for viewer in started:
        viewer.kill()
