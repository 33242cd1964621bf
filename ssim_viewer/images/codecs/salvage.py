"""What is left of a damaged file, through Pillow: rows that are missing are grey or black."""

from threading import Lock

import numpy as np

from ssim_viewer.images.codecs import pillow
from ssim_viewer.images.codecs.decoded import BadFile, Decoded
from ssim_viewer.text import tr

KINDS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "PPM", "TGA", "JPEG2000")
NOTE = tr("The file is damaged: this is as far as it could be read.")

_one_at_a_time = Lock()  # Pillow's switch is one for all threads


def salvaged(data: bytes) -> Decoded:
    """Return what Pillow can decode of a damaged file.

    Raises
    ------
    BadFile
        Not a single row can be read.
    """
    from PIL import Image, ImageFile

    Image.init()  # all formats: they are tried by name

    with _one_at_a_time:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            with pillow.opened(data, KINDS) as image:
                image.load()
                pixels, premultiplied, notes = pillow.pixels_of(image)
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
    if np.ptp(pixels) == 0:
        raise BadFile(tr("is damaged so early that nothing of it can be shown; copy it again"))
    return Decoded(pixels, premultiplied=premultiplied, notes=notes)
