"""Colour scales: perceptually ordered, shared by what is compared, clear about the sign."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ssim_viewer.metrics import Quantity, Ssim, evaluate
from ssim_viewer.session.state import Measured
from ssim_viewer.views.color_bar import range_text
from ssim_viewer.views.colormaps import ColorScale, color_scale
from tests.views.pairs import session_of, texture

SIMILARITIES = (Quantity.SSIM, Quantity.LUMINANCE, Quantity.CONTRAST, Quantity.STRUCTURE)


def scale_of(quantity: Quantity) -> ColorScale:
    measured = session_of().measured
    assert measured is not None
    scale = color_scale(quantity, measured)
    assert scale is not None
    return scale


def lab(table: np.ndarray) -> np.ndarray:
    """CIE L*, a*, b* of each colour."""
    image = (table[None] / 255).astype(np.float32)
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2LAB)[0])


def test_pictures_have_no_scale() -> None:
    measured = session_of().measured
    assert measured is not None
    assert color_scale(Quantity.REFERENCE, measured) is None
    assert color_scale(Quantity.DISTORTED, measured) is None


def test_all_similarities_share_one_table_and_one_range() -> None:
    scales = [scale_of(quantity) for quantity in SIMILARITIES]
    assert {scale.levels for scale in scales} == {(-1.0, 1.0)}
    assert all(np.array_equal(scale.table, scales[0].table) for scale in scales)


def test_similarity_gets_lighter_all_the_way_from_0_to_1() -> None:
    table = scale_of(Quantity.SSIM).table
    lightness = lab(table)[len(table) // 2 :, 0]
    assert np.all(np.diff(lightness) > -0.5)
    assert lightness[-1] - lightness[0] > 80
    assert lightness[-1] > 94


def test_similarity_is_perceptually_uniform_from_0_to_1() -> None:
    table = scale_of(Quantity.SSIM).table
    lightness = lab(table)[len(table) // 2 :, 0]
    straight = np.linspace(lightness[0], lightness[-1], len(lightness))
    assert np.abs(lightness - straight).max() < 2


def test_negative_similarity_differs_from_every_positive_one() -> None:
    colors = lab(scale_of(Quantity.SSIM).table)
    negative, positive = np.split(colors, 2)
    distances = np.linalg.norm(negative[:, None] - positive[None], axis=2)
    assert distances.min() > 20


def test_negative_similarity_gets_lighter_towards_minus_1() -> None:
    table = scale_of(Quantity.SSIM).table
    lightness = lab(table)[: len(table) // 2, 0]
    assert np.all(np.diff(lightness) < 0.5)


@pytest.mark.parametrize("quantity", [Quantity.SIGNED_DIFFERENCE, Quantity.GRADIENT])
def test_signed_quantities_diverge_symmetrically_about_0(quantity: Quantity) -> None:
    scale = scale_of(quantity)
    lightness = lab(scale.table)[:, 0]
    assert scale.levels[0] == -scale.levels[1]
    assert np.abs(lightness - lightness[::-1]).max() < 1
    assert lightness.argmax() == pytest.approx(len(lightness) / 2, abs=2)


def test_an_absolute_difference_gets_lighter_all_the_way() -> None:
    scale = scale_of(Quantity.ABSOLUTE_DIFFERENCE)
    assert np.all(np.diff(lab(scale.table)[:, 0]) > -0.5)
    assert scale.levels == (0.0, scale_of(Quantity.SIGNED_DIFFERENCE).levels[1])


@pytest.mark.parametrize(("data_range", "end"), [(255.0, 64.0), (65535.0, 16000.0), (1.0, 0.25)])
def test_differences_end_at_a_fixed_part_of_the_data_range(data_range: float, end: float) -> None:
    image = texture() / 255 * data_range
    bound = Ssim(data_range=data_range).bind(image)
    for amount in (0.01, 0.3):  # whatever the image
        distorted = image * (1 - amount)
        evaluation = evaluate(bound, distorted, [Quantity.SIGNED_DIFFERENCE])
        measured = Measured(image, distorted, evaluation)
        scale = color_scale(Quantity.SIGNED_DIFFERENCE, measured)
        assert scale is not None
        assert scale.levels == (-end, end)


def test_values_become_the_colours_of_their_levels() -> None:
    scale = scale_of(Quantity.SSIM)
    colors = scale.colored(np.array([[-2.0, -1.0, 1.0, 3.0]], np.float32))
    first, last = scale.packed[0], scale.packed[-1]
    assert colors.tolist() == [[first, first, last, last]]


def test_the_sign_decides_the_hue_just_beside_0() -> None:
    scale = scale_of(Quantity.STRUCTURE)
    half = len(scale.table) // 2
    below, above = scale.indices(np.array([-1e-4, 1e-4], np.float32))
    assert (below, above) == (half - 1, half)


def test_the_gradient_of_identical_images_shows_no_false_signal() -> None:
    image = texture()
    evaluation = evaluate(Ssim().bind(image), image, [Quantity.GRADIENT])
    scale = color_scale(Quantity.GRADIENT, Measured(image, image, evaluation))
    assert scale is not None
    places = scale.indices(evaluation.maps[Quantity.GRADIENT])
    assert np.abs(places - len(scale.table) / 2).max() <= 2


def test_the_range_is_said_in_words_with_its_unit() -> None:
    assert range_text(scale_of(Quantity.SSIM)) == "from −1 to 1"
    assert range_text(scale_of(Quantity.LUMINANCE)) == "from 0 to 1"
    assert range_text(scale_of(Quantity.SIGNED_DIFFERENCE)) == "from −64 to 64 grey levels"
    assert range_text(scale_of(Quantity.GRADIENT)).endswith("per grey level")


def test_the_same_scale_is_the_same_object_so_that_views_need_not_look_again() -> None:
    assert scale_of(Quantity.SSIM) is scale_of(Quantity.SSIM)


def test_what_has_not_been_computed_has_no_colour() -> None:
    scale = scale_of(Quantity.SSIM)
    colors = scale.colored(np.array([[np.nan, -1.0]], np.float32))
    assert colors.tolist() == [[0, scale.packed[0]]]
