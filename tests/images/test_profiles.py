"""Colours with an ICC profile, against LittleCMS as Pillow binds it (which rounds to 8 bits)."""

import io
from typing import Any

import imagecodecs
import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from ssim_viewer.images import decode_image
from tests.images.encoded import GREY, RGB, RGB16, pillow, tiff

ADOBE = bytes(imagecodecs.cms_profile("adobergb"))
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def by_pillow(pixels: Any, profile: bytes) -> Any:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    converted = ImageCms.profileToProfile(
        Pillow.fromarray(pixels), source, ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
    return np.asarray(converted).astype(float)


def test_colours_are_converted_to_srgb_without_rounding_to_8_bits() -> None:
    image = decode_image(pillow(RGB, "PNG", icc_profile=ADOBE), "a.png", profile="convert")
    clipped = np.clip(image.pixels, 0, 255)
    assert np.abs(clipped - by_pillow(RGB, ADOBE)).max() <= 1.5
    assert image.data_range == 255
    assert image.pixels.dtype == np.float32
    assert image.profile is None
    assert "converted to sRGB from its profile (Adobe RGB" in image.notes[0]


def test_converted_colours_outside_srgb_are_not_clipped() -> None:
    green = np.zeros((8, 8, 3), np.uint8)
    green[..., 1] = 255
    image = decode_image(pillow(green, "PNG", icc_profile=ADOBE), "a.png", profile="convert")
    # By the primaries of both, the linear red is -0.398; extended sRGB mirrors its curve at 0.
    assert image.pixels[0, 0, 0] == pytest.approx(
        -255 * (1.055 * 0.398 ** (1 / 2.4) - 0.055), abs=3
    )
    assert "of its samples lie outside sRGB" in image.notes[1]


def test_16_bits_are_converted_in_their_own_unit() -> None:
    data = tiff(RGB16, photometric="rgb", iccprofile=ADOBE)
    image = decode_image(data, "a.tif", profile="convert")
    expected = by_pillow((RGB16 / 257).round().astype(np.uint8), ADOBE)
    assert image.data_range == 65535
    difference = np.abs(np.clip(image.pixels / 257, 0, 255) - expected)
    assert difference.mean() < 0.5
    assert difference.max() < 5.5  # what 8 bits cost where sRGB is steep


def test_colours_are_kept_and_their_profile_named_unless_asked() -> None:
    image = decode_image(pillow(RGB, "PNG", icc_profile=ADOBE), "a.png")
    np.testing.assert_array_equal(image.pixels, RGB)
    assert image.profile == ADOBE
    assert image.notes == (
        "Its colour profile (Adobe RGB (compatible)) was kept: its colours are not sRGB.",
    )


@pytest.mark.parametrize("wish", ["keep", "convert"])
def test_an_srgb_profile_changes_nothing_and_says_nothing(wish: Any) -> None:
    image = decode_image(pillow(RGB, "PNG", icc_profile=SRGB), "a.png", profile=wish)
    np.testing.assert_array_equal(image.pixels, RGB)
    assert image.notes == ()


def test_grey_with_a_gamma_of_its_own_is_converted() -> None:
    profile = bytes(imagecodecs.cms_profile("gray", gamma=1.0))
    image = decode_image(pillow(GREY, "PNG", icc_profile=profile), "a.png", profile="convert")
    linear = GREY / 255
    srgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    assert image.channels == 1
    assert np.abs(image.pixels - srgb * 255).max() < 0.6


@pytest.mark.parametrize("profile", [b"no profile at all", ADOBE[:200], b"\0" * 400])
def test_a_damaged_profile_costs_nothing_but_a_note(profile: bytes) -> None:
    image = decode_image(pillow(RGB, "PNG", icc_profile=profile), "a.png", profile="convert")
    np.testing.assert_array_equal(image.pixels, RGB)
    assert "ignored" in image.notes[0]


def test_colours_under_transparency_are_converted_before_it_is_composited() -> None:
    half = np.dstack([RGB, np.full_like(GREY, 128)])
    data = pillow(half, "PNG", icc_profile=ADOBE)
    solid = decode_image(pillow(RGB, "PNG", icc_profile=ADOBE), "a.png", profile="convert")
    image = decode_image(data, "a.png", profile="convert", background=0)
    assert np.abs(image.pixels - solid.pixels * (128 / 255)).max() < 1e-3
    assert image.data_range == 255
