"""Preference study: people rank candidates, and the ranks are put beside the metrics."""

from ssim_viewer.features.preference_study.feature import PreferenceStudy

__all__ = ["PreferenceStudy"]
