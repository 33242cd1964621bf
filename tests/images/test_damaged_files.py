"""Whatever the bytes, the answer is an image or one sentence, and the terminal stays clean."""

import struct
import zlib

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ssim_viewer.images import Image, ImageError, decode_image
from tests.images.encoded import WHOLE_FILES, pillow, tiff, whole_file


def outcome(data: bytes) -> Image | str:
    """Return the image, or the sentence after checking that it is one."""
    try:
        return decode_image(data, "file")
    except ImageError as error:
        sentence = str(error)
        assert sentence.startswith("“file” ")
        assert sentence.endswith(".")
        assert "\n" not in sentence
        return sentence


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_whole_files_are_read(name: str) -> None:
    assert isinstance(outcome(whole_file(name)), Image)


@pytest.mark.parametrize("kept", [0.02, 0.3, 0.6, 0.95])
@pytest.mark.parametrize("name", WHOLE_FILES)
def test_truncated_files_are_refused(name: str, kept: float) -> None:
    data = whole_file(name)
    assert isinstance(outcome(data[: int(len(data) * kept)]), str)


@pytest.mark.parametrize("name", ["JPEG", "progressive JPEG", "8-bit grey PNG", "WebP"])
def test_formats_that_mark_their_end_are_called_truncated_without_it(name: str) -> None:
    sentence = outcome(whole_file(name)[:-20])
    assert isinstance(sentence, str)
    assert "truncated" in sentence


def test_a_jpeg_whose_scan_stops_early_is_not_shown_half_grey() -> None:
    """Its end marker is there: only the decoder notices, and says so on the terminal."""
    data = whole_file("JPEG")
    sentence = outcome(data[: len(data) * 2 // 3] + b"\xff\xd9")
    assert isinstance(sentence, str)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("name", WHOLE_FILES)
def test_flipped_bytes_give_an_image_or_a_sentence(name: str, data: st.DataObject) -> None:
    damaged = bytearray(whole_file(name))
    near_the_start = st.integers(0, min(len(damaged), 160) - 1)
    places = st.lists(near_the_start | st.integers(0, len(damaged) - 1), min_size=1, max_size=8)
    for place in data.draw(places):
        damaged[place] = data.draw(st.integers(0, 255))
    outcome(bytes(damaged))


@given(tail=st.binary(max_size=200))
@example(tail=b"")
@pytest.mark.parametrize(
    "magic",
    [
        b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0+", b"BM", b"GIF89a", b"P5", b"P7\n",
        b"PF", b"#?RADIANCE\n", b"\xff\x4f\xff\x51", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x20ftypavif",
        b"\x59\xa6\x6a\x95",
    ],
)  # fmt: skip
def test_random_bytes_after_a_magic_number_give_an_image_or_a_sentence(
    magic: bytes, tail: bytes
) -> None:
    outcome(magic + tail)


def _png_of(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = bytearray(whole_file("8-bit grey PNG"))
    data[12:33] = head + struct.pack(">I", zlib.crc32(head))
    return bytes(data)


def _with(name: str, at: int, fields: str, *values: int) -> bytes:
    data = bytearray(whole_file(name))
    struct.pack_into(fields, data, at, *values)
    return bytes(data)


def _tiff_of(width: int, height: int) -> bytes:
    data = tiff(np.zeros((1, 1), np.uint8))
    for tag, value in ((256, width), (257, height)):
        entry = struct.pack("<HH", tag, 4) + struct.pack("<I", 1)
        at = data.index(struct.pack("<H", tag), 8)
        data = data[:at] + entry + struct.pack("<I", value) + data[at + 12 :]
    return data


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_png_of(200_000, 90_000), id="PNG"),
        pytest.param(
            _with("JPEG", whole_file("JPEG").index(b"\xff\xc0") + 5, ">HH", 60000, 60000),
            id="JPEG",
        ),
        pytest.param(_with("BMP", 18, "<ii", 70_000, -70_000), id="BMP"),
        pytest.param(_with("GIF", 6, "<HH", 65535, 65535), id="GIF"),
        pytest.param(b"P5 99999999999 99999999999 255\n", id="PGM"),
        pytest.param(b"PF\n40000 40000\n-1.0\n", id="PFM"),
        pytest.param(b"#?RADIANCE\n\n-Y 40000 +X 40000\n", id="HDR"),
        pytest.param(_tiff_of(2**31, 3), id="TIFF"),
    ],
)
def test_absurd_sizes_are_refused_before_any_memory_is_taken(data: bytes) -> None:
    sentence = outcome(data)
    assert isinstance(sentence, str)
    assert "claims to be" in sentence or "truncated" in sentence


@pytest.mark.parametrize("name", ["JPEG", "TIFF"])
def test_a_file_too_short_for_the_pixels_that_it_claims_is_truncated(name: str) -> None:
    start_of_frame = whole_file("JPEG").index(b"\xff\xc0")
    data = {
        "JPEG": _with("JPEG", start_of_frame + 5, ">HH", 9000, 9000),
        "TIFF": _tiff_of(9000, 9000),
    }[name]
    assert "truncated" in str(outcome(data))


def test_a_large_plain_jpeg_is_not_taken_for_a_truncated_one() -> None:
    data = pillow(np.zeros((3000, 4000), np.uint8), "JPEG", quality=5, optimize=True)
    assert isinstance(outcome(data), Image)


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_decoders_leave_the_terminal_alone(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    data = whole_file(name)
    damaged = bytearray(data)
    damaged[len(data) // 2 : len(data) // 2 + 9] = b"\xff\x00\x13\x77\xff\xfe\x01\x00\xff"
    for variant in (data, data[:-1], data[: len(data) // 2], bytes(damaged)):
        outcome(variant)
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")
