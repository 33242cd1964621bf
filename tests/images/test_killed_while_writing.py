"""A writer that is killed, or has no room or no permission, leaves whole files only."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ssim_viewer.images import ImageError, read_image, write_image
from ssim_viewer.images.writing import write_bytes

WRITER = """
import sys
import numpy as np
from ssim_viewer.images import write_image
images = [np.full((600, 800), value, np.uint8) for value in (50, 200)]
for image in images:
    image[::7, ::5] = 128
print("ready", flush=True)
while True:
    for image in images:
        write_image(sys.argv[1], image, 255, depth="uint8")
        print("written", flush=True)
"""
KILLS = 4


def killed_while_writing(path: Path, files: int) -> None:
    """Write one file over and over in another process, and kill that after some of them."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as it:
        assert it.stdout is not None
        for _ in range(files + 1):
            assert it.stdout.readline()
        it.send_signal(signal.SIGKILL)
        it.stdout.read()


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_kill_in_the_middle_leaves_the_old_or_the_new_image_whole(tmp_path: Path) -> None:
    path = tmp_path / "image.png"
    for files in range(1, KILLS + 1):
        killed_while_writing(path, files)
        pixels = read_image(path).pixels
        assert pixels.shape == (600, 800)
        assert set(np.unique(pixels).tolist()) in ({50, 128}, {128, 200})


def test_a_full_disk_is_told_in_one_sentence_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "image.png"
    write_image(path, np.full((20, 30), 50, np.uint8), 255, depth="uint8")
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ImageError) as caught:
        write_image(path, np.full((20, 30), 200, np.uint8), 255, depth="uint8")
    assert "space" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["image.png"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_device_that_is_full_is_told_in_one_sentence() -> None:
    with pytest.raises(ImageError, match="space"):
        write_bytes("/dev/full", b"x" * 100_000)


@pytest.mark.skipif(os.name == "nt", reason="folders have no mode on Windows")
def test_a_read_only_folder_is_told_in_one_sentence_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "image.png"
    write_image(path, np.full((20, 30), 50, np.uint8), 255, depth="uint8")
    before = path.read_bytes()
    # Root may write in any folder but in one of the kernel's own.
    target = Path("/proc/image.png") if os.geteuid() == 0 else path
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ImageError) as caught:
            write_image(target, np.full((20, 30), 200, np.uint8), 255, depth="uint8")
    finally:
        tmp_path.chmod(0o700)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["image.png"]
