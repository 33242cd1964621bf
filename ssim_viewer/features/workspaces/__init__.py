"""Workspaces: which docks stand around the images, and how many panes there are."""

from ssim_viewer.features.workspaces.feature import WorkspacesFeature

__all__ = ["WorkspacesFeature"]
