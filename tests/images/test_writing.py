"""What is written is whole, is what was said, and harms nothing when it fails."""

import os
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from ssim_viewer.images import (
    ImageError,
    read_image,
    write_array,
    write_bytes,
    write_image,
    write_text,
)
from tests.images.encoded import GREY, RGB


@pytest.mark.parametrize("suffix", [".png", ".tif", ".tiff", ".bmp", ".PNG"])
@pytest.mark.parametrize("pixels", [GREY, RGB], ids=["grey", "RGB"])
def test_8_bit_files_hold_the_rounded_and_clipped_pixels(
    tmp_path: Path, suffix: str, pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
) -> None:
    wanted = pixels * 1.3 - 20.3
    path = tmp_path / f"out{suffix}"
    stored = write_image(path, wanted, 255, depth="uint8")
    np.testing.assert_array_equal(stored, np.clip(np.rint(wanted), 0, 255))
    np.testing.assert_array_equal(np.asarray(Pillow.open(path)), stored)
    np.testing.assert_array_equal(read_image(path).pixels, stored)


def test_8_bit_files_scale_other_data_ranges(tmp_path: Path) -> None:
    stored = write_image(tmp_path / "out.png", np.array([[0.0, 0.5, 1.0]]), 1.0, depth="uint8")
    assert stored.tolist() == [[0, 128, 255]]


@pytest.mark.parametrize("suffix", [".tif", ".tiff"])
@pytest.mark.parametrize("pixels", [GREY, RGB], ids=["grey", "RGB"])
def test_float_files_hold_every_value_in_range_or_not(
    tmp_path: Path, suffix: str, pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
) -> None:
    wanted = pixels * 3.7 - 300
    path = tmp_path / f"out{suffix}"
    stored = write_image(path, wanted, 255, depth="float32")
    np.testing.assert_array_equal(stored, wanted.astype(np.float32))
    np.testing.assert_array_equal(tifffile.imread(path), stored)
    again = read_image(path)
    np.testing.assert_array_equal(again.pixels, stored)
    assert again.data_range == 255


def test_maps_are_written_as_float32_tiff_or_npy(tmp_path: Path) -> None:
    values = np.linspace(-1, 1, 20).reshape(4, 5)
    write_array(tmp_path / "map.tif", values)
    write_array(tmp_path / "map.npy", values)
    np.testing.assert_array_equal(tifffile.imread(tmp_path / "map.tif"), values.astype("f4"))
    np.testing.assert_array_equal(np.load(tmp_path / "map.npy"), values)


def test_maps_may_hold_what_is_not_finite_and_images_may_not(tmp_path: Path) -> None:
    values = np.array([[1.0, np.nan]])
    write_array(tmp_path / "map.tif", values)
    with pytest.raises(ImageError, match="not finite"):
        write_image(tmp_path / "out.png", values, 1.0, depth="uint8")
    assert [path.name for path in tmp_path.iterdir()] == ["map.tif"]


@pytest.mark.parametrize(
    ("name", "depth", "named"),
    [
        ("out.jpg", "uint8", ".png, .tif, .tiff or .bmp"),
        ("out.png", "float32", ".tif or .tiff"),
        ("out", "uint8", ".png"),
    ],
)
def test_other_suffixes_are_refused_with_those_that_would_do(
    tmp_path: Path, name: str, depth: str, named: str
) -> None:
    with pytest.raises(ImageError) as refusal:
        write_image(tmp_path / name, GREY, 255, depth="uint8" if depth == "uint8" else "float32")
    assert named in str(refusal.value)
    with pytest.raises(ImageError, match=r"\.npy"):
        write_array(tmp_path / "map.png", GREY)
    assert not list(tmp_path.iterdir())


def test_text_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    write_text(tmp_path / "σ.csv", "σ,1.5\n")
    assert (tmp_path / "σ.csv").read_bytes() == b"\xcf\x83,1.5\n"


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*args: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "scores.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(ImageError, match=r"“scores.csv” could not be written \(No space left"):
        write_bytes(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(tmp_path / "scores.csv", b"new")
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_and_a_folder_in_the_way_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "missing" / "out.png", tmp_path):
        with pytest.raises(ImageError, match="could not be written"):
            write_bytes(path, b"new")
    assert not list(tmp_path.iterdir())


def test_a_replaced_file_keeps_its_permissions_and_a_new_one_has_the_usual(
    tmp_path: Path,
) -> None:
    old, new, plain = (tmp_path / name for name in ("old", "new", "plain"))
    old.write_bytes(b"")
    old.chmod(0o640)
    plain.write_bytes(b"")
    write_bytes(old, b"1")
    write_bytes(new, b"1")
    assert old.stat().st_mode & 0o777 == 0o640
    assert new.stat().st_mode == plain.stat().st_mode


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_bytes(os.devnull, b"gone")
    assert Path(os.devnull).is_char_device()
