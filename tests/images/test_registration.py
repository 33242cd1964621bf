"""Where a moved image lies, found by phase correlation, and moving it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy import ndimage
from skimage.registration import phase_cross_correlation

from ssim_viewer.images import (
    Image,
    ImageError,
    Mask,
    NoRegistration,
    align_pair,
    find_shift,
    image_from_array,
    read_sample,
)
from ssim_viewer.images import registration as method
from ssim_viewer.metrics import mse

if TYPE_CHECKING:
    from numpy.typing import NDArray

RANDOM = np.random.default_rng(3)


def photograph(name: str = "camera") -> NDArray[Any]:
    return read_sample(name).pixels[128:384, 128:384]


def shifted(pixels: NDArray[Any], x: float, y: float) -> NDArray[np.float64]:
    """Return a photograph moved to the right and down, by a spline of another order."""
    moved = ndimage.shift(pixels.astype(float), (y, x), order=5, mode="reflect")
    return np.asarray(np.clip(moved, 0, 255))


def image(pixels: NDArray[Any], name: str = "image") -> Image:
    return image_from_array(pixels, name, data_range=255.0)


@pytest.mark.parametrize("noise", [0.0, 10.0], ids=["clean", "noisy"])
@pytest.mark.parametrize(
    ("x", "y"), [(0.0, 0.0), (3.0, -2.0), (0.5, 0.0), (2.37, -1.5), (-40.2, 30.7)]
)
def test_a_shift_is_found_to_a_few_hundredths_of_a_pixel(x: float, y: float, noise: float) -> None:
    pixels = photograph()
    moved = shifted(pixels, x, y) + RANDOM.normal(0, noise, pixels.shape)
    found = find_shift(pixels, moved)
    assert found.is_clear
    assert (found.x, found.y) == pytest.approx((x, y), abs=0.03)


def test_it_agrees_with_another_implementation() -> None:
    pixels = photograph()
    moved = np.roll(pixels, (7, -12), (0, 1))
    other, _, _ = phase_cross_correlation(pixels, moved, upsample_factor=100)
    found = find_shift(pixels, moved)
    assert (-found.y, -found.x) == pytest.approx(tuple(other), abs=0.01)


def test_a_part_cut_out_of_a_colour_image_is_found_in_it_and_the_other_way_round() -> None:
    whole = read_sample("coffee").pixels
    part = whole[100:260, 200:400]
    for pair, sign in (((whole, part), -1), ((part, whole), 1)):
        found = find_shift(*pair)
        assert (found.x, found.y) == (sign * 200, sign * 100)
        assert found.peak == pytest.approx(1.0, abs=0.01)


def test_a_reduced_look_finds_the_place_on_a_large_image(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(method, "COARSE_SAMPLES", 1 << 12)
    monkeypatch.setattr(method, "FINE_SIDE", 128)
    pixels = photograph()
    found = find_shift(pixels, shifted(pixels, 21.25, -14.5))
    assert (found.x, found.y) == pytest.approx((21.25, -14.5), abs=0.03)


@pytest.mark.parametrize(
    "distorted",
    [RANDOM.normal(0, 1, (256, 256)), np.zeros((256, 256)), read_sample("brick").pixels],
    ids=["noise", "flat", "another photograph"],
)
def test_nothing_in_common_has_no_clear_peak(distorted: NDArray[Any]) -> None:
    assert not find_shift(photograph(), distorted).is_clear


def test_pixels_that_are_no_number_are_passed_over() -> None:
    pixels = photograph().astype(np.float32)
    holed = np.roll(pixels, 5, 1)
    holed[10:20, 10:20] = np.nan
    found = find_shift(pixels, holed)
    assert (round(found.x), round(found.y)) == (5, 0)


def test_registering_moves_the_distorted_image_back_and_crops_both() -> None:
    pixels = photograph()
    reference, distorted = image(pixels), image(shifted(pixels, 2.37, -1.5))
    before = align_pair(reference, distorted)
    after = align_pair(reference, distorted, "register")
    assert after.registered is not None
    assert (after.reference.width, after.reference.height) == (253, 254)
    assert mse(after.reference.pixels, after.distorted.pixels) < 0.02 * mse(
        before.reference.pixels, before.distorted.pixels
    )
    assert "moved by (−2.37, 1.5) pixels" in after.notes[-1]
    assert "cubic spline" in after.notes[-1]
    assert after.registered.words() == "distorted image moved by (−2.37, 1.5) pixels"


def test_a_turned_image_is_moved_with_a_word_that_shifts_alone_are_found() -> None:
    turned = ndimage.rotate(photograph().astype(float), 3.5, reshape=False, mode="reflect")
    pair = align_pair(image(photograph()), image(turned), "register")
    assert pair.registered is not None
    assert any("turned or scaled" in note for note in pair.notes)
    exact = align_pair(image(photograph()), image(np.roll(photograph(), 3, 1)), "register")
    assert not any("turned or scaled" in note for note in exact.notes)


def test_by_whole_pixels_no_sample_changes() -> None:
    pixels = photograph()
    cut = pixels[20:220, 30:250]
    for distorted in (image(cut), image(shifted(cut, 0.4, 0.0).astype(np.uint8))):
        pair = align_pair(image(pixels), distorted, "register-whole")
        assert pair.distorted.pixels.dtype == np.uint8
        assert np.isin(pair.distorted.pixels, distorted.pixels).all()
    exact = align_pair(image(pixels), image(cut), "register")
    assert np.array_equal(exact.distorted.pixels, exact.reference.pixels)


def test_a_mask_of_the_reference_is_cropped_with_it() -> None:
    pixels = photograph()
    counts = np.zeros(pixels.shape, np.bool_)
    counts[100:120, 140:150] = True
    pair = align_pair(image(pixels), image(pixels[50:, 70:]), "register", mask=Mask(counts, "spot"))
    assert pair.mask is not None
    assert np.array_equal(np.argwhere(pair.mask)[0], (50, 70))
    assert np.count_nonzero(pair.mask) == 200


def test_no_place_is_said_with_both_sizes_and_the_peak() -> None:
    with pytest.raises(NoRegistration, match=r"256×256.*highest peak is .*chance.*shifts alone"):
        align_pair(image(photograph()), image(RANDOM.uniform(0, 255, (256, 256))), "register")


def test_a_spline_through_what_is_no_number_is_refused() -> None:
    holed = shifted(photograph(), 0.5, 0.5)
    holed[3, 3] = np.nan
    with pytest.raises(ImageError, match="register by whole pixels"):
        align_pair(image(photograph().astype(float)), image(holed), "register")
    whole = align_pair(image(photograph().astype(float)), image(holed), "register-whole")
    assert whole.mask is not None


def test_strips_of_rows_make_the_very_spline_of_the_whole_image(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(method, "STRIP", 40)
    pixels = read_sample("coffee").pixels[:200, :180].astype(np.float64)
    found = method.moved(pixels, 5.37, -3.25, (190, 170), (4, 4))
    for channel in range(3):
        other = ndimage.affine_transform(
            pixels[:, :, channel], np.ones(2), (0.75, 9.37), output_shape=(190, 170), mode="mirror"
        )
        assert found[:, :, channel] == pytest.approx(other, abs=1e-9)


def test_registering_tells_how_far_it_is_and_ends_when_it_is_told_to() -> None:
    pixels = photograph()
    pair = image(pixels), image(shifted(pixels, 2.37, -1.5))
    shares: list[float] = []
    align_pair(*pair, "register", report=shares.append)
    assert shares == sorted(shares)
    assert shares[0] < 0.5
    assert shares[-1] == 1

    def stop(share: float) -> None:
        raise InterruptedError(share)

    with pytest.raises(InterruptedError):
        align_pair(*pair, "register", report=stop)
