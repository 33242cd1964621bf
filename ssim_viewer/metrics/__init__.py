"""The metrics room: SSIM with its parts and exact gradient, and MSE, MAE, PSNR.

It measures arrays. Reading images is left to `images`, changing them to `synthesis`.
"""

from ssim_viewer.metrics.bound import BoundSsim, Components
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.evaluation import Evaluation, Quantity, Scores, evaluate
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.pixel_errors import mae, mse, psnr
from ssim_viewer.metrics.presets import PRESETS
from ssim_viewer.metrics.protocol import BoundMetric, Layer, Metric
from ssim_viewer.metrics.ssim import Ssim, ssim

__all__ = [
    "PRESETS",
    "BoundMetric",
    "BoundSsim",
    "Components",
    "Evaluation",
    "Layer",
    "MapGeometry",
    "Metric",
    "MetricError",
    "Quantity",
    "Scores",
    "Ssim",
    "evaluate",
    "mae",
    "mse",
    "psnr",
    "ssim",
]
