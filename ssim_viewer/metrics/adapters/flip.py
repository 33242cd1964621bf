"""FLIP by its authors' package `flip-evaluator`: the difference seen when two images alternate.

Andersson, Nilsson, Akenine-Möller, Oskarsson, Åström, Fairchild: FLIP: A difference evaluator for
alternating images. Proceedings of the ACM on Computer Graphics and Interactive Techniques 3(2),
2020. Images are sRGB; the score is the mean of the map.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from ssim_viewer.metrics.adapters.bound import Answer, no_gradient
from ssim_viewer.metrics.adapters.settings import AdapterBase
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.metrics.adapters.bound import Report, Rgb


@dataclass(frozen=True, slots=True)
class Flip(AdapterBase):
    """Settings of FLIP; 0 is best, 1 worst."""

    higher_is_better: ClassVar[bool] = False
    bytes_per_sample: ClassVar[tuple[int, int]] = (100, 100)

    pixels_per_degree: float = field(
        default=67.0,
        metadata={
            "title": tr("Pixels per degree"),
            "meaning": tr("67: a 0.7 m wide screen of 3840 pixels, seen from 0.7 m."),
            "low": 10,
            "high": 200,
            "step": 1,
        },
    )

    def engine(self, reference: Rgb, /) -> _Flip:
        """Return the package's evaluator."""
        return _Flip(reference, self.pixels_per_degree)

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        return tr("{ppd:g} pixels per degree, sRGB", ppd=self.pixels_per_degree)


class _Flip:
    def __init__(self, reference: Rgb, pixels_per_degree: float) -> None:
        self._evaluate = import_module("flip_evaluator").evaluate
        self._reference, self._ppd = reference.clip(0, 1), pixels_per_degree

    def measured(self, y: Rgb, /, *, maps: bool, gradient: bool, report: Report) -> Answer:
        del maps  # it makes its map in any case
        if gradient:
            raise no_gradient("FLIP")
        report(0.0)
        error, mean, _ = self._evaluate(
            self._reference, y.clip(0, 1), "LDR", True, False, True, {"ppd": self._ppd}
        )
        return Answer(float(mean), {"FLIP": error.reshape(y.shape[:2])})
