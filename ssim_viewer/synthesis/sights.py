"""What an optimiser without a constraint sees of one image: its value and which way is up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.synthesis.ground import on_bounds
from ssim_viewer.synthesis.products import norm

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.synthesis.ground import PixelRange
    from ssim_viewer.synthesis.heights import Height

    Pixels = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """One image, its value, and the gradient of its height."""

    image: Pixels
    value: float
    height: float
    uphill: Pixels


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A height over all images in the pixel range."""

    height: Height
    pixel_range: PixelRange | None

    def look(self, image: Pixels) -> Sight:
        """Measure an image after clipping it into the range: one value and gradient."""
        image = image if self.pixel_range is None else np.clip(image, *self.pixel_range)
        image.flags.writeable = False
        measure, sign = self.height.measure, self.height.sign
        value, objective, gradient = measure.objective(image)
        measure.check(gradient)
        return Sight(image, value, sign * objective, sign * gradient)

    def slope(self, sight: Sight) -> float:
        """Return the norm of the gradient without the pixels that a bound stops."""
        bounds = on_bounds(sight.image, self.pixel_range)
        if bounds is None:
            return norm(sight.uphill)
        stopped = (bounds[0] & (sight.uphill < 0)) | (bounds[1] & (sight.uphill > 0))
        return norm(np.where(stopped, 0.0, sight.uphill))
