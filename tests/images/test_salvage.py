"""A damaged file is refused, and read as far as it goes when that is asked for."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as PillowImage

from ssim_viewer.images import ImageError, read_image, read_sample

if TYPE_CHECKING:
    from pathlib import Path

SCENE = read_sample("camera").pixels


def encoded(kind: str) -> bytes:
    stream = io.BytesIO()
    PillowImage.fromarray(SCENE).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF"])
def test_the_first_rows_of_a_cut_file_are_shown_when_asked_for(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"cut.{kind.lower()}"
    data = encoded(kind)
    path.write_bytes(data[: len(data) * 2 // 3])
    with pytest.raises(ImageError):
        read_image(path)
    image = read_image(path, damaged=True)
    assert image.pixels.shape[:2] == SCENE.shape
    grey = image.pixels if image.pixels.ndim == 2 else image.pixels[..., 0]
    quarter = SCENE.shape[0] // 4
    rows = slice(-quarter, None) if kind == "BMP" else slice(0, quarter)  # from the bottom up
    difference = np.abs(grey[rows].astype(float) - SCENE[rows])
    assert difference.mean() < 4
    assert any("damaged" in note for note in image.notes)


def test_an_intact_file_is_not_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "whole.png"
    path.write_bytes(encoded("PNG"))
    image = read_image(path, damaged=True)
    assert np.array_equal(image.pixels, SCENE)
    assert not image.notes


def test_what_holds_no_row_is_refused_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "nothing.png"
    path.write_bytes(encoded("PNG")[:60])
    with pytest.raises(ImageError, match=r"nothing\.png"):
        read_image(path, damaged=True)


def test_the_switch_of_the_decoder_does_not_stay_on(tmp_path: Path) -> None:
    path = tmp_path / "cut.jpeg"
    path.write_bytes(encoded("JPEG")[:9000])
    read_image(path, damaged=True)
    with pytest.raises(ImageError):
        read_image(path)
