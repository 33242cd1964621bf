"""The bytes of an image file to an image. OpenCV decodes; what it leaves undone is done here.

Left undone by OpenCV with ``IMREAD_UNCHANGED``, the only mode that keeps depth and alpha: EXIF
orientation, RGB order, and every count of white but 255 and 65535.
"""

import cv2
import numpy as np

from ssim_viewer.images.errors import ImageError
from ssim_viewer.images.headers import BadHeader, Header, read_header
from ssim_viewer.images.headers.header import LARGEST_SIZE, TRUNCATED, TURNED
from ssim_viewer.images.image import Image, image_from_array
from ssim_viewer.images.quiet import overhear
from ssim_viewer.images.types import Pixels


def decode_image(data: bytes, name: str, *, background: float = 0.5) -> Image:
    """Decode the bytes of an image file.

    Parameters
    ----------
    data
        A whole file.
    name
        What the person calls it.
    background
        The grey under transparency, as a fraction of the data range.

    Returns
    -------
    Image
        Upright, grey or RGB, with its data range from its type; without a path.

    Raises
    ------
    ImageError
        One sentence for whatever keeps the bytes from being an image.
    """
    try:
        header = _header(data)
        pixels, remarks = _decode(data)
    except BadHeader as error:
        raise ImageError(f"“{name}” {error}.") from None
    pixels, notes = _as_stored(_in_rgb_order(pixels, header), header)
    if header.orientation != 1:
        pixels = upright(pixels, header.orientation)
        notes += (TURNED,)
    if header.frames > 1:
        notes += (f"First of {header.frames} frames.",)
    return image_from_array(
        pixels,
        name,
        background=background,
        premultiplied=header.premultiplied,
        notes=(*notes, *header.notes, *remarks),
    )


def _header(data: bytes) -> Header:
    if not data:
        raise BadHeader("is empty; choose another file")
    header = read_header(data)
    if header is None:
        raise BadHeader(
            "is not an image of a kind that can be read here; choose a PNG, TIFF, JPEG, WebP, "
            "AVIF, JPEG 2000, BMP, GIF, PGM, PPM, PFM or HDR file"
        )
    size = f"{header.width}×{header.height}"
    if header.width <= 0 or header.height <= 0:
        raise BadHeader(f"has no pixels ({size}); choose another file")
    if header.width * header.height > LARGEST_SIZE:
        raise BadHeader(
            f"claims to be {size} pixels, more than the {LARGEST_SIZE // 10**6} million that can "
            "be opened; save a smaller part of it"
        )
    return header


def _decode(data: bytes) -> tuple[Pixels, tuple[str, ...]]:
    # OpenCV takes the last number of a plain PNM for cut off unless white space follows it.
    plain = data[:2] in {b"P1", b"P2", b"P3"}
    encoded = np.frombuffer(data + b"\n" if plain else data, np.uint8)
    try:
        pixels, said = overhear(lambda: cv2.imdecode(encoded, cv2.IMREAD_UNCHANGED))
    except MemoryError:
        raise BadHeader("needs more memory than there is; save a smaller part of it") from None
    except cv2.error:
        pixels, said = None, ""
    if "premature end" in said.lower():
        raise BadHeader(TRUNCATED)
    if pixels is None:
        raise BadHeader(
            "cannot be decoded: it is truncated, damaged or of a rare kind; "
            "copy it again or save it as PNG"
        )
    if "Corrupt JPEG data" in said:
        return pixels, ("The file is damaged; parts of the image may be wrong.",)
    return pixels, ()


def _in_rgb_order(pixels: Pixels, header: Header) -> Pixels:
    if pixels.ndim == 2 and header.transparent_grey is not None:
        full = np.iinfo(pixels.dtype).max
        opaque = np.where(pixels == header.transparent_grey, 0, full).astype(pixels.dtype)
        return np.dstack([pixels, opaque])
    if pixels.ndim == 3 and header.grey:
        return pixels[:, :, [0, 3][: pixels.shape[2] - 2]]
    if pixels.ndim == 3 and pixels.shape[2] in {3, 4}:
        return pixels[:, :, [2, 1, 0, 3][: pixels.shape[2]]]
    return pixels


def _as_stored(pixels: Pixels, header: Header) -> tuple[Pixels, tuple[str, ...]]:
    """Bring white to the largest value of the type, and black to 0."""
    if pixels.dtype.kind != "u":
        return pixels, ()
    full = int(np.iinfo(pixels.dtype).max)
    white, notes = header.white, tuple[str, ...]()
    # A value above its white says that the decoder has stretched the values already.
    if white is not None and white < full and pixels.max() <= white:
        pixels = np.rint(pixels.astype(np.float64) * full / white).astype(pixels.dtype)
        notes = (f"Its values, 0 to {white}, were scaled to {pixels.itemsize * 8} bits.",)
    return (full - pixels if header.inverted else pixels), notes


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Turn pixels as EXIF says: what the orientation 1 to 8 calls row 0 comes to the top.

    CIPA DC-008 (EXIF 2.32), 4.6.4, tag 274.
    """
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in {2, 3, 6, 7}:
        pixels = pixels[:, ::-1]
    if orientation in {3, 4, 7, 8}:
        pixels = pixels[::-1]
    return pixels
