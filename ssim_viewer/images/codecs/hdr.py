"""Radiance HDR (RGBE) through OpenImageIO."""

import re

from ssim_viewer.images.codecs import oiio
from ssim_viewer.images.codecs.decoded import BadFile, Decoded, chosen, require_size
from ssim_viewer.text import tr

_RESOLUTION = re.compile(rb"^([-+])([XY]) +(\d{1,9}) +([-+])([XY]) +(\d{1,9})\s", re.MULTILINE)
# Signs and axes of the two lengths: where the stored rows and columns run, as EXIF says it.
_ORIENTATIONS = {
    (b"-Y", b"+X"): 1, (b"-Y", b"-X"): 2, (b"+Y", b"-X"): 3, (b"+Y", b"+X"): 4,
    (b"+X", b"-Y"): 5, (b"-X", b"-Y"): 6, (b"-X", b"+Y"): 7, (b"+X", b"+Y"): 8,
}  # fmt: skip


def read(data: bytes, which: str | None) -> Decoded:
    """Decode to float32 RGB; the scale EXPOSURE of the header is not divided out."""
    chosen(names(data), which, "frames")
    match = _RESOLUTION.search(data[:65536])
    if match is None:
        raise BadFile(tr("is cut off in its header; copy or download it again"))
    require_size(int(match[3]), int(match[6]))
    if not data.startswith(b"#?RADIANCE"):
        data = b"#?RADIANCE" + data[data.index(b"\n") :]
    with oiio.opened(data, ".hdr") as source:
        orientation = oiio.orientation_of(source.spec())
        return Decoded(
            oiio.pixels_of(source, 0, 3),
            orientation=orientation,
            stored="rgbe",
            scene_referred=True,
        )


def names(data: bytes) -> tuple[str, ...]:  # noqa: ARG001 - every codec takes the data
    """Return one name: the format holds one picture."""
    return (tr("Frame 1"),)
