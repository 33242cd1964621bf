"""Every format comes out as the picture that another program put in."""

import numpy as np
import pytest
from PIL import Image as Pillow

from ssim_viewer.images import ImageError, decode_image
from tests.images import encoded
from tests.images.encoded import ALPHA, GREY, GREY16, GREY32, RGB, RGB16, RGB32, RGBA, pillow, tiff


@pytest.mark.parametrize(
    ("data", "pixels"),
    [
        pytest.param(pillow(GREY, "PNG"), GREY, id="8-bit grey PNG"),
        pytest.param(pillow(RGB, "PNG"), RGB, id="8-bit PNG"),
        pytest.param(pillow(GREY16, "PNG"), GREY16, id="16-bit grey PNG"),
        pytest.param(tiff(GREY), GREY, id="8-bit grey TIFF"),
        pytest.param(tiff(RGB, photometric="rgb"), RGB, id="8-bit TIFF"),
        pytest.param(tiff(RGB16, photometric="rgb"), RGB16, id="16-bit TIFF"),
        pytest.param(tiff(RGB16, photometric="rgb", byteorder=">"), RGB16, id="Motorola TIFF"),
        pytest.param(tiff(RGB16, photometric="rgb", tile=(16, 16)), RGB16, id="tiled TIFF"),
        pytest.param(tiff(GREY16, bigtiff=True), GREY16, id="BigTIFF"),
        pytest.param(tiff(RGB16, photometric="rgb", compression="zlib"), RGB16, id="zip TIFF"),
        pytest.param(tiff(GREY32), GREY32, id="float grey TIFF"),
        pytest.param(tiff(RGB32, photometric="rgb"), RGB32, id="float TIFF"),
        pytest.param(tiff(RGB32.astype(np.float64), photometric="rgb"), RGB32, id="double TIFF"),
        pytest.param(tiff(GREY, photometric="miniswhite"), 255 - GREY, id="white is 0"),
        pytest.param(tiff(GREY16, photometric="miniswhite"), 65535 - GREY16, id="16-bit, white 0"),
        pytest.param(
            tiff(np.moveaxis(RGB, 2, 0), photometric="rgb", planarconfig="separate"),
            RGB,
            id="planar TIFF",
        ),
        pytest.param(pillow(RGB, "BMP"), RGB, id="BMP"),
        pytest.param(pillow(RGB, "WEBP", lossless=True), RGB, id="lossless WebP"),
        pytest.param(pillow(RGB, "JPEG2000", num_resolutions=3), RGB, id="lossless JPEG 2000"),
        pytest.param(encoded.pnm("P5", GREY, 255), GREY, id="PGM"),
        pytest.param(encoded.pnm("P6", RGB16, 65535), RGB16, id="16-bit PPM"),
        pytest.param(encoded.pfm(GREY32), GREY32, id="grey PFM"),
        pytest.param(encoded.pfm(RGB32), RGB32, id="PFM"),
    ],
)
def test_lossless_formats_keep_every_value(data: bytes, pixels: encoded.Array) -> None:
    image = decode_image(data, "picture")
    assert image.pixels.dtype.itemsize == pixels.dtype.itemsize or pixels is RGB32
    np.testing.assert_array_equal(image.pixels, pixels)
    assert image.data_range == {1: 255, 2: 65535, 4: 1, 8: 1}[image.pixels.itemsize]
    assert image.notes == ()


@pytest.mark.parametrize(
    ("data", "tolerance"),
    [
        pytest.param(pillow(RGB, "JPEG", quality=98, subsampling=0), 6, id="JPEG"),
        pytest.param(pillow(RGB, "AVIF", quality=98, subsampling="4:4:4"), 6, id="AVIF"),
        pytest.param(pillow(RGB, "WEBP", quality=98), 14, id="WebP"),
        pytest.param(pillow(Pillow.fromarray(RGB), "JPEG2000", num_resolutions=3,
                            quality_mode="dB", quality_layers=[45]), 14, id="JPEG 2000"),
        pytest.param(pillow(Pillow.fromarray(RGB).convert("CMYK"), "JPEG", quality=98), 12,
                     id="CMYK JPEG"),
        pytest.param(pillow(Pillow.fromarray(RGB).convert("CMYK"), "TIFF"), 1, id="CMYK TIFF"),
    ],
)  # fmt: skip
def test_lossy_formats_stay_near(data: bytes, tolerance: int) -> None:
    pixels = decode_image(data, "picture").pixels
    assert np.abs(pixels.astype(int) - RGB).max() <= tolerance


def test_radiance_pictures_keep_their_ratios() -> None:
    """A mantissa of 8 bits is shared by three channels: 1/128 of the largest of them."""
    image = decode_image(encoded.radiance(RGB32), "lamp.hdr")
    error = np.abs(image.pixels - RGB32) / RGB32.max(axis=2, keepdims=True).clip(1e-6)
    assert image.kind_text == "float RGB"
    assert error.max() < 1 / 120


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "GIF", "BMP"])
def test_palettes_become_their_colours(kind: str) -> None:
    pixels = decode_image(pillow(encoded.palette(), kind), "picture").pixels
    np.testing.assert_array_equal(pixels, np.asarray(encoded.palette().convert("RGB")))


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP", "PPM"])
def test_one_bit_becomes_black_and_white(kind: str) -> None:
    bits = GREY > 100
    pixels = decode_image(pillow(Pillow.fromarray(bits), kind), "picture").pixels
    np.testing.assert_array_equal(pixels, bits * 255)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "16-bit TIFF"])
def test_pictures_stand_upright_as_their_orientation_says(kind: str, orientation: int) -> None:
    """Row 0 and column 0 as stored are the sides that EXIF names: 6 is top right, for one."""
    if kind.endswith("TIFF"):
        stored = RGB if kind == "TIFF" else RGB16
        tag = (274, "H", 1, orientation, True)
        data = tiff(stored, photometric="rgb", extratags=[tag])
    else:
        stored = RGB
        exif = Pillow.Exif()
        exif[274] = orientation
        quality = {"lossless": True} if kind == "WEBP" else {"quality": 98}
        data = pillow(stored, kind, exif=exif, **quality)
    turned = {
        1: stored,
        2: stored[:, ::-1],
        3: stored[::-1, ::-1],
        4: stored[::-1],
        5: stored.swapaxes(0, 1),
        6: np.rot90(stored, -1),
        7: np.rot90(stored, 2).swapaxes(0, 1),
        8: np.rot90(stored),
    }[orientation]
    image = decode_image(data, "picture")
    assert image.pixels.shape == turned.shape
    assert np.abs(image.pixels.astype(int) - turned).mean() < 3
    assert bool(image.notes) == (orientation != 1)


@pytest.mark.parametrize("background", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(pillow(RGBA, "PNG"), id="PNG"),
        pytest.param(pillow(RGBA, "WEBP", lossless=True, exact=True), id="WebP"),
        pytest.param(pillow(RGBA, "JPEG2000", num_resolutions=3), id="JPEG 2000"),
        pytest.param(tiff(RGBA, photometric="rgb", extrasamples=["unassalpha"]), id="TIFF"),
    ],
)
def test_transparency_is_composited_over_the_chosen_grey(data: bytes, background: float) -> None:
    opacity = ALPHA[:, :, None] / 255
    expected = RGB * opacity + (1 - opacity) * background * 255
    image = decode_image(data, "picture", background=background)
    assert np.abs(image.pixels - expected).max() <= 1
    assert any("Transparency was composited" in note for note in image.notes)


def test_premultiplied_tiffs_are_not_multiplied_again() -> None:
    opacity = RGBA[:, :, 3:] / 255
    associated = np.dstack([np.rint(RGB * opacity).astype(np.uint8), ALPHA])
    for scale, dtype in ((1, np.uint8), (257, np.uint16)):
        stored = (associated * np.uint16(scale)).astype(dtype)
        data = tiff(stored, photometric="rgb", extrasamples=["assocalpha"])
        image = decode_image(data, "picture", background=0)
        assert np.abs(image.pixels / scale - RGB * opacity).max() <= 1


def test_full_opacity_changes_nothing_and_says_nothing() -> None:
    data = pillow(np.dstack([RGB, np.full_like(GREY, 255)]), "PNG")
    image = decode_image(data, "picture")
    np.testing.assert_array_equal(image.pixels, RGB)
    assert image.notes == ()


def test_grey_with_alpha_stays_grey() -> None:
    image = decode_image(pillow(Pillow.merge("LA", [
        Pillow.fromarray(GREY), Pillow.fromarray(ALPHA)]), "PNG"), "picture")  # fmt: skip
    opacity = ALPHA / 255
    assert image.channels == 1
    assert np.abs(image.pixels - (GREY * opacity + (1 - opacity) * 127.5)).max() <= 1


def test_the_transparent_grey_of_a_png_is_transparent() -> None:
    image = decode_image(pillow(GREY, "PNG", transparency=40), "picture", background=1)
    np.testing.assert_array_equal(image.pixels, np.where(GREY == 40, 255, GREY))


def test_transparent_palette_entries_are_transparent() -> None:
    image = decode_image(pillow(encoded.palette(), "PNG", transparency=3), "picture", background=0)
    expected = np.asarray(encoded.palette().convert("RGB")).copy()
    expected[np.asarray(encoded.palette()) == 3] = 0
    np.testing.assert_array_equal(image.pixels, expected)


@pytest.mark.parametrize("bits", [10, 12, 14])
def test_tiffs_of_uneven_depth_reach_full_white(bits: int) -> None:
    stored = GREY16 >> (16 - bits)
    stored[0, 0] = 2**bits - 1
    image = decode_image(encoded.tiff_with_bits(stored, bits), "picture")
    np.testing.assert_array_equal(image.pixels, np.rint(stored / (2**bits - 1) * 65535))
    assert any("scaled to 16 bits" in note for note in image.notes)


@pytest.mark.parametrize(("maximum", "full"), [(15, 255), (100, 255), (1000, 65535)])
def test_pgm_values_count_from_black_to_the_white_of_the_file(maximum: int, full: int) -> None:
    values = (GREY.astype(np.uint16) * maximum // 255).astype(np.uint8 if full == 255 else "u2")
    plain = f"P2 {GREY.shape[1]} {GREY.shape[0]} {maximum}\n" + " ".join(map(str, values.flat))
    expected = np.rint(values * float(full) / maximum)
    binary = decode_image(encoded.pnm("P5", values, maximum), "a.pgm")
    np.testing.assert_array_equal(binary.pixels, expected)
    np.testing.assert_allclose(decode_image(plain.encode(), "b.pgm").pixels, expected, atol=1)
    assert f"0 to {maximum}" in binary.notes[0]


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF"])
def test_of_many_frames_the_first_is_shown(kind: str) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    image = decode_image(encoded.animation(kind, 4, **options), "picture")
    first = RGB if kind != "GIF" else np.asarray(Pillow.fromarray(RGB).quantize().convert("RGB"))
    assert np.abs(image.pixels.astype(int) - first).mean() < 4
    assert image.notes == (f"First of 4 {'pages' if kind == 'TIFF' else 'frames'}.",)


@pytest.mark.parametrize(
    ("values", "data_range"),
    [
        (1.0, 1),
        (2.5, 1),
        (255.0, 255),
        (670.0, 255),
        (-646.0, 255),
        (4095.0, 65535),
        (1e6, 2**24 - 1),
    ],
)
def test_floats_far_beyond_one_tell_their_unit(values: float, data_range: float) -> None:
    """A walk that leaves the range free overshoots; that alone is no other unit."""
    pixels = np.linspace(0, values, GREY.size, dtype=np.float32).reshape(GREY.shape)
    image = decode_image(tiff(pixels), "picture")
    assert image.data_range == data_range
    assert bool(image.notes) == (data_range != 1)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"Dear reader,\n" * 9, "not an image", id="text"),
        pytest.param(tiff(np.full_like(GREY32, np.nan)), "not finite", id="NaN alone"),
        pytest.param(tiff(np.where(GREY > 9, np.inf, GREY32)), "not finite", id="infinity"),
        pytest.param(tiff(GREY.astype(np.complex64)), "complex64", id="complex TIFF"),
        pytest.param(b"P5 0 20 255\n", "no pixels", id="no columns"),
        pytest.param(b"v/1\x01" + bytes(99), "cannot be decoded", id="OpenEXR"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(ImageError, match=r"^“holiday” .*\.$") as refusal:
        decode_image(data, "holiday")
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)
