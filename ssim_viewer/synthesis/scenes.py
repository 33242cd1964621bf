"""Ready scenes of maximum differentiation: two metrics and a start, as published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics import Mse, WeightedSsim
from ssim_viewer.synthesis.manifolds.mse_sphere import EqualMseSphere
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics import Metric
    from ssim_viewer.synthesis.manifolds.protocol import PixelRange


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What a plate is made from; see `plate`."""

    title: str
    source: str
    a: Metric
    b: Metric
    start: NDArray[np.float64]
    pixel_range: PixelRange


def wang_simoncelli_2008(
    reference: ArrayLike, *, data_range: float = 255.0, noise: float = 1024.0, seed: int = 0
) -> Scene:
    """Return the procedure of the paper on a reference of one's own.

    MSE against SSIM with uniform 8x8 windows weighted by their variance, from white Gaussian noise
    without a mean. The paper's
    figure 8 has noise of MSE 1024 on 8-bit images; its experiment has powers of two from 8 to 1024.

    Parameters
    ----------
    reference
        Shape (H, W) or (H, W, C).
    data_range
        White minus black.
    noise
        MSE of the start, as of 8-bit images: it is scaled with the data range.
    seed
        Of ``numpy.random.default_rng``.
    """
    pixel_range = (0.0, data_range)
    sphere = EqualMseSphere(reference, noise * (data_range / 255) ** 2, pixel_range)
    grain = np.random.default_rng(seed).standard_normal(sphere.reference.shape)
    return Scene(
        title=tr("Wang and Simoncelli 2008"),
        source="Journal of Vision 8(12):8, 2008, figure 8",
        a=Mse(),
        b=WeightedSsim(data_range=data_range, window="uniform", window_size=8),
        start=sphere.project(sphere.reference + (grain - grain.mean())),
        pixel_range=pixel_range,
    )
