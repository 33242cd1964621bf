"""Distributions: the histogram of a map, its worst places, regions, profiles and poolings."""

from ssim_viewer.features.distributions.feature import Distributions

__all__ = ["Distributions"]
