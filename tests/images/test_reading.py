"""Paths and what the file system says about them."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ssim_viewer.images import READABLE_SUFFIXES, ImageError, read_image
from tests.images.encoded import GREY, RGB, RGBA, pillow, whole_file


@pytest.mark.parametrize(
    "name", ["plain.png", "two words.png", "Schärfe – 鮮明さ 🐈.png", "שלום.PNG", "no suffix"]
)
def test_any_name_can_be_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a folder, с пробелами" / name
    path.parent.mkdir()
    path.write_bytes(pillow(RGB, "PNG"))
    image = read_image(path)
    np.testing.assert_array_equal(image.pixels, RGB)
    assert (image.name, image.path) == (name, path)


def test_the_content_counts_and_not_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "really-a-bmp.png"
    path.write_bytes(pillow(GREY, "BMP"))
    np.testing.assert_array_equal(read_image(str(path)).pixels, GREY)


def test_the_background_is_chosen_by_the_caller(tmp_path: Path) -> None:
    path = tmp_path / "window.png"
    path.write_bytes(pillow(RGBA, "PNG"))
    clear = RGBA[:, :, 3] == 0
    assert (read_image(path, background=1.0).pixels[clear] == 255).all()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (str, "does not exist"),
        (Path.mkdir, "is a folder"),
        (Path.touch, "is empty"),
        (lambda path: path.write_text("hello"), "not an image"),
        (lambda path: path.write_bytes(whole_file("JPEG")[:300]), "truncated|cut off"),
        (os.mkfifo, "device or a pipe"),
    ],
)
def test_each_trouble_has_its_sentence(
    tmp_path: Path, make: Callable[[Path], object], words: str
) -> None:
    path = tmp_path / "my photo.jpg"
    make(path)
    with pytest.raises(ImageError, match=words) as trouble:
        read_image(path)
    assert str(trouble.value).startswith("“my photo.jpg” ")
    assert ";" in str(trouble.value)


def test_a_file_that_may_not_be_read_is_told_from_a_missing_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    path = tmp_path / "secret.png"
    path.write_bytes(pillow(GREY, "PNG"))
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ImageError, match=r"“secret\.png” may not be read"):
        read_image(path)


def test_a_failing_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path) -> bytes:
        raise OSError(5, "Input/output error", str(self))

    path = tmp_path / "old.png"
    path.write_bytes(pillow(GREY, "PNG"))
    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(ImageError, match="Input/output error"):
        read_image(path)


def test_names_that_are_no_text_are_told_in_one_printable_line(tmp_path: Path) -> None:
    for name in (os.fsdecode(b"caf\xe9.png"), "two\nlines.png", "zero\0.png"):
        with pytest.raises(ImageError) as trouble:
            read_image(tmp_path / name)
        assert str(trouble.value).isprintable()
        str(trouble.value).encode()


def test_suffixes_for_file_dialogs_are_lower_case_and_dotted() -> None:
    assert {".png", ".jpg", ".tif", ".webp", ".avif", ".jp2", ".pfm"} <= set(READABLE_SUFFIXES)
    assert all(suffix == "." + suffix[1:].lower() for suffix in READABLE_SUFFIXES)
