"""Making the images of a scene, and measuring them by the convention of Wang et al. 2004."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssim_viewer.features.scenes.scene import Case, Row, Scene
from ssim_viewer.features.scenes.state import SCENES
from ssim_viewer.metrics import MetricContext, evaluate, find, psnr
from ssim_viewer.metrics.planes import as_image
from ssim_viewer.session.state import DEFAULT_METRIC

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report

LUMA = (0.299, 0.587, 0.114)


@dataclass(frozen=True, slots=True, eq=False)
class SceneJob:
    """Make a scene."""

    scene: str

    def run(self, report: Report) -> tuple[Row, ...]:
        """Return its rows, measured."""
        scene = SCENES[self.scene]
        cases = scene.cases()
        rows = []
        for number, case in enumerate(cases):
            report(number / len(cases))
            rows.append(Row(case, measured(scene, case)))
        return tuple(rows)

    def is_same_job(self, other: object) -> bool:
        """Whether another job makes the same scene."""
        return isinstance(other, SceneJob) and other.scene == self.scene


def measured(scene: Scene, case: Case) -> dict[str, float]:
    """Return the scores of a case by name; `part` is what is predicted of it."""
    x, y = case.reference.pixels, case.distorted.pixels
    metric = replace(DEFAULT_METRIC, data_range=case.reference.data_range)
    scores = evaluate(metric.bind(x), y).scores.as_dict()
    context = MetricContext(metric.data_range, metric.color, metric)
    for name in scene.metrics:
        scores[name] = float(find(name).make(context).bind(x).value(y))
    if scene.luma:
        scores["psnr of luma"] = psnr(luma(x), luma(y), data_range=metric.data_range)
    return {**scores, "part": scores[case.part]}


def luma(pixels: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return the luma of BT.601 of an RGB image, float64 and unrounded."""
    return as_image(pixels) @ LUMA
