"""Candidates: many distorted images against one reference, in a table and against their rate."""

from ssim_viewer.features.candidates.feature import CandidatesFeature

__all__ = ["CandidatesFeature"]
