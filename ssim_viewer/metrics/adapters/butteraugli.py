"""Butteraugli by libjxl's program `butteraugli_main`: distances in units of just noticeable ones.

Alakuijala et al.: Guetzli: Perceptually guided JPEG encoder, 2017, and JPEG XL's libjxl, of which
the program is part. Images are handed over as sRGB of 16 bits. The score is the largest distance,
or the mean of p-norms that libjxl calls the 3-norm; its map is there from libjxl 0.8 on.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import cv2
import numpy as np

from ssim_viewer.metrics.adapters.bound import Answer, no_gradient
from ssim_viewer.metrics.adapters.child import output_of
from ssim_viewer.metrics.adapters.installed import program
from ssim_viewer.metrics.adapters.settings import AdapterBase
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics.adapters.bound import Report, Rgb

NAME = "butteraugli_main"
HOW = tr(
    "Butteraugli is offered once libjxl’s program butteraugli_main is on the path; Debian has it "
    "in libjxl-devtools."
)
NO_MAP = tr("This butteraugli_main is older than libjxl 0.8 and tells no distances of pixels.")
Pooling = Literal["largest", "3-norm"]


def lack() -> str:
    """Return what Butteraugli lacks, in a sentence, "" where it can run."""
    return "" if program(NAME) else HOW


@dataclass(frozen=True, slots=True)
class Butteraugli(AdapterBase):
    """Settings of Butteraugli; 0 is best, and below 1 hardly anyone sees a difference."""

    higher_is_better: ClassVar[bool] = False
    bytes_per_sample: ClassVar[tuple[int, int]] = (60, 60)

    pooling: Pooling = field(
        default="largest",
        metadata={
            "title": tr("Pooling"),
            "choices": ((tr("Largest"), "largest"), (tr("3-norm"), "3-norm")),
        },
    )
    screen: float = field(
        default=80.0,
        metadata={
            "title": tr("White of the screen"),
            "meaning": tr("In candela per square metre."),
            "low": 20,
            "high": 1000,
            "logarithmic": True,
        },
    )

    def engine(self, reference: Rgb, /) -> _Butteraugli:
        """Return the program.

        Raises
        ------
        MetricError
            It is not there.
        """
        found = program(NAME)
        if found is None:
            raise MetricError(HOW)
        return _Butteraugli(found, self, reference)

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        return tr("{pooling}, {screen:g} cd/m², sRGB", pooling=self.pooling, screen=self.screen)


class _Butteraugli:
    notes: tuple[str, ...] = ()

    def __init__(self, found: Path, metric: Butteraugli, reference: Rgb) -> None:
        self._program, self._metric, self._reference = found, metric, reference

    def measured(self, y: Rgb, /, *, maps: bool, gradient: bool, report: Report) -> Answer:
        if gradient:
            raise no_gradient("Butteraugli")
        with tempfile.TemporaryDirectory(prefix="ssim-viewer-") as name:
            folder = Path(name)
            for file, image in (("reference.png", self._reference), ("distorted.png", y)):
                _write(folder / file, image)
            words = ["reference.png", "distorted.png"]
            words += ["--intensity_target", f"{self._metric.screen:g}"]
            if maps:
                words += self._map_option(folder, report)
            printed = output_of([self._program, *words], folder, report)
            drawn = folder / "map.pfm"
            found = {"distance": _read_pfm(drawn)} if drawn.is_file() else {}
        return Answer(self._score(printed), found)

    def _map_option(self, folder: Path, report: Report) -> list[str]:
        """Return how the map is asked for; one before libjxl 0.8 gives pictures."""
        usage = output_of([self._program], folder, report, may_fail=True)
        if "--rawdistmap" in usage:
            return ["--rawdistmap", "map.pfm"]
        self.notes = (NO_MAP,)
        return []

    def _score(self, printed: str) -> float:
        lines = [line for line in printed.splitlines() if line.strip()]
        norm = next((line for line in lines if line.startswith("3-norm:")), None)
        largest = next((line for line in lines if _is_number(line)), None)
        line = norm.partition(":")[2] if norm and self._metric.pooling == "3-norm" else largest
        if line is None:
            raise MetricError(
                tr("butteraugli_main printed no distance: {text}", text=printed[:200])
            )
        return float(line)


def _write(path: Path, rgb: Rgb) -> None:
    bits = np.rint(rgb.clip(0, 1).astype(np.float64) * 65535).astype(np.uint16)
    path.write_bytes(cv2.imencode(".png", bits[..., ::-1])[1].tobytes())


def _read_pfm(path: Path) -> NDArray[Any]:
    """Return the map of a portable float map, whose rows go from below upwards."""
    content = path.read_bytes()
    _, size, scale, samples = content.split(b"\n", 3)
    width, height = map(int, size.split())
    order = "<f4" if float(scale) < 0 else ">f4"
    return np.frombuffer(samples, order, width * height).reshape(height, width)[::-1]


def _is_number(line: str) -> bool:
    try:
        float(line)
    except ValueError:
        return False
    return True
