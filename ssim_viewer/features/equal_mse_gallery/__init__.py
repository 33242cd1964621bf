"""The gallery: many distortions of the reference at one level of MSE or MSSIM."""

from ssim_viewer.features.equal_mse_gallery.feature import GalleryFeature

__all__ = ["GalleryFeature"]
