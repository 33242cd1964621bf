"""Two folders whose images are paired by name, one pair after the other on screen."""

from ssim_viewer.features.folder_pairs.feature import FolderPairsFeature

__all__ = ["FolderPairsFeature"]
