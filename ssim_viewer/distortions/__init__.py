"""The distortions room: types of distortion, each told by one number, its strength.

It changes arrays and knows nothing of metrics. All distortions are pure and bring the same result
for the same settings. `catalogue` lists the types, `apply` applies one, `solve_for_mse` finds the
strength that has a wanted MSE.
"""

from ssim_viewer.distortions.applying import apply
from ssim_viewer.distortions.chain import Link, apply_chain, solve_chain
from ssim_viewer.distortions.degradations import Blur, Noise
from ssim_viewer.distortions.errors import DistortionError
from ssim_viewer.distortions.kinds import Kind, distortion
from ssim_viewer.distortions.missing import around_missing
from ssim_viewer.distortions.protocol import Distortion
from ssim_viewer.distortions.registry import broken_distortions, catalogue, get_distortion
from ssim_viewer.distortions.solving import (
    LevelError,
    Solution,
    mse_between,
    solve_for_level,
    solve_for_mse,
    to_8_bit,
)
from ssim_viewer.distortions.spec import DistortionType, Parameter, described
from ssim_viewer.distortions.warps import Rotation, Scaling, Translation

__all__ = [
    "Blur",
    "Distortion",
    "DistortionError",
    "DistortionType",
    "Kind",
    "LevelError",
    "Link",
    "Noise",
    "Parameter",
    "Rotation",
    "Scaling",
    "Solution",
    "Translation",
    "apply",
    "apply_chain",
    "around_missing",
    "broken_distortions",
    "catalogue",
    "described",
    "distortion",
    "get_distortion",
    "mse_between",
    "solve_chain",
    "solve_for_level",
    "solve_for_mse",
    "to_8_bit",
]
