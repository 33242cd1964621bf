"""What an image is; reading, writing, colour, and the aligning of two sizes; the samples.

Nothing here knows of metrics or of windows.
"""

from ssim_viewer.images.alignment import Alignment, align_pair
from ssim_viewer.images.channels import PRIMARIES, channel_in_words
from ssim_viewer.images.color import to_luma
from ssim_viewer.images.decoding import decode_image
from ssim_viewer.images.descriptions import described_png
from ssim_viewer.images.errors import ImageError, SizeMismatch
from ssim_viewer.images.formats import READABLE_SUFFIXES
from ssim_viewer.images.image import Image, Pair, image_from_array, with_range
from ssim_viewer.images.luma import Channel
from ssim_viewer.images.masks import Mask, mask_from_image, not_numbers
from ssim_viewer.images.pairing import AS_THEY_ARE, Pairing
from ssim_viewer.images.profiles import Profile
from ssim_viewer.images.ranges import NOTHING_GIVEN, GivenRange, RangeSource
from ssim_viewer.images.reading import (
    list_pictures,
    names_a_file,
    read_image,
    split_path,
)
from ssim_viewer.images.registering import NoRegistration
from ssim_viewer.images.registration import Registered, Shift, find_shift
from ssim_viewer.images.samples import (
    DEFAULT_SAMPLE,
    Sample,
    is_sample,
    read_sample,
    resources,
    samples,
)
from ssim_viewer.images.writing import Depth, write_array, write_bytes, write_image, write_text

__all__ = [
    "AS_THEY_ARE",
    "DEFAULT_SAMPLE",
    "NOTHING_GIVEN",
    "PRIMARIES",
    "READABLE_SUFFIXES",
    "Alignment",
    "Channel",
    "Depth",
    "GivenRange",
    "Image",
    "ImageError",
    "Mask",
    "NoRegistration",
    "Pair",
    "Pairing",
    "Profile",
    "RangeSource",
    "Registered",
    "Sample",
    "Shift",
    "SizeMismatch",
    "align_pair",
    "channel_in_words",
    "decode_image",
    "described_png",
    "find_shift",
    "image_from_array",
    "is_sample",
    "list_pictures",
    "mask_from_image",
    "names_a_file",
    "not_numbers",
    "read_image",
    "read_sample",
    "resources",
    "samples",
    "split_path",
    "to_luma",
    "with_range",
    "write_array",
    "write_bytes",
    "write_image",
    "write_text",
]
