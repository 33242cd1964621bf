"""Whether the distorted image lies elsewhere on the reference, and moving it there."""

from ssim_viewer.features.registration.feature import Registration

__all__ = ["Registration"]
