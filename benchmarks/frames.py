"""What ffmpeg's filters take for a frame, each in a process of its own.

Both images are read once and repeated by the filter ``loop``, so that nothing is read or copied for
a frame; the time of few frames is taken from that of many, so that the start does not count. The
filter ``ssim`` has 8 x 8 uniform windows at every fourth pixel; VMAF's float_ssim (the filter
``libvmaf`` without a model) first shrinks images by the short side over 256. Neither gives a map.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import shutil
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Image = NDArray[np.float64]

FEW = 5  # frames
ROUNDS = 4
FILTERS = {
    "ffmpeg ssim": ("ssim", "ssim", 1005),
    "VMAF float_ssim": (
        "libvmaf",
        "libvmaf=feature=name=float_ssim:model=:n_threads={threads}",
        65,
    ),
}
"""The filter, how it is called, and how many frames are many."""


def milliseconds_a_frame(x: Image, y: Image) -> dict[tuple[str, str], float]:
    """Return the best times of what is installed, on one thread and two, as the table has them."""
    found: dict[tuple[str, str], float] = {}
    for who, (filter_, words, many) in FILTERS.items():
        ffmpeg = with_filter(filter_)
        for threads in (1, 2) if ffmpeg else ():
            name = who if threads == 1 else f"{who}, {threads} threads"
            call = words.format(threads=threads)
            found[name, "value"] = _best(str(ffmpeg), call, threads, many, (x, y))
    return found


def missing() -> list[str]:
    """Return a sentence for each filter that no installed ffmpeg has."""
    return [
        f"{who} is left out: no ffmpeg here has the filter {filter_} (pip install imageio-ffmpeg)."
        for who, (filter_, *_) in FILTERS.items()
        if with_filter(filter_) is None
    ]


@cache
def with_filter(name: str) -> str | None:
    """Return the first ffmpeg with a filter: that of imageio-ffmpeg, or the one on the path."""
    known = [shutil.which("ffmpeg")]
    if importlib.util.find_spec("imageio_ffmpeg"):
        package: Any = importlib.import_module("imageio_ffmpeg")
        known.insert(0, package.get_ffmpeg_exe())
    for each in known:
        if each and f"Filter {name}\n" in _run([each, "-hide_banner", "-h", f"filter={name}"]):
            return each
    return None


def _best(ffmpeg: str, words: str, threads: int, frames: int, images: tuple[Image, Image]) -> float:
    few = many = math.inf
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("distorted.raw", "reference.raw")]
        for file, image in zip(files, reversed(images), strict=True):
            np.rint(image).astype(np.uint8).tofile(file)
        height, width = images[0].shape
        size = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{width}x{height}"]
        start = [ffmpeg, "-hide_banner", "-nostdin", "-v", "error"]
        start += ["-filter_complex_threads", str(threads)]
        for file in files:
            start += ["-threads", str(threads), *size, "-i", str(file)]
        for _ in range(ROUNDS):
            few = min(few, _seconds(start, words, FEW))
            many = min(many, _seconds(start, words, frames))
    return 1e3 * (many - few) / (frames - FEW)


def _seconds(start: list[str], words: str, frames: int) -> float:
    loop = f"loop={frames - 1}:1"
    graph = f"[0]{loop}[y];[1]{loop}[x];[y][x]{words}"
    before = time.perf_counter()
    _run([*start, "-lavfi", graph, "-f", "null", "-"])
    return time.perf_counter() - before


def _run(words: list[str]) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout
