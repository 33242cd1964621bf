"""Pairs: one size, one number of channels, one data range; and what was done is said."""

from io import BytesIO
from typing import cast

import numpy as np
import pytest
from PIL import Image as Pillow

from ssim_viewer.images import (
    Alignment,
    GivenRange,
    Image,
    ImageError,
    SizeMismatch,
    align_pair,
    decode_image,
    image_from_array,
)
from tests.cli.test_profiles import linear_profile
from tests.images.encoded import GREY, GREY32, HEIGHT, RGB, RGB16, WIDTH


def small() -> Image:
    return image_from_array(GREY[:20, :30], "small")


def large() -> Image:
    return image_from_array(255 - GREY, "large")


def test_images_that_match_stay_as_they_are() -> None:
    reference, distorted = large(), large()
    pair = align_pair(reference, distorted, "resize")
    assert (pair.reference, pair.distorted, pair.notes) == (reference, distorted, ())


def test_without_a_choice_both_sizes_are_named() -> None:
    with pytest.raises(
        SizeMismatch, match=f"30×20.*{WIDTH}×{HEIGHT}.*crop.*pad.*resize"
    ) as question:
        align_pair(small(), large())
    assert question.value.reference_size == (30, 20)
    assert question.value.distorted_size == (WIDTH, HEIGHT)


def test_crop_keeps_the_common_part_from_the_top_left() -> None:
    tall, wide = image_from_array(RGB[:, :20], "tall"), image_from_array(RGB[:16], "wide")
    pair = align_pair(tall, wide, "crop")
    for image in (pair.reference, pair.distorted):
        np.testing.assert_array_equal(image.pixels, RGB[:16, :20])
    assert "20×16" in pair.notes[0]


def test_pad_repeats_the_right_and_bottom_edges() -> None:
    pair = align_pair(small(), large(), "pad")
    padded = pair.reference.pixels
    np.testing.assert_array_equal(padded[:20, :30], GREY[:20, :30])
    np.testing.assert_array_equal(padded[:20, 30:], np.repeat(GREY[:20, 29:30], WIDTH - 30, 1))
    np.testing.assert_array_equal(padded[20:], np.repeat(padded[19:20], HEIGHT - 20, 0))
    np.testing.assert_array_equal(pair.distorted.pixels, large().pixels)


@pytest.mark.parametrize("shape", [(18, 26), (72, 104), (18, 104), (40, 41)])
@pytest.mark.parametrize("pixels", [GREY, RGB, GREY32], ids=["grey", "RGB", "float"])
def test_resize_brings_the_distorted_one_to_the_reference(
    shape: tuple[int, int], pixels: np.ndarray[tuple[int, ...], np.dtype[np.generic]]
) -> None:
    distorted = image_from_array(pixels, "distorted")
    reference = image_from_array(np.zeros((*shape, *pixels.shape[2:]), pixels.dtype), "reference")
    pair = align_pair(reference, distorted, "resize")
    assert pair.reference is reference
    assert pair.distorted.pixels.shape == reference.pixels.shape
    assert 0 <= pair.distorted.pixels.min() <= pair.distorted.pixels.max() <= distorted.data_range
    assert np.isclose(pair.distorted.pixels.mean(), pixels.mean(), rtol=0.02)


def test_halving_averages_two_by_two() -> None:
    reference = image_from_array(np.zeros((HEIGHT // 2, WIDTH // 2), np.uint8), "reference")
    pair = align_pair(reference, large(), "resize")
    blocks = (255.0 - GREY).reshape(HEIGHT // 2, 2, WIDTH // 2, 2).mean((1, 3))
    np.testing.assert_allclose(pair.distorted.pixels, blocks, atol=1e-9)


def test_grey_beside_colour_is_repeated_into_three_channels() -> None:
    grey, colour = image_from_array(GREY, "grey"), image_from_array(RGB, "colour")
    for pair in (align_pair(grey, colour), align_pair(colour, grey)):
        assert pair.reference.pixels.shape == pair.distorted.pixels.shape == RGB.shape
        assert "grey" in pair.notes[0]
    np.testing.assert_array_equal(align_pair(colour, grey).distorted.pixels[:, :, 2], GREY)


def test_the_distorted_image_takes_the_data_range_of_the_reference() -> None:
    pair = align_pair(image_from_array(RGB, "8"), image_from_array(RGB16, "16"))
    assert pair.reference.data_range == pair.distorted.data_range == 255
    np.testing.assert_allclose(pair.distorted.pixels, RGB16 / 257)
    assert "65535 to 255" in pair.notes[0]


def test_the_result_can_be_trusted_not_to_change() -> None:
    ways: tuple[Alignment, ...] = ("crop", "pad", "resize")
    for how in ways:
        pair = align_pair(small(), image_from_array(RGB16, "other"), how)
        assert not pair.reference.pixels.flags.writeable
        assert not pair.distorted.pixels.flags.writeable
        assert pair.distorted.pixels.flags.c_contiguous


def test_an_unknown_choice_is_told() -> None:
    with pytest.raises(ImageError, match="crop, pad, resize or register"):
        align_pair(small(), large(), cast("Alignment", "stretch"))


def floats(peak: float) -> Image:
    values = np.linspace(0, peak, GREY.size, dtype=np.float32).reshape(GREY.shape)
    return image_from_array(values, f"to {peak:g}")


@pytest.mark.parametrize(
    ("first", "second", "data_range"),
    [(4.5, 3.9, 1), (255, 0.6, 255), (0.6, 255, 255), (4000, 900, 65535), (1, 1, 1)],
)
def test_the_range_of_floats_is_guessed_once_for_the_pair_and_rescales_nothing(
    first: float, second: float, data_range: float
) -> None:
    reference, distorted = floats(first), floats(second)
    pair = align_pair(reference, distorted)
    np.testing.assert_array_equal(pair.reference.pixels, reference.pixels)
    np.testing.assert_array_equal(pair.distorted.pixels, distorted.pixels)
    assert pair.reference.data_range == pair.distorted.data_range == data_range
    assert pair.range_source == "guess"
    again = align_pair(pair.distorted, pair.reference)
    assert (again.reference.data_range, again.range_source) == (data_range, "guess")


def test_a_given_range_leaves_nothing_to_guess() -> None:
    pair = align_pair(floats(300), floats(0.5), given=GivenRange(2.0))
    assert (pair.reference.data_range, pair.range_source) == (2, "given")
    assert (pair.notes, pair.reference.notes, pair.distorted.notes) == ((), (), ())
    assert pair.distorted.pixels.max() == 0.5


def test_12_bits_in_16_are_offered() -> None:
    deep = (GREY.astype(np.uint16) << 4) + 15
    pair = align_pair(image_from_array(deep, "a"), image_from_array(deep // 2, "b"))
    assert pair.offer == GivenRange(4095.0)
    assert pair.reference.data_range == 65535
    beside_8 = align_pair(image_from_array(GREY, "8"), image_from_array(deep, "12"))
    assert beside_8.offer == GivenRange(distorted_white=4095)
    told = align_pair(
        image_from_array(GREY, "8"), image_from_array(deep, "12"), given=beside_8.offer
    )
    np.testing.assert_allclose(told.distorted.pixels, deep * (255 / 4095))


@pytest.mark.parametrize("swapped", [False, True])
def test_the_white_of_floats_beside_integers_is_asked_for(swapped: bool) -> None:
    first, second = image_from_array(GREY, "8"), floats(0.9)
    if swapped:
        first, second = second, first
    pair = align_pair(first, second)
    assert (pair.reference.data_range, pair.range_source) == (255, "guess")
    assert max(image.pixels.max() for image in (pair.reference, pair.distorted)) == GREY.max()
    assert pair.offer is not None
    told = align_pair(first, second, given=pair.offer)
    scaled = (told.reference if swapped else told.distorted).pixels
    np.testing.assert_allclose(scaled.max(), 0.9 * 255, rtol=1e-6)
    assert told.reference.data_range == 255


def disc(inside: float, *, opaque: bool) -> Image:
    """Return a transparent 8-bit image with a grey disc, or with nothing."""
    rows, columns = np.mgrid[:32, :40]
    within = (rows - 16) ** 2 + (columns - 20) ** 2 < 100
    alpha = np.where(within & opaque, 255, 0)
    return image_from_array(np.dstack([np.full(alpha.shape, inside), alpha]).astype(np.uint8), "a")


@pytest.mark.parametrize(("inside", "worse"), [(128, "black"), (10, "white"), (250, "black")])
def test_an_opaque_disc_against_nothing_is_compared_over_the_worse_of_two_backgrounds(
    inside: float, worse: str
) -> None:
    pair = align_pair(disc(inside, opaque=True), disc(inside, opaque=False))
    white = 255.0 if worse == "white" else 0.0
    rows, columns = np.mgrid[:32, :40]
    area = np.mean((rows - 16) ** 2 + (columns - 20) ** 2 < 100)
    error = pair.distorted.pixels.astype(float) - pair.reference.pixels
    assert np.mean(error**2) == pytest.approx(area * (inside - white) ** 2)
    assert f"the worse of both, over {worse}" in " ".join(pair.notes)


def test_a_chosen_background_is_taken_and_a_difference_in_transparency_is_said() -> None:
    seen, nothing = disc(128, opaque=True), disc(128, opaque=False)
    pair = align_pair(seen, nothing, background=0.5)
    np.testing.assert_array_equal(pair.reference.pixels, pair.distorted.pixels)
    assert "Their transparency differs" in pair.notes[0]
    assert "over mid-grey alone" in pair.notes[0]


def test_equal_transparency_is_laid_over_mid_grey_without_ado() -> None:
    pair = align_pair(disc(40, opaque=True), disc(90, opaque=True))
    assert pair.notes == ()
    assert pair.reference.pixels[0, 0] == 128
    white = align_pair(disc(40, opaque=True), disc(90, opaque=True), background=1)
    assert white.reference.pixels[0, 0] == 255


def test_floats_and_16_bits_have_their_own_white_under_transparency() -> None:
    alpha = np.zeros((32, 40))
    floats = image_from_array(np.dstack([alpha + 200, alpha]).astype(np.float32), "floats")
    deep = image_from_array(np.dstack([alpha, alpha]).astype(np.uint16), "16")
    for image, white in ((floats, 255), (deep, 65535)):
        pair = align_pair(image, image, background=1)
        assert pair.reference is pair.distorted
        assert set(np.unique(pair.reference.pixels)) == {white}


def test_another_background_lies_under_colours_that_were_converted() -> None:
    """The alpha of a converted image is its own, and so is what is seen through it."""
    buffer = BytesIO()
    rgba = np.dstack([RGB, np.where(RGB[:, :, 0] > 90, 255, 64).astype(np.uint8)])
    Pillow.fromarray(rgba).save(buffer, "TIFF", icc_profile=linear_profile())
    kept = decode_image(buffer.getvalue(), "kept")
    converted = decode_image(buffer.getvalue(), "converted", profile="convert")
    over = [align_pair(each, each, background=1).reference.pixels for each in (kept, converted)]
    opaque = RGB[:, :, 0] > 90
    assert np.abs(over[1][opaque] - over[0][opaque]).max() > 20
    light = RGB / 255.0
    curve = 255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    share = (rgba[:, :, 3:] / 255.0).astype(float)
    np.testing.assert_allclose(over[1], curve * share + 255 * (1 - share), atol=1.5)
