"""The distortions room: small changes of an image, by how much one can be told in one number.

It changes arrays and knows nothing of metrics, which it is there to try. All distortions are pure
and bring the same result for the same settings.
"""

from ssim_viewer.distortions.degradations import Blur, Noise
from ssim_viewer.distortions.kinds import Kind, distortion
from ssim_viewer.distortions.protocol import Distortion, DistortionError
from ssim_viewer.distortions.warps import Rotation, Scaling, Translation

__all__ = [
    "Blur",
    "Distortion",
    "DistortionError",
    "Kind",
    "Noise",
    "Rotation",
    "Scaling",
    "Translation",
    "distortion",
]
