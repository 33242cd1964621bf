"""The record that every reader of headers fills in."""

from dataclasses import dataclass


class BadHeader(ValueError):  # noqa: N818 - its text ends a sentence about the file
    """A header that no image can follow; the text continues a sentence that names the file."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says and a decoder does not.

    Parameters
    ----------
    width, height
        As stored, before any turning.
    orientation
        EXIF orientation 1 to 8 still to be applied; 1 is upright.
    white
        The largest value that the samples can have, where it is not the largest of their type.
    inverted
        Whether the decoder returns white as 0.
    premultiplied
        Whether the decoder returns colour already multiplied by alpha.
    grey
        Whether the picture is grey although the decoder may return three channels.
    transparent_grey
        The grey value, as stored, that stands for transparency.
    frames
        Pictures in the file.
    notes
        Sentences on what the decoder does unasked.
    """

    width: int
    height: int
    orientation: int = 1
    white: int | None = None
    inverted: bool = False
    premultiplied: bool = False
    grey: bool = False
    transparent_grey: int | None = None
    frames: int = 1
    notes: tuple[str, ...] = ()


# A header can claim anything: this is 16384×16384, or 268 million pixels.
LARGEST_SIZE = 2**28
TRUNCATED = "is truncated: its end is missing; copy or download it again"
TURNED = "Turned upright as its orientation tag says."
