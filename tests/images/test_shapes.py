"""Shapes on an image: the pixels whose centres lie in them, against plain geometry."""

from __future__ import annotations

import numpy as np
import pytest

from ssim_viewer.images.shapes import Ellipse, Polygon, Rectangle, Stroke, Strokes

SIZE = (40, 60)
Y, X = (grid + 0.5 for grid in np.mgrid[:40, :60])


def test_a_rectangle_holds_the_pixels_whose_centres_lie_in_it() -> None:
    shape = Rectangle(3.2, 5.6, 20.4, 31.5)
    expected = (X >= 3.2) & (X < 20.4) & (Y >= 5.6) & (Y < 31.5)
    np.testing.assert_array_equal(shape.mask(SIZE), expected)


def test_a_rectangle_that_reaches_beyond_the_image_is_cut() -> None:
    assert Rectangle(-5, -5, 100, 100).mask(SIZE).all()
    assert not Rectangle(-9, -9, -2, -2).mask(SIZE).any()


@pytest.mark.parametrize("edges", [(4, 3, 34, 29), (-10, -8, 21, 20.3), (40.3, 20, 80, 60)])
def test_an_ellipse_is_its_equation(edges: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = edges
    x = (X - (left + right) / 2) / ((right - left) / 2)
    y = (Y - (top + bottom) / 2) / ((bottom - top) / 2)
    np.testing.assert_array_equal(Ellipse(*edges).mask(SIZE), x**2 + y**2 <= 1)


def test_a_lasso_around_a_rectangle_is_that_rectangle() -> None:
    polygon = Polygon(((4.0, 3.0), (30.0, 3.0), (30.0, 22.0), (4.0, 22.0)))
    np.testing.assert_array_equal(polygon.mask(SIZE), Rectangle(4, 3, 30, 22).mask(SIZE))


def test_a_lasso_is_the_area_between_its_lines() -> None:
    triangle = Polygon(((5.0, 2.0), (50.0, 17.0), (12.0, 38.0)))
    sides = zip(triangle.points, (*triangle.points[1:], triangle.points[0]), strict=True)
    inside = [(x1 - x0) * (Y - y0) - (y1 - y0) * (X - x0) > 0 for (x0, y0), (x1, y1) in sides]
    np.testing.assert_array_equal(triangle.mask(SIZE), np.logical_and.reduce(inside))


def test_a_hard_stroke_covers_what_is_within_its_radius() -> None:
    stroke = Stroke(((10.0, 10.0), (40.0, 10.0)), 4.0)
    distance = np.hypot(X - np.clip(X, 10, 40), Y - 10)
    np.testing.assert_array_equal(Strokes((stroke,)).mask(SIZE), distance <= 4)


def test_a_soft_stroke_falls_off_as_a_half_cosine() -> None:
    opacity = Strokes((Stroke(((20.5, 20.5),), 10.0, 0.5),)).opacity(SIZE)
    assert opacity[20, 20] == opacity[20, 25] == 1
    assert opacity[20, 28] == pytest.approx((1 - np.cos(np.pi * 0.4)) / 2)
    assert opacity[20, 31] == 0


def test_an_erasing_stroke_takes_away_what_was_painted() -> None:
    painted = Stroke(((10.0, 10.0), (40.0, 10.0)), 4.0)
    erased = Stroke(((40.0, 10.0), (40.0, 10.0)), 6.0, erases=True)
    mask = Strokes((painted, erased)).mask(SIZE)
    assert mask[10, 10]
    assert not mask[10, 38]


def test_a_stroke_beyond_the_image_paints_only_what_is_on_it() -> None:
    opacity = Strokes((Stroke(((-3.0, 20.0), (70.0, 45.0)), 8.0),)).opacity(SIZE)
    t = np.clip(((X + 3) * 73 + (Y - 20) * 25) / (73**2 + 25**2), 0, 1)
    distance = np.hypot(X + 3 - 73 * t, Y - 20 - 25 * t)
    np.testing.assert_array_equal(opacity == 1, distance <= 8)
