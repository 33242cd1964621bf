"""VMAF of a still image, by an FFmpeg that was built with libvmaf.

Li, Aaron, Katsavounidis, Moorthy, Manohara: Toward a practical perceptual video quality metric.
Netflix Technology Blog, 2016; model vmaf_v0.6.1. A pair is a video of one frame: there is no
motion, and identical images have about 97.4 rather than 100. The model sees luma alone: BT.709 of
sRGB in studio range, 8 bits. It has no map.
"""

from __future__ import annotations

import json
import mmap
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ssim_viewer.metrics.adapters.bound import Answer, no_gradient
from ssim_viewer.metrics.adapters.child import output_of
from ssim_viewer.metrics.adapters.installed import package_folder, program
from ssim_viewer.metrics.adapters.settings import AdapterBase
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics.adapters.bound import Report, Rgb

HOW = tr(
    "VMAF is offered once an FFmpeg with the filter libvmaf is on the path, or the one of "
    "imageio-ffmpeg is there: pip install 'ssim-viewer[vmaf]'."
)
BT709 = (0.2126, 0.7152, 0.0722)
SHARED = 1 << 23
"""An FFmpeg smaller than so many bytes is quickly searched for how it was built."""


def lack() -> str:
    """Return what VMAF lacks, in a sentence, "" where it can run."""
    return "" if _ffmpeg() is not None else HOW


@dataclass(frozen=True, slots=True)
class Vmaf(AdapterBase):
    """Settings of VMAF; 100 is best, and no still image reaches it."""

    higher_is_better: ClassVar[bool] = True
    bytes_per_sample: ClassVar[tuple[int, int]] = (60, 60)

    def engine(self, reference: Rgb, /) -> _Vmaf:
        """Return an FFmpeg with the filter.

        Raises
        ------
        MetricError
            There is none.
        """
        ffmpeg = _ffmpeg()
        if ffmpeg is None:
            raise MetricError(HOW)
        return _Vmaf(ffmpeg, reference)

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        return tr("vmaf_v0.6.1, one frame, BT.709 luma of 8 bits")


class _Vmaf:
    def __init__(self, ffmpeg: Path, reference: Rgb) -> None:
        self._ffmpeg, self._reference = ffmpeg, reference

    def measured(self, y: Rgb, /, *, maps: bool, gradient: bool, report: Report) -> Answer:
        del maps
        if gradient:
            raise no_gradient("VMAF")
        with tempfile.TemporaryDirectory(prefix="ssim-viewer-") as name:
            folder = Path(name)
            self._require_filter(folder, report)
            inputs: list[str] = []
            for file, image in (("distorted.yuv", y), ("reference.yuv", self._reference)):
                _frame(image).tofile(folder / file)
                size = f"{y.shape[1]}x{y.shape[0]}"
                inputs += ["-f", "rawvideo", "-pix_fmt", "yuv444p", "-s", size, "-i", file]
            words = [*_QUIET, *inputs, "-lavfi", "libvmaf=log_fmt=json:log_path=log.json"]
            output_of([self._ffmpeg, *words, "-f", "null", "-"], folder, report)
            log = json.loads((folder / "log.json").read_text(encoding="utf-8"))
        return Answer(float(log["frames"][0]["metrics"]["vmaf"]))

    def _require_filter(self, folder: Path, report: Report) -> None:
        told = output_of([self._ffmpeg, "-hide_banner", "-h", "filter=libvmaf"], folder, report)
        if "Unknown filter" in told:
            raise MetricError(
                tr("The FFmpeg in {path} has no filter libvmaf. {how}", path=self._ffmpeg, how=HOW)
            )


_QUIET = ("-hide_banner", "-nostdin", "-v", "error")


def _frame(rgb: Rgb) -> NDArray[np.uint8]:
    """Return one frame of YUV 4:4:4 without colour, (3, H, W)."""
    luma = 16 + 219 * (rgb.clip(0, 1).astype(np.float64) @ np.array(BT709))
    frame = np.full((3, *luma.shape), 128, np.uint8)
    frame[0] = np.rint(luma)
    return frame


@cache
def _ffmpeg() -> Path | None:
    """Return the first FFmpeg that may have the filter."""
    known = program("ffmpeg")
    if known is not None and _may_have_filter(known):
        return known
    folder = package_folder("imageio_ffmpeg")
    return next(iter(sorted((folder / "binaries").glob("ffmpeg-*"))), None) if folder else None


def _may_have_filter(ffmpeg: Path) -> bool:
    """Whether FFmpeg says that it was built so; large ones are asked when they are used."""
    try:
        if ffmpeg.stat().st_size > SHARED:
            return True
        with ffmpeg.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as it:
            return it.find(b"--enable-libvmaf") >= 0
    except (OSError, ValueError):
        return False
