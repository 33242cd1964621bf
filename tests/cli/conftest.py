"""Files to score and to walk from, and a program to run in this process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np
import pytest

from ssim_viewer.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True)
class CommandResult:
    """What a run of the program left at the terminal."""

    status: int
    output: str
    complaint: str


class Program(Protocol):
    """The program, run in this process."""

    def __call__(self, *words: str | Path) -> CommandResult: ...


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    def run(*words: str | Path) -> CommandResult:
        status = main([str(word) for word in words])
        return CommandResult(status, *capsys.readouterr())

    return run


@pytest.fixture
def write(tmp_path: Path) -> WriteImage:
    def write_file(name: str, pixels: NDArray[np.generic]) -> Path:
        path = tmp_path / name
        done, data = cv2.imencode(path.suffix, np.asarray(pixels))
        assert done
        path.write_bytes(data.tobytes())
        return path

    return write_file


class WriteImage(Protocol):
    """Writes pixels (blue first, as OpenCV has them) into a file of the test's folder."""

    def __call__(self, name: str, pixels: NDArray[np.generic]) -> Path: ...


@pytest.fixture
def grey(write: WriteImage) -> tuple[Path, Path]:
    """Return a reference and a noisy version of it, 40×32, 8-bit grey."""
    rng = np.random.default_rng(3)
    x = cv2.GaussianBlur(rng.uniform(0, 255, (32, 40)), (0, 0), 1.5) * 4 % 255
    y = np.clip(x + rng.normal(0, 20, x.shape), 0, 255)
    return write("ref.png", x.astype(np.uint8)), write("dist.png", y.astype(np.uint8))


def encoded(pixels: NDArray[np.generic]) -> bytes:
    done, data = cv2.imencode(".png", np.asarray(pixels))
    assert done
    return data.tobytes()


MISFITS = {
    "16-bit": encoded(np.full((20, 24), 40_000, np.uint16)),
    "small": encoded(np.full((14, 16), 40, np.uint8)),
}
"""Images that do not fit those of `many`, though they can be made to."""


@pytest.fixture
def many(tmp_path: Path) -> tuple[Path, Path]:
    """Return a folder of references and one of distorted images of the same names, 24×20 grey."""
    rng = np.random.default_rng(8)
    folders = tmp_path / "references", tmp_path / "distorted"
    for each in folders:
        each.mkdir()
        for index in range(20):
            image = encoded(rng.integers(0, 256, (20, 24), dtype=np.uint8))
            (each / f"{index:02}.png").write_bytes(image)
    return folders
