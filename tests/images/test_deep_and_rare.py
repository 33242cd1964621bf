"""Depths, bands and compressions beyond 8-bit RGB, in files of encoders other than our own."""

import io
import itertools
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

import cv2
import imagecodecs
import Imath
import numpy as np
import OpenEXR
import OpenImageIO
import pytest
import tifffile
from PIL import Image as Pillow

from ssim_viewer.images import ImageError, align_pair, decode_image, read_image
from ssim_viewer.images.decoding import picture_names
from ssim_viewer.images.resolving import Resolver, pixels_of
from tests.images import encoded
from tests.images.encoded import ALPHA, GREY, GREY16, GREY32, RGB, RGB16, RGB32, RGBA, pillow, tiff

RGB12 = RGB16 >> 4
PLANES = np.ascontiguousarray(np.moveaxis(RGB16, 2, 0))


def stretched(values: encoded.Array, bits: int) -> encoded.Array:
    """Return values of so many bits scaled to 16, or to 8 where they fit."""
    full, kind = (255, np.uint8) if bits <= 8 else (65535, np.uint16)
    scaled: encoded.Array = np.rint(values * (full / (2**bits - 1))).astype(kind)
    return scaled


@pytest.mark.parametrize(
    "compression", ["lzw", "zlib", "zstd", "lzma", "packbits", "jpegxl", "png"]
)
@pytest.mark.parametrize("layout", [{}, {"tile": (16, 32)}, {"rowsperstrip": 5}, {"bigtiff": True}])
def test_compressed_tiffs_keep_every_value(compression: str, layout: dict[str, Any]) -> None:
    for pixels, kind in ((RGB, "rgb"), (GREY16, "minisblack")):
        data = tiff(pixels, photometric=kind, compression=compression, **layout)
        np.testing.assert_array_equal(decode_image(data, "a.tif").pixels, pixels)


@pytest.mark.parametrize("compression", ["lzw", "zlib", "zstd"])
@pytest.mark.parametrize("byteorder", ["<", ">"])
@pytest.mark.parametrize("pixels", [RGB, RGB16, RGB32, GREY16], ids=["8", "16", "float", "grey"])
def test_predictors_are_undone(pixels: encoded.Array, compression: str, byteorder: str) -> None:
    kind = "rgb" if pixels.ndim == 3 else "minisblack"
    data = tiff(
        pixels, photometric=kind, compression=compression, predictor=True, byteorder=byteorder
    )
    np.testing.assert_array_equal(decode_image(data, "a.tif").pixels, pixels)


@pytest.mark.parametrize("tile", [None, (16, 16), (32, 64)])
def test_planes_apart_are_brought_together(tile: tuple[int, int] | None) -> None:
    data = tiff(PLANES, photometric="rgb", planarconfig="separate", tile=tile)
    np.testing.assert_array_equal(decode_image(data, "a.tif").pixels, RGB16)


@pytest.mark.parametrize("bits", [*range(2, 8), *range(9, 16)])
def test_integers_of_any_number_of_bits_reach_full_white(bits: int) -> None:
    values = (GREY16 >> (16 - bits)).astype(np.uint8 if bits <= 8 else np.uint16)
    image = decode_image(tiff(values, bitspersample=bits), "a.tif")
    np.testing.assert_array_equal(image.pixels, stretched(values, bits))
    assert image.bits == bits


@pytest.mark.parametrize(("kind", "offset"), [(np.int8, 128), (np.int16, 32768)])
def test_signed_integers_are_shifted_to_begin_at_0_and_say_so(
    kind: type[np.signedinteger[Any]], offset: int
) -> None:
    unsigned = GREY if offset == 128 else GREY16
    image = decode_image(tiff((unsigned.astype(int) - offset).astype(kind)), "a.tif")
    np.testing.assert_array_equal(image.pixels, unsigned)
    assert image.stored == np.dtype(kind).name
    assert f"shifted up by {offset}" in image.notes[0]


@pytest.mark.parametrize("kind", [np.uint32, np.int32, np.uint64, np.int64])
def test_large_integers_are_read_as_doubles_in_their_own_unit(kind: type[Any]) -> None:
    image = decode_image(tiff(GREY16.astype(kind)), "a.tif")
    np.testing.assert_array_equal(image.pixels, GREY16)
    assert image.pixels.dtype == np.float64
    assert image.stored == np.dtype(kind).name


def test_half_floats_are_read_as_floats() -> None:
    image = decode_image(tiff(GREY32.astype(np.float16)), "a.tif")
    np.testing.assert_array_equal(image.pixels, GREY32.astype(np.float16).astype(np.float32))
    assert image.stored == "float16"


@pytest.mark.parametrize("planes", ["contig", "separate"])
def test_a_fourth_band_that_is_not_alpha_is_never_used_as_transparency(planes: str) -> None:
    bands = RGBA if planes == "contig" else np.ascontiguousarray(np.moveaxis(RGBA, 2, 0))
    data = tiff(bands, photometric="rgb", planarconfig=planes, extrasamples=["unspecified"])
    image = decode_image(data, "infrared.tif")
    np.testing.assert_array_equal(image.pixels, RGB)
    assert image.notes == ("Band 4 is not shown: it is not said to be transparency.",)


def test_bands_beyond_the_colours_are_named_as_left_out() -> None:
    data = tiff(np.dstack([RGB, GREY, GREY]), photometric="rgb")
    image = decode_image(data, "bands.tif")
    np.testing.assert_array_equal(image.pixels, RGB)
    assert image.notes == ("Bands 4 to 5 are not shown.",)


def test_a_second_band_without_a_meaning_is_left_out() -> None:
    data = tiff(RGBA[:, :, :2], photometric="minisblack", planarconfig="contig")
    np.testing.assert_array_equal(decode_image(data, "a.tif").pixels, RGB[:, :, 0])


def test_grey_with_alpha_in_a_tiff_is_composited() -> None:
    data = tiff(
        np.dstack([GREY, ALPHA]), photometric="minisblack", planarconfig="contig",
        extrasamples=["unassalpha"],
    )  # fmt: skip
    opacity = ALPHA / 255
    expected = GREY * opacity + (1 - opacity) * 127.5
    assert np.abs(decode_image(data, "a.tif").pixels - expected).max() <= 1


@pytest.mark.parametrize("scale", [1, 256, 257])
def test_palettes_of_8_bits_stay_8_bits_however_they_are_scaled(scale: int) -> None:
    colors = np.stack([np.arange(256), np.arange(255, -1, -1), np.arange(256) // 2])
    indices = GREY
    data = tiff(indices, photometric="palette", colormap=(colors * scale).astype(np.uint16))
    expected = np.moveaxis(colors[:, indices], 0, 2)
    image = decode_image(data, "a.tif")
    assert image.pixels.dtype == np.uint8
    np.testing.assert_array_equal(image.pixels, expected)


def test_a_thumbnail_before_the_picture_is_not_taken_for_it() -> None:
    file = io.BytesIO()
    with tifffile.TiffWriter(file) as writer:
        writer.write(RGB[::4, ::4], photometric="rgb", subfiletype=1)
        writer.write(RGB, photometric="rgb")
    image = decode_image(file.getvalue(), "a.tif")
    np.testing.assert_array_equal(image.pixels, RGB)
    assert image.page_count == 1


def test_a_thumbnail_with_the_picture_in_a_sub_directory_is_not_taken_for_it() -> None:
    file = io.BytesIO()
    with tifffile.TiffWriter(file) as writer:
        writer.write(RGB[::4, ::4], photometric="rgb", subfiletype=1, subifds=1)
        writer.write(RGB, photometric="rgb")
    np.testing.assert_array_equal(decode_image(file.getvalue(), "a.tif").pixels, RGB)


@pytest.mark.parametrize("bits", [10, 12])
@pytest.mark.parametrize("pixels", [GREY16, RGB16], ids=["grey", "RGB"])
def test_deep_avif_keeps_its_depth(bits: int, pixels: encoded.Array) -> None:
    values = pixels >> (16 - bits)
    data = bytes(imagecodecs.avif_encode(values, level=100, bitspersample=bits))
    image = decode_image(data, "a.avif")
    np.testing.assert_array_equal(image.pixels, stretched(values, bits))
    assert image.bits == bits


@pytest.mark.parametrize("pixels", [GREY16 >> 4, RGB12], ids=["grey", "RGB"])
def test_deep_jpeg_2000_keeps_its_depth(pixels: encoded.Array) -> None:
    data = bytes(imagecodecs.jpeg2k_encode(pixels, bitspersample=12, reversible=True, level=0))
    np.testing.assert_array_equal(decode_image(data, "a.jp2").pixels, stretched(pixels, 12))


def test_signed_jpeg_2000_is_shifted() -> None:
    data = bytes(imagecodecs.jpeg2k_encode((GREY16.astype(int) - 32768).astype(np.int16), level=0))
    np.testing.assert_array_equal(decode_image(data, "a.jp2").pixels, GREY16)


def test_a_jpeg_of_12_bits_keeps_its_depth() -> None:
    data = bytes(imagecodecs.jpeg_encode(GREY16 >> 4, level=100, bitspersample=12))
    image = decode_image(data, "a.jpg")
    assert np.abs(image.pixels - stretched(GREY16 >> 4, 12).astype(float)).max() < 3 * 16
    assert image.bits == 12


@pytest.mark.parametrize("pixels", [GREY, RGB, GREY16], ids=["grey", "RGB", "16-bit"])
def test_jpeg_ls_keeps_every_value(pixels: encoded.Array) -> None:
    data = bytes(imagecodecs.jpegls_encode(pixels))
    np.testing.assert_array_equal(decode_image(bytes(data), "a.jls").pixels, pixels)


@pytest.mark.parametrize("bits", [8, 12, 16])
def test_lossless_jpeg_keeps_every_value(bits: int) -> None:
    values = GREY if bits == 8 else GREY16 >> (16 - bits)
    data = bytes(imagecodecs.ljpeg_encode(values, bitspersample=bits))
    np.testing.assert_array_equal(decode_image(data, "a.jpg").pixels, stretched(values, bits))


def test_lossless_jpeg_of_colours_keeps_every_value() -> None:
    data = bytes(imagecodecs.jpeg8_encode(RGB, lossless=True))
    np.testing.assert_array_equal(decode_image(data, "a.jpg").pixels, RGB)


@pytest.mark.parametrize("pixels", [GREY, RGB, GREY16, RGB16, GREY32, RGB32])
def test_jpeg_xl_keeps_every_value(pixels: encoded.Array) -> None:
    image = decode_image(bytes(imagecodecs.jpegxl_encode(pixels, lossless=True)), "a.jxl")
    np.testing.assert_array_equal(image.pixels, pixels)


def test_the_smallest_jpeg_xl_files_are_read() -> None:
    data = bytes(imagecodecs.jpegxl_encode(np.full((4, 5), 77, np.uint8), lossless=True))
    assert len(data) < 105
    assert (decode_image(data, "a.jxl").pixels == 77).all()


@pytest.mark.parametrize("pixels", [RGB16, GREY16])
def test_png_of_16_bits_with_alpha_keeps_every_value(pixels: encoded.Array) -> None:
    data = bytes(imagecodecs.png_encode(np.dstack([pixels, np.full_like(GREY16, 65535)])))
    np.testing.assert_array_equal(decode_image(data, "a.png").pixels, pixels)


@pytest.mark.parametrize(
    ("data", "pixels"),
    [
        pytest.param(imagecodecs.qoi_encode(RGB), RGB, id="QOI"),
        pytest.param(pillow(RGB, "TGA", compression="tga_rle"), RGB, id="TGA"),
        pytest.param(pillow(GREY, "TGA"), GREY, id="grey TGA"),
        pytest.param(cv2.imencode(".ras", RGB[:, :, ::-1])[1].tobytes(), RGB, id="Sun raster"),
        pytest.param(cv2.imencode(".pfm", RGB32[:, :, ::-1])[1].tobytes(), RGB32, id="PFM"),
        pytest.param(cv2.imencode(".tiff", RGB16[:, :, ::-1])[1].tobytes(), RGB16, id="TIFF"),
        pytest.param(cv2.imencode(".png", RGB16[:, :, ::-1])[1].tobytes(), RGB16, id="PNG"),
        pytest.param(cv2.imencode(".bmp", RGB[:, :, ::-1])[1].tobytes(), RGB, id="BMP"),
    ],
)
def test_other_encoders_files_keep_every_value(data: bytes, pixels: encoded.Array) -> None:
    np.testing.assert_array_equal(decode_image(data, "a.tga").pixels, pixels)


def _exr(path: str, pixels: encoded.Array, kind: str, names: tuple[str, ...]) -> bytes:
    height, width = pixels.shape[:2]
    spec = OpenImageIO.ImageSpec(width, height, len(names), kind)
    spec.channelnames = names
    output = OpenImageIO.ImageOutput.create(path)
    assert output is not None
    assert output.open(path, spec)
    assert output.write_image(np.ascontiguousarray(pixels))
    output.close()
    with open(path, "rb") as file:  # noqa: PTH123 - the path was text for the writer's sake
        return file.read()


@pytest.mark.parametrize("kind", ["half", "float"])
def test_openexr_is_read_in_half_and_float(kind: str, tmp_path: Any) -> None:
    data = _exr(str(tmp_path / "a.exr"), RGB32 * 4, kind, ("R", "G", "B"))
    image = decode_image(data, "a.exr")
    expected = (RGB32 * 4).astype(np.float16 if kind == "half" else np.float32)
    np.testing.assert_array_equal(image.pixels, expected.astype(np.float32))
    assert image.stored == ("float16" if kind == "half" else "float32")


def test_layers_and_channels_of_openexr_are_chosen_by_number_or_name(tmp_path: Any) -> None:
    planes = np.dstack([RGB32, RGB32[:, :, ::-1] / 2, GREY32 * 0.9])
    names = ("R", "G", "B", "diffuse.R", "diffuse.G", "diffuse.B", "Z")
    data = _exr(str(tmp_path / "a.exr"), planes, "float", names)
    np.testing.assert_array_equal(decode_image(data, "a.exr").pixels, RGB32)
    diffuse = decode_image(data, "a.exr", which="diffuse")
    np.testing.assert_array_equal(diffuse.pixels, RGB32[:, :, ::-1] / 2)
    np.testing.assert_array_equal(decode_image(data, "a.exr", which="Z").pixels, planes[:, :, 6])
    assert diffuse.page_count == 3


def test_deep_openexr_is_flattened_by_depth(tmp_path: Any) -> None:
    path = str(tmp_path / "deep.exr")
    spec = OpenImageIO.ImageSpec(5, 4, 5, OpenImageIO.FLOAT)
    spec.channelnames = names = ("R", "G", "B", "A", "Z")
    spec.deep = True
    deep = OpenImageIO.DeepData()
    deep.init(20, 5, [OpenImageIO.FLOAT] * 5, names)
    for pixel in range(20):
        deep.set_samples(pixel, pixel % 3)
        for sample in range(pixel % 3):
            for channel, value in enumerate((0.2, 0.1 * (sample + 1), 0.3, 0.5, 1.0 + sample)):
                deep.set_deep_value(pixel, channel, sample, value)
    output = OpenImageIO.ImageOutput.create(path)
    assert output is not None
    assert output.open(path, spec)
    assert output.write_deep_image(deep)
    output.close()
    data = (tmp_path / "deep.exr").read_bytes()
    image = decode_image(data, "deep.exr", background=0.0)
    np.testing.assert_allclose(image.pixels[0, :3, 1], [0, 0.1, 0.1 + 0.5 * 0.2], atol=1e-6)
    assert "It is deep: the samples of each pixel were laid over each other." in image.notes
    assert decode_image(data, "deep.exr", which="Z").pixels[0, 1] == 1


def luma_chroma_exr(planes: dict[str, encoded.Array], compression: int) -> bytes:
    """Encode Y at every pixel, and RY and BY at every second, by hand, as floats."""
    height, width = planes["Y"].shape

    def attribute(name: str, kind: str, value: bytes) -> bytes:
        return f"{name}\0{kind}\0".encode() + struct.pack("<i", len(value)) + value

    step = {name: height // len(plane) for name, plane in planes.items()}
    listed = b"".join(
        name.encode() + b"\0" + struct.pack("<iIii", 2, 0, step[name], step[name])
        for name in sorted(planes)
    )
    box = struct.pack("<4i", 0, 0, width - 1, height - 1)
    head = struct.pack("<II", 20000630, 2)
    head += attribute("channels", "chlist", listed + b"\0")
    head += attribute("compression", "compression", bytes([compression]))
    head += attribute("dataWindow", "box2i", box) + attribute("displayWindow", "box2i", box)
    head += attribute("lineOrder", "lineOrder", b"\0")
    head += attribute("pixelAspectRatio", "float", struct.pack("<f", 1))
    head += attribute("screenWindowCenter", "v2f", struct.pack("<2f", 0, 0))
    head += attribute("screenWindowWidth", "float", struct.pack("<f", 1)) + b"\0"
    blocks = []
    rows = 16 if compression == 3 else 1
    for top in range(0, height, rows):
        raw = b"".join(
            planes[name][y // step[name]].astype("<f4").tobytes()
            for y in range(top, min(top + rows, height))
            for name in sorted(planes)
            if y % step[name] == 0
        )
        packed = exr_packed(raw, compression)
        blocks.append(struct.pack("<ii", top, len(packed)) + packed)
    places = np.cumsum([len(head) + 8 * len(blocks), *map(len, blocks[:-1])])
    return head + places.astype("<u8").tobytes() + b"".join(blocks)


def exr_packed(raw: bytes, compression: int) -> bytes:
    """Return a block as OpenEXR compresses it: halves apart, differences, RLE or ZIP."""
    if compression == 0:
        return raw
    apart = np.frombuffer(raw[::2] + raw[1::2], np.uint8).astype(np.int64)
    apart[1:] = np.diff(apart) + 128
    steps = (apart & 255).astype(np.uint8).tobytes()
    if compression != 1:
        packed = zlib.compress(steps)
    else:
        runs = [(byte, len(list(group))) for byte, group in itertools.groupby(steps)]
        packed = b"".join(
            bytes([min(128, n - done) - 1, byte]) for byte, n in runs for done in range(0, n, 128)
        )
    return packed if len(packed) < len(raw) else raw


@pytest.mark.parametrize("compression", [0, 1, 2, 3])
def test_openexr_of_luma_and_subsampled_chroma_becomes_rgb(compression: int) -> None:
    rows, columns = np.mgrid[:20, :24] / 24
    red, green, blue = 0.5 + 0 * rows, 0.2 + 0.5 * columns, 0.3 + 0.3 * rows
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    planes = {"Y": y, "RY": (red / y - 1)[::2, ::2], "BY": (blue / y - 1)[::2, ::2]}
    image = decode_image(luma_chroma_exr(planes, compression), "a.exr")
    # Chroma is enlarged linearly: near to what it was made of, and exact where it stands.
    expected = np.dstack([red, green, blue])
    np.testing.assert_allclose(image.pixels[::2, ::2], expected[::2, ::2], atol=1e-5)
    np.testing.assert_allclose(image.pixels[:-1, :-1], expected[:-1, :-1], atol=2e-3)
    damaged = luma_chroma_exr(planes, compression)[:-40]
    with pytest.raises(ImageError, match="truncated"):
        decode_image(damaged, "a.exr")


def test_white_of_openexr_is_1_however_bright_its_lights_and_that_is_said() -> None:
    rows, columns = np.mgrid[:20, :24] / 24
    planes = {
        "Y": 0.2 + 40 * rows * columns,
        "RY": 0.1 * rows[::2, ::2],
        "BY": 0.1 * rows[::2, ::2],
    }
    image = decode_image(luma_chroma_exr(planes, 0), "a.exr")
    assert image.data_range == 1
    pair = align_pair(image, image)
    assert (pair.reference.data_range, pair.range_source) == (1, "guess")
    assert "white is taken to be 1" in " ".join(pair.notes)
    recipe, arrays = pixels_of(image)
    assert Resolver(arrays).image(recipe).scene_referred


@pytest.mark.parametrize("compression", ["PIZ", "PXR24", "B44", "B44A", "DWAA"])
def test_luma_and_chroma_of_every_compression_is_read(compression: str, tmp_path: Path) -> None:
    rows, columns = np.mgrid[:40, :64] / 64
    planes = {"Y": 0.5 + 0.3 * rows, "RY": 0.2 * columns[::2, ::2], "BY": -0.1 * rows[::2, ::2]}
    path = tmp_path / "a.exr"
    half = Imath.PixelType(Imath.PixelType.HALF)
    header = OpenEXR.Header(64, 40)
    header["compression"] = Imath.Compression(
        getattr(Imath.Compression, f"{compression}_COMPRESSION")
    )
    header["channels"] = {
        name: Imath.Channel(half, 40 // len(plane), 40 // len(plane))
        for name, plane in planes.items()
    }
    output = OpenEXR.OutputFile(str(path), header)
    for top in range(0, 40, 2):  # the binding writes two rows of subsampled channels rightly
        parts = {"Y": planes["Y"][top : top + 2]}
        parts |= {name: planes[name][top // 2] for name in ("RY", "BY")}
        output.writePixels({k: v.astype(np.float16).tobytes() for k, v in parts.items()}, 2)
    output.close()
    image = read_image(path)
    y = planes["Y"][::2, ::2]
    expected = [(planes["RY"] + 1) * y, (planes["BY"] + 1) * y]
    for channel, plane in zip((0, 2), expected, strict=True):
        np.testing.assert_allclose(image.pixels[::2, ::2, channel], plane, atol=0.02)
    weighed = image.pixels @ np.array([0.2126, 0.7152, 0.0722])
    np.testing.assert_allclose(weighed, planes["Y"], atol=0.02)


@pytest.mark.parametrize(
    "pixels",
    [GREY, RGB, GREY16, RGB16, GREY32.astype(np.float16), np.dstack([RGB, GREY])],
    ids=lambda pixels: f"{pixels.dtype} {pixels.shape}",
)
def test_jpeg_xr_is_read_in_a_child_process(pixels: encoded.Array) -> None:
    data = bytes(imagecodecs.jpegxr_encode(np.ascontiguousarray(pixels), level=1.0))
    image = decode_image(data, "a.jxr")
    stored = image.pixels if image.with_alpha is None else image.with_alpha
    np.testing.assert_array_equal(stored, pixels.astype(stored.dtype))
    with pytest.raises(ImageError, match="truncated"):
        decode_image(data[:-20], "a.jxr")


def test_every_frame_of_an_animated_jpeg_xl_is_chosen_by_number() -> None:
    frames = np.stack([RGB, RGB[:, ::-1], RGB[::-1]])
    data = bytes(imagecodecs.jpegxl_encode(frames, lossless=True))
    for number, frame in enumerate(frames, 1):
        image = decode_image(data, "a.jxl", which=str(number))
        np.testing.assert_array_equal(image.pixels, frame)
        assert (image.page, image.page_count) == (number, 3)
    assert picture_names(data, "a.jxl") == ("Frame 1", "Frame 2", "Frame 3")
    with pytest.raises(ImageError, match="choose 1 to 3"):
        decode_image(data, "a.jxl", which="4")
    assert picture_names(bytes(imagecodecs.jpegxl_encode(RGB, lossless=True)), "b.jxl") == (
        "Frame 1",
    )


def bmp32(masks: tuple[int, ...], words: encoded.Array, depth: int = 32) -> bytes:
    """Encode as BMP with bit fields and the fourth header, by hand, rows from the top."""
    height, width = words.shape
    rows = words.astype(f"<u{depth // 8}").tobytes()
    info = struct.pack("<IiiHHIIiiII", 108, width, -height, 1, depth, 3, len(rows), 0, 0, 0, 0)
    info += struct.pack("<4I", *masks) + bytes(108 - len(info) - 16)
    return struct.pack("<2sIHHI", b"BM", 14 + 108 + len(rows), 0, 0, 14 + 108) + info + rows


@pytest.mark.parametrize("masks", [
    (0xFF, 0xFF00, 0xFF0000, 0), (0xFF000000, 0xFF0000, 0xFF00, 0), (0x7F8, 0x7F800, 0x7F80000, 0),
])  # fmt: skip
def test_bmp_masks_may_lie_anywhere(masks: tuple[int, ...]) -> None:
    words = sum(
        RGB[:, :, c].astype(np.uint32) * np.uint32(mask & -mask) for c, mask in enumerate(masks[:3])
    )
    image = decode_image(bmp32(masks, np.asarray(words)), "a.bmp")
    np.testing.assert_array_equal(image.pixels, RGB)


def test_bmp_of_16_bits_stretches_5_and_6_bits_to_8() -> None:
    five, six = RGB >> 3, RGB >> 2
    words = five[:, :, 0].astype(np.uint16) << 11 | six[:, :, 1].astype(np.uint16) << 5
    words |= five[:, :, 2]
    image = decode_image(bmp32((0xF800, 0x7E0, 0x1F, 0), words, 16), "a.bmp")
    levels = (five[:, :, 0] * (255 / 31), six[:, :, 1] * (255 / 63), five[:, :, 2] * (255 / 31))
    expected = np.rint(np.dstack(levels))
    np.testing.assert_array_equal(image.pixels, expected)


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (GREY, GREY), (RGB, RGB), (GREY16, GREY16), (GREY32, GREY32),
        (GREY32.astype(">f8"), GREY32), (RGB32[:, :, :1], RGB32[:, :, 0]),
        (np.asfortranarray(RGB16), RGB16), (GREY > 100, (GREY > 100) * 255), (RGBA, RGB),
        (GREY16.astype(np.int64), GREY16),
    ],
)  # fmt: skip
def test_arrays_of_numpy_are_read(array: encoded.Array, expected: encoded.Array) -> None:
    file = io.BytesIO()
    np.save(file, array)
    np.testing.assert_array_equal(decode_image(file.getvalue(), "a.npy").pixels, expected)


def test_arrays_of_an_archive_and_images_of_a_stack_are_chosen() -> None:
    file = io.BytesIO()
    np.savez_compressed(file, first=GREY, second=RGB)
    np.testing.assert_array_equal(decode_image(file.getvalue(), "a.npz").pixels, GREY)
    second = decode_image(file.getvalue(), "a.npz", which="second")
    np.testing.assert_array_equal(second.pixels, RGB)
    stack = io.BytesIO()
    np.save(stack, np.stack([GREY, 255 - GREY]))
    image = decode_image(stack.getvalue(), "a.npy", which="2")
    np.testing.assert_array_equal(image.pixels, 255 - GREY)
    assert image.notes == ("Image 2 of 2.",)


def test_pickled_objects_are_refused() -> None:
    file = io.BytesIO()
    np.save(file, np.array([[{}, {}]], dtype=object), allow_pickle=True)
    with pytest.raises(ImageError, match="save numbers"):
        decode_image(file.getvalue(), "a.npy")


@pytest.mark.parametrize("order", ["-Y +X", "-Y -X", "+Y +X", "+Y -X"])
def test_radiance_pictures_stand_as_their_resolution_says(order: str) -> None:
    data = encoded.radiance(RGB32)
    size = f"-Y {RGB.shape[0]} +X {RGB.shape[1]}"
    rows, columns = order.split()
    data = data.replace(size.encode(), f"{rows} {RGB.shape[0]} {columns} {RGB.shape[1]}".encode())
    expected = RGB32[:: 1 if rows == "-Y" else -1, :: 1 if columns == "+X" else -1]
    assert np.abs(decode_image(data, "a.hdr").pixels - expected).max() < 0.01


def test_a_heic_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Written without loss by libheif: red and green rise by 32, blue is 100."""
    data = (Path(__file__).parent / "ramp.heic").read_bytes()
    image = decode_image(data, "a.heic")
    steps = np.arange(0, 256, 32)
    expected = np.stack([*np.meshgrid(steps, steps), np.full((8, 8), 100)], axis=-1)
    np.testing.assert_array_equal(image.pixels, expected)
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    with pytest.raises(ImageError, match=r"ssim-viewer\[heif\]"):
        decode_image(data, "a.heic")


def test_cmyk_of_a_tiff_of_16_bits_is_converted() -> None:
    cmyk = np.asarray(Pillow.fromarray(RGB).convert("CMYK")).astype(np.uint16) * 257
    image = decode_image(tiff(cmyk, photometric="separated"), "a.tif")
    assert np.abs(image.pixels / 257 - RGB).max() <= 1
