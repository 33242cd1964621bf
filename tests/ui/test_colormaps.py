"""Colour scales: perceptually ordered, shared by what is compared, clear about the sign."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from ssim_viewer.metrics import Quantity, Ssim, evaluate
from ssim_viewer.metrics.maps.spec import MapKind
from ssim_viewer.session.color_scale import ColorScale
from ssim_viewer.session.map_scale import (
    SEQUENTIAL,
    SIGNED,
    USUAL_SCALE,
    WHOLE_SCALE,
    Ends,
    MapScale,
    Reading,
)
from ssim_viewer.session.measurement import SsimMeasurement, ssim_measurement
from ssim_viewer.session.robust_range import RobustRange
from ssim_viewer.ui.pane.color_bar import range_text
from ssim_viewer.ui.pane.color_range import levels_of
from ssim_viewer.ui.pane.color_tables import ABOVE, BELOW, table_of
from ssim_viewer.ui.pane.colormaps import color_scale
from tests.ui.pairs import session_of, texture

SIMILARITIES = (Quantity.SSIM, Quantity.LUMINANCE, Quantity.CONTRAST, Quantity.STRUCTURE)


def measured_pair() -> SsimMeasurement:
    measured = session_of().measured
    assert measured is not None
    return measured


def scale_of(quantity: Quantity) -> ColorScale:
    scale = color_scale(quantity, measured_pair())
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
    assert {scale.levels[1] for scale in scales} == {1.0}
    ssim, luminance, contrast, structure = scales
    assert structure is ssim
    assert contrast is luminance
    values = np.array([[0.1, 0.5, 0.9]], np.float32)  # the same value, the same grey
    greys = [scale.colored(values).view(np.uint8).astype(int) for scale in (ssim, luminance)]
    assert np.abs(greys[0] - greys[1]).max() <= 2


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


def difference_levels(end: float, scale: MapScale = USUAL_SCALE) -> tuple[float, float]:
    """Return the levels of the signed difference of an image and one that differs by up to end."""
    image = np.full((50, 40), 120, np.uint8)
    distorted = (image + np.linspace(-end, end, 2000).reshape(50, 40)).round().astype(np.uint8)
    measured = ssim_measurement(image, distorted, evaluate(Ssim().bind(image), distorted))
    found = color_scale(Quantity.SIGNED_DIFFERENCE, measured, scale)
    assert found is not None
    return found.levels


@pytest.mark.parametrize(("largest", "end"), [(4, 5.0), (9, 10.0), (40, 50.0)])
def test_differences_usually_end_at_a_round_number_above_nearly_all(
    largest: float, end: float
) -> None:
    assert difference_levels(largest) == (-end, end)


def test_the_whole_range_of_differences_is_one_whatever_the_images() -> None:
    assert difference_levels(4, WHOLE_SCALE) == difference_levels(40, WHOLE_SCALE) == (-64, 64)


def test_chosen_ends_of_a_difference_are_parts_of_the_data_range() -> None:
    low, high = difference_levels(40, MapScale(Ends.CHOSEN, -0.1, 0.1))
    assert (low, high) == pytest.approx((-25.5, 25.5))


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
    scale = color_scale(Quantity.GRADIENT, ssim_measurement(image, image, evaluation))
    assert scale is not None
    places = scale.indices(evaluation.maps[Quantity.GRADIENT])
    assert np.abs(places - len(scale.table) / 2).max() <= 2


def test_the_range_is_said_in_words_with_its_unit() -> None:
    assert range_text(scale_of(Quantity.SSIM)) == "from −1 to 1"
    assert range_text(scale_of(Quantity.LUMINANCE)) == "from 0 to 1"
    assert range_text(scale_of(Quantity.SIGNED_DIFFERENCE)) == "from −100 to 100 grey levels"
    assert range_text(scale_of(Quantity.GRADIENT)).endswith("per grey level")


def test_the_same_scale_is_the_same_object_so_that_views_need_not_look_again() -> None:
    assert scale_of(Quantity.SSIM) is scale_of(Quantity.SSIM)


def test_what_has_not_been_computed_has_no_colour() -> None:
    scale = scale_of(Quantity.SSIM)
    colors = scale.colored(np.array([[np.nan, -1.0]], np.float32))
    assert colors.tolist() == [[0, scale.packed[0]]]


GOOD = RobustRange(0.80, 0.86, 0.99, 0.995, 1.0)
"""A similarity at encoder quality: nine tenths between .86 and .99."""


@pytest.mark.parametrize(
    ("chosen", "levels"),
    [
        (MapScale(), (0.8, 1.0)),
        (MapScale(Ends.AUTOMATIC), (0.80, 0.995)),
        (MapScale(Ends.WHOLE), (-1.0, 1.0)),
        (MapScale(Ends.CHOSEN, 0.9, 0.98), (0.9, 0.98)),
        (MapScale(reading=Reading.COMPLEMENT), (0.0, 0.2)),
        (MapScale(Ends.AUTOMATIC, reading=Reading.COMPLEMENT), (0.005, 0.2)),
        (MapScale(reading=Reading.DECIBELS), (0.0, 20.0)),
        (MapScale(Ends.CHOSEN, 0.9, 0.99, Reading.DECIBELS), (10.0, 20.0)),
    ],
)
def test_the_ends_of_a_similarity(chosen: MapScale, levels: tuple[float, float]) -> None:
    assert levels_of(MapKind.SIMILARITY, GOOD, chosen, 1.0) == pytest.approx(levels)


@pytest.mark.parametrize("p5", [-0.2, 0.0, 0.3, 0.86, 0.98, 0.99993, 1.0])
def test_the_usual_range_of_a_similarity_holds_nearly_all_values_and_ends_at_1(p5: float) -> None:
    low, high = levels_of(MapKind.SIMILARITY, RobustRange(p5, p5, 1.0, 1.0, 1.0), MapScale(), 1.0)
    assert high == 1.0
    assert low <= p5
    assert (low == -1.0) == (p5 < 0)


def test_what_is_negative_stands_out_also_where_the_range_begins_above_0() -> None:
    values = np.array([[-0.1, 0.1, 0.5]], np.float32)
    scale = color_scale(Quantity.SSIM, measured_pair(), MapScale(Ends.CHOSEN, 0.4, 1.0))
    assert scale is not None
    negative, dark, bright = scale.colored(values)[0]
    assert negative == scale.negative
    assert dark == scale.packed[0]
    assert bright not in (negative, dark)


def test_decibels_are_ten_for_a_tenth_and_end_where_images_are_identical() -> None:
    scale = color_scale(Quantity.SSIM, measured_pair(), MapScale(reading=Reading.DECIBELS))
    assert scale is not None
    shown = scale.shown(np.array([0.0, 0.9, 0.99, 1.0]))
    assert shown == pytest.approx([0, 10, 20, 70])


@pytest.mark.parametrize("quantity", [Quantity.LUMINANCE, Quantity.CONTRAST])
def test_decibels_of_a_pair_whose_ssim_is_negative_have_two_ends(quantity: Quantity) -> None:
    """Luminance and contrast are never negative, and take their usual ends from SSIM."""
    reference = texture()
    negative = 255 - reference
    shown = frozenset({Quantity.SSIM, quantity})
    measured = ssim_measurement(
        reference, negative, evaluate(Ssim().bind(reference), negative, shown)
    )
    scale = color_scale(quantity, measured, MapScale(reading=Reading.DECIBELS))
    assert scale is not None
    assert scale.levels[0] < scale.levels[1]
    assert range_text(scale)


def test_clipped_values_are_marked_where_that_is_wanted() -> None:
    values = np.array([[0.2, 0.5, 0.7, 0.9, -0.3, np.nan]], np.float32)
    chosen = MapScale(Ends.CHOSEN, 0.5, 0.7)
    plain = color_scale(Quantity.SSIM, measured_pair(), chosen)
    marked = color_scale(Quantity.SSIM, measured_pair(), replace(chosen, marked=True))
    assert plain is not None
    assert marked is not None
    assert marked.beyond is not None
    below, above = marked.beyond
    colors = marked.colored(values)[0]
    assert (colors[0], colors[3]) == (below, above)
    assert list(colors[1:3]) == list(plain.colored(values)[0, 1:3])
    assert colors[4] == plain.colored(values)[0, 4] == plain.negative
    assert colors[5] == 0


def test_the_colours_of_clipped_values_are_in_no_table() -> None:
    for table in (*SEQUENTIAL, *SIGNED):
        for kind in (MapKind.SIMILARITY, MapKind.ERROR, MapKind.SIGNED):
            colors = lab(table_of(kind, table, (0.0, 1.0)))
            for mark in (BELOW, ABOVE):
                distance = np.linalg.norm(colors - lab(np.array([mark], np.uint8)), axis=1)
                assert distance.min() > 25


def test_a_locked_map_takes_the_percentiles_of_ssim() -> None:
    chosen = MapScale(Ends.AUTOMATIC)
    measured = measured_pair()
    ssim, own, locked = (
        color_scale(quantity, measured, scale)
        for quantity, scale in (
            (Quantity.SSIM, chosen),
            (Quantity.CONTRAST, chosen),
            (Quantity.CONTRAST, replace(chosen, locked=True)),
        )
    )
    assert ssim is not None
    assert own is not None
    assert locked is not None
    assert locked.levels == ssim.levels != own.levels
