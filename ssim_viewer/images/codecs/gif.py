"""GIF through Pillow, which reads a file that was cut between two blocks without a word."""

from ssim_viewer.images.codecs import pillow
from ssim_viewer.images.codecs.decoded import TRUNCATED, BadFile, Decoded, require_size
from ssim_viewer.text import tr

_EXTENSION, _PICTURE = 0x21, 0x2C
_KINDS = ("GIF",)
# A code of 12 bits stands for at most 4096 pixels.
_MOST_PIXELS_PER_BYTE = 2731
_SMALL = 2**24  # pixels that are not worth a doubt


def read(data: bytes, which: str | None) -> Decoded:
    """Decode one frame as it is shown: over those before it."""
    _require_whole(data)
    return pillow.read(data, which, _KINDS)


def names(data: bytes) -> tuple[str, ...]:
    """Return the names of the frames."""
    return pillow.names(data, _KINDS)


def _require_whole(data: bytes) -> None:
    """Walk over the blocks: the file may end behind one of them, but not within."""
    width, height = (int.from_bytes(data[at : at + 2], "little") for at in (6, 8))
    require_size(width, height)
    if width * height > max(_SMALL, _MOST_PIXELS_PER_BYTE * len(data)):
        raise BadFile(tr("claims more pixels than its bytes can hold; it is damaged"))
    try:
        at = 13 + _palette(data[10])
        while at < len(data) and data[at] in {_EXTENSION, _PICTURE}:
            at += 11 + _palette(data[at + 9]) if data[at] == _PICTURE else 2
            while data[at]:
                at += 1 + data[at]
            at += 1
    except IndexError:
        raise BadFile(TRUNCATED) from None


def _palette(flags: int) -> int:
    return 3 << (1 + (flags & 7)) if flags & 0x80 else 0
