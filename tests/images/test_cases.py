"""The collected files beside the project, each against what an independent reader made of it."""

from pathlib import Path

import numpy as np
import pytest

from ssim_viewer.images import read_image

_FOLDER = Path(__file__).parents[3] / "shared" / "cases" / "files"
_CASES = sorted(path for path in _FOLDER.glob("*") if path.suffix != ".npz")
_LOSSY = (".jpg", ".avif", ".webp", ".jp2")


@pytest.mark.skipif(not _CASES, reason="the collected files are not beside the project")
@pytest.mark.parametrize("path", _CASES, ids=lambda path: path.name)
def test_a_collected_file_has_the_pixels_that_an_independent_reader_found(path: Path) -> None:
    expected = np.load(f"{path}.npz")["pixels"]
    pixels = read_image(path).pixels
    jpeg_inside = "jpeg" in path.name
    tolerance = 4 if path.suffix in _LOSSY or jpeg_inside else 0
    assert pixels.dtype == expected.dtype
    assert pixels.shape == expected.shape
    difference = np.abs(pixels.astype(np.float64) - expected).max()
    assert difference <= tolerance * (257 if expected.dtype == np.uint16 else 1)
