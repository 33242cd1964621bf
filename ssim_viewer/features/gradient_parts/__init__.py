"""Where the gradient pushes: its parts, and climbs that only one factor of SSIM drives."""

from ssim_viewer.features.gradient_parts.feature import GradientParts

__all__ = ["GradientParts"]
