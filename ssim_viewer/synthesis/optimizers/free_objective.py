"""What an optimiser without a constraint sees of one image: its value and which way is up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.synthesis.manifolds.protocol import on_bounds
from ssim_viewer.synthesis.products import norm

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.synthesis.manifolds.protocol import PixelRange
    from ssim_viewer.synthesis.objective import Objective

    Pixels = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """One image, its value, and the gradient of the objective."""

    image: Pixels
    value: float
    objective: float
    uphill: Pixels


@dataclass(frozen=True, slots=True, eq=False)
class FreeObjective:
    """An objective over all images in the pixel range."""

    objective: Objective
    pixel_range: PixelRange | None

    def evaluate(self, image: Pixels) -> Evaluation:
        """Measure an image after clipping it into the range: one value and gradient."""
        image = image if self.pixel_range is None else np.clip(image, *self.pixel_range)
        image.flags.writeable = False
        measure, sign = self.objective.measure, self.objective.sign
        value, objective, gradient = measure.objective(image)
        measure.check(gradient)
        return Evaluation(image, value, sign * objective, sign * gradient)

    def slope(self, evaluation: Evaluation) -> float:
        """Return the norm of the gradient without the pixels that a bound stops."""
        bounds = on_bounds(evaluation.image, self.pixel_range)
        if bounds is None:
            return norm(evaluation.uphill)
        stopped = (bounds[0] & (evaluation.uphill < 0)) | (bounds[1] & (evaluation.uphill > 0))
        return norm(np.where(stopped, 0.0, evaluation.uphill))
