"""The score of the pair on screen under every convention, side by side."""

from ssim_viewer.features.conventions.feature import ConventionsFeature

__all__ = ["ConventionsFeature"]
