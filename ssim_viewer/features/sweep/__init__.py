"""The sweep: scores against the strength of a distortion, and distortions in a plane of metrics."""

from ssim_viewer.features.sweep.feature import SweepFeature

__all__ = ["SweepFeature"]
