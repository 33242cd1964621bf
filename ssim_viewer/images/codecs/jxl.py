"""JPEG XL through OpenImageIO."""

from ssim_viewer.images.codecs import oiio
from ssim_viewer.images.codecs.decoded import Decoded, chosen

_SHORTEST = 128


def read(data: bytes, which: str | None) -> Decoded:
    """Decode 8 or 16 bits or float; libjxl turns the picture upright itself."""
    chosen(names(data), which, "frames")
    # OpenImageIO takes no file of fewer than 105 bytes; what follows the picture is not read.
    with oiio.opened(data.ljust(_SHORTEST, b"\0"), ".jxl") as source:
        spec = source.spec()
        channels = spec.nchannels
        alpha = spec.alpha_channel == channels - 1
        shown = channels if channels in {1, 3} or (alpha and channels in {2, 4}) else 0
        shown = shown or (3 if channels > 3 else 1)
        rest = channels - shown
        notes = (f"{rest} extra bands are not shown.",) if rest else ()
        pixels = oiio.pixels_of(source, 0, shown)
        return Decoded(pixels, profile=oiio.profile_of(spec), notes=notes)


def names(data: bytes) -> tuple[str, ...]:  # noqa: ARG001 - every codec takes the data
    """Return one name: the first frame is read."""
    return ("Frame 1",)
