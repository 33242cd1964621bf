"""What an image is, made of any array; and its luma."""

import pickle
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from ssim_viewer.images import Image, ImageError, SizeMismatch, image_from_array, to_luma
from tests.images.encoded import ALPHA, GREY, GREY16, GREY32, RGB, RGBA


@pytest.mark.parametrize(
    ("pixels", "data_range", "kind"),
    [
        (GREY, 255, "8-bit grey"),
        (RGB, 255, "8-bit RGB"),
        (GREY16, 65535, "16-bit grey"),
        (GREY32, 1, "float grey"),
        (RGB / 255, 1, "float RGB"),
        (GREY[:, :, None], 255, "8-bit grey"),
        (GREY > 9, 255, "8-bit grey"),
        (GREY16.astype(">u2"), 65535, "16-bit grey"),
        (GREY32.astype(np.float16), 1, "float grey"),
    ],
)
def test_the_data_range_comes_from_the_type(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.generic]], data_range: float, kind: str
) -> None:
    image = image_from_array(pixels, "array")
    assert (image.data_range, image.kind_text) == (data_range, kind)
    assert image.size_text == "52×36"
    assert (image.width, image.height, image.channels) == (52, 36, 3 if "RGB" in kind else 1)


def test_a_given_data_range_is_taken() -> None:
    assert image_from_array(GREY16, "12 bits in 16", data_range=4095).data_range == 4095


@pytest.mark.parametrize("data_range", [0, -1, float("nan"), float("inf")])
def test_a_data_range_is_a_positive_number(data_range: float) -> None:
    with pytest.raises(ImageError, match="data range"):
        image_from_array(GREY, "array", data_range=data_range)


def test_an_image_cannot_be_changed_nor_through_the_array_it_was_made_of() -> None:
    array = GREY.copy()
    image = image_from_array(array, "array")
    array[:] = 0
    np.testing.assert_array_equal(image.pixels, GREY)
    with pytest.raises(ValueError, match="read-only"):
        image.pixels[0, 0] = 1
    with pytest.raises(FrozenInstanceError):
        image.name = "other"  # type: ignore[misc]


def test_making_an_image_leaves_the_caller_s_array_writeable() -> None:
    array = np.asfortranarray(RGB)
    image = Image(array, 255, "array")
    assert image.pixels.flags.c_contiguous
    assert array.flags.writeable


@pytest.mark.parametrize(
    ("pixels", "words"),
    [
        (np.zeros(5, np.uint8), "1 dimensions"),
        (np.zeros((2, 2, 2, 2), np.uint8), "4 dimensions"),
        (np.zeros((4, 4, 5), np.uint8), "5 channels"),
        (np.zeros((0, 4), np.uint8), "no pixels"),
        (np.zeros((4, 0, 3), np.uint8), "no pixels"),
        (np.zeros((4, 4), np.int64), "int64"),
        (np.zeros((4, 4), np.complex128), "complex128"),
        (np.array([["a", "b"]]), "values"),
        (np.array([[np.nan, np.nan]]), "not finite"),
        (np.array([[1.0, -np.inf]]), "not finite"),
    ],
)
def test_what_is_no_image_is_told(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.generic]], words: str
) -> None:
    with pytest.raises(ImageError, match=words):
        image_from_array(pixels, "array")


def test_straight_and_premultiplied_alpha_mean_the_same_picture() -> None:
    opacity = RGBA[:, :, 3:] / 255.0
    straight = np.dstack([RGB / 255.0, opacity])
    multiplied = np.dstack([RGB / 255.0 * opacity, opacity])
    expected = RGB / 255 * opacity + (1 - opacity) * 0.25
    for array, premultiplied in ((straight, False), (multiplied, True)):
        image = image_from_array(array, "a", background=0.25, premultiplied=premultiplied)
        np.testing.assert_allclose(image.pixels, expected)
        assert image.notes == ("Transparency was composited over 25% grey.",)


def test_alpha_in_0_to_1_beside_colours_to_255_is_understood() -> None:
    array = np.dstack([RGB, ALPHA / 255.0]).astype(np.float32)
    image = image_from_array(array, "array", background=0)
    np.testing.assert_allclose(image.pixels, RGB * (ALPHA / 255)[:, :, None], rtol=1e-5)


def test_luma_is_bt_601_and_unrounded() -> None:
    red, green, blue = (RGB[:, :, channel].astype(np.float64) for channel in range(3))
    luma = to_luma(RGB)
    assert luma.dtype == np.float64
    np.testing.assert_allclose(luma, 0.299 * red + 0.587 * green + 0.114 * blue, atol=1e-12)


def test_luma_of_grey_is_itself_in_one_channel_or_three() -> None:
    np.testing.assert_array_equal(to_luma(GREY16), GREY16)
    np.testing.assert_array_equal(to_luma(np.repeat(GREY16[:, :, None], 3, axis=2)), GREY16)


def test_luma_needs_an_image() -> None:
    with pytest.raises(ImageError, match="grey or RGB"):
        to_luma(RGBA)


def test_a_size_mismatch_survives_its_way_between_processes() -> None:
    again = pickle.loads(pickle.dumps(SizeMismatch((1, 2), (3, 4))))  # noqa: S301
    assert (again.reference_size, str(again)) == ((1, 2), str(SizeMismatch((1, 2), (3, 4))))


def test_samples_that_are_no_numbers_are_kept_and_do_not_count_for_the_range() -> None:
    image = image_from_array(np.array([[200.0, np.nan], [0.0, 3.0]]), "array")
    assert image.data_range == 255
    assert np.isnan(image.pixels[0, 1])
