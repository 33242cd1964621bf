"""The metrics room: SSIM and its relatives, MSE, MAE, PSNR, with maps and exact gradients.

It measures arrays. Reading images is left to `images`, changing them to `synthesis`.
"""

from ssim_viewer.metrics.backend import warm_up, warm_up_in_background
from ssim_viewer.metrics.batches import measure_batch
from ssim_viewer.metrics.builtin_metrics import MetricContext, MetricEntry
from ssim_viewer.metrics.conventions import CONVENTIONS, NamedConvention, convention_scores
from ssim_viewer.metrics.cropped_metric import CroppedMetric, cropped_metric
from ssim_viewer.metrics.cw_ssim.metric import CwSsim
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.evaluation import Evaluation, Scores, evaluate
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.gmsd import Gmsd
from ssim_viewer.metrics.maps.builtin_maps import Quantity
from ssim_viewer.metrics.maps.registry import broken_maps, get_map, map_table, plugin_maps
from ssim_viewer.metrics.maps.spec import MapInputs, MapKind, MapSpec, Unit
from ssim_viewer.metrics.masked import evaluate_masked
from ssim_viewer.metrics.masked_metric import MaskedMetric, masked_metric, restricted_metric
from ssim_viewer.metrics.masked_ssim import MaskedSsim
from ssim_viewer.metrics.ms_ssim.metric import MsSsim
from ssim_viewer.metrics.pixel_errors import mae, mse, psnr
from ssim_viewer.metrics.pixel_metrics import Mae, Mse, Psnr
from ssim_viewer.metrics.protocol import BoundMetric, HasPrecision, Layer, Metric
from ssim_viewer.metrics.registry import broken_plugins, catalogue, find, lacking_adapters
from ssim_viewer.metrics.setting import Setting, SettingKind, settings_of, with_settings
from ssim_viewer.metrics.ssim.bound import BoundSsim, Components
from ssim_viewer.metrics.ssim.metric import Ssim, ssim
from ssim_viewer.metrics.ssim.presets import PRESETS
from ssim_viewer.metrics.weighted import WeightedSsim
from ssim_viewer.metrics.windowless import evaluate_windowless, lack_of_room

__all__ = [
    "CONVENTIONS",
    "PRESETS",
    "BoundMetric",
    "BoundSsim",
    "Components",
    "CroppedMetric",
    "CwSsim",
    "Evaluation",
    "Gmsd",
    "HasPrecision",
    "Layer",
    "Mae",
    "MapGeometry",
    "MapInputs",
    "MapKind",
    "MapSpec",
    "MaskedMetric",
    "MaskedSsim",
    "Metric",
    "MetricContext",
    "MetricEntry",
    "MetricError",
    "MsSsim",
    "Mse",
    "NamedConvention",
    "Psnr",
    "Quantity",
    "Scores",
    "Setting",
    "SettingKind",
    "Ssim",
    "Unit",
    "WeightedSsim",
    "broken_maps",
    "broken_plugins",
    "catalogue",
    "convention_scores",
    "cropped_metric",
    "evaluate",
    "evaluate_masked",
    "evaluate_windowless",
    "find",
    "get_map",
    "lack_of_room",
    "lacking_adapters",
    "mae",
    "map_table",
    "masked_metric",
    "measure_batch",
    "mse",
    "plugin_maps",
    "psnr",
    "restricted_metric",
    "settings_of",
    "ssim",
    "warm_up",
    "warm_up_in_background",
    "with_settings",
]
