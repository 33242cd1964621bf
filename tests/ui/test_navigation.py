"""The navigation: one centre and one zoom for panes of any shape."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPointF

from ssim_viewer.ui.pane.navigation import LARGEST, SMALLEST, Navigation


def navigation(width: int = 640, height: int = 480, *panes: tuple[float, float]) -> Navigation:
    made = Navigation()
    made.set_viewports(panes or ((400.0, 300.0), (350.0, 300.0)))
    made.set_size(width, height)
    return made


def test_a_new_image_is_fitted_into_the_smallest_pane() -> None:
    found = navigation(640, 480, (400, 300), (320, 300))
    assert found.zoom == 320 / 640
    assert found.centre == (320, 240)


def test_an_image_of_the_same_size_keeps_the_view() -> None:
    found = navigation()
    found.zoom_to(3.0)
    found.pan(10, 20)
    before = found.centre, found.zoom
    found.set_size(640, 480)
    assert (found.centre, found.zoom) == before


def test_an_image_of_another_size_is_fitted_again() -> None:
    found = navigation()
    found.zoom_to(3.0)
    found.set_size(100, 100)
    assert found.fitted
    assert found.zoom == 3.0  # 300 / 100
    assert found.centre == (50, 50)


def test_resizing_keeps_a_fitted_image_fitted() -> None:
    found = navigation()
    found.set_viewports([(1280, 960)])
    assert found.zoom == 2.0


def test_resizing_keeps_centre_and_zoom_that_a_person_chose() -> None:
    found = navigation()
    found.zoom_to(3.0, (100, 50))
    before = found.centre, found.zoom
    found.set_viewports([(1280, 960)])
    assert (found.centre, found.zoom) == before


def test_zooming_leaves_what_is_under_the_cursor_where_it_is() -> None:
    found = navigation()
    cursor = QPointF(120, 80)
    anchor = found.view(400, 300, 1.0).to_image(cursor)
    found.zoom_to(5.0, anchor)
    after = found.view(400, 300, 1.0).to_image(cursor)
    assert after == pytest.approx(anchor, abs=0.6 / 5)  # origins are whole device pixels


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_100_percent_is_one_image_pixel_on_one_device_pixel(ratio: float) -> None:
    found = navigation()
    found.actual_pixels()
    view = found.view(400 / ratio, 300 / ratio, ratio)
    step = view.to_widget(1, 0) - view.to_widget(0, 0)
    assert step.x() * ratio == pytest.approx(1)
    assert (view.to_widget(0, 0).x() * ratio) % 1 == pytest.approx(0, abs=1e-9)


def test_zooming_by_keys_passes_through_100_percent_and_comes_back() -> None:
    found = navigation()
    found.zoom_to(0.6)
    found.zoom_in()
    found.zoom_in()
    assert found.zoom == pytest.approx(1.0)
    found.zoom_in()
    found.zoom_out()
    assert found.zoom == pytest.approx(1.0)


def test_a_step_of_the_zoom_is_seen_also_from_beside_a_round_zoom() -> None:
    found = navigation()
    found.zoom_to(0.247)
    found.zoom_in()
    assert found.zoom == pytest.approx(0.354, abs=1e-3)
    found.zoom_to(0.253)
    found.zoom_out()
    assert found.zoom == pytest.approx(0.177, abs=1e-3)


def test_the_zoom_has_limits() -> None:
    found = navigation()
    found.zoom_to(1e6)
    assert found.zoom == LARGEST
    found.zoom_to(1e-6)
    assert found.zoom == SMALLEST


def test_an_enormous_image_still_fits() -> None:
    found = navigation(100_000, 100)
    assert found.zoom == pytest.approx(350 / 100_000)
    found.zoom_out()
    assert found.zoom == pytest.approx(350 / 100_000)


def test_the_image_is_never_lost_by_panning() -> None:
    found = navigation()
    found.pan(1e9, -1e9)
    assert found.centre == (640, 0)


def test_there_and_back_is_the_same_place() -> None:
    view = navigation().view(401, 303, 1.5)
    x, y = view.to_image(view.to_widget(12.25, 99.5))
    assert (x, y) == pytest.approx((12.25, 99.5))


def test_the_divider_stands_at_one_place_of_the_image_in_panes_of_any_width() -> None:
    found = navigation(640, 480, (400, 300), (320, 300))
    x = found.position_at(0.25)
    assert found.fraction_at(x) == pytest.approx(0.25)
    assert x == pytest.approx(320 - 0.25 * 400 / found.zoom)


def test_panes_of_different_shapes_stay_linked_over_200_random_changes() -> None:
    """Everything is one centre and one zoom, so the middles of all panes agree exactly."""
    generator = random.Random(3)  # noqa: S311 - no secret
    found = navigation()
    shapes = [(400.0, 300.0), (333.0, 290.0), (150.0, 700.0)]
    for _ in range(200):
        match generator.randrange(4):
            case 0:
                shapes = [
                    (generator.randint(60, 1500), generator.randint(60, 1500)) for _ in shapes
                ]
                found.set_viewports(shapes)
            case 1:
                anchor = generator.uniform(0, 640), generator.uniform(0, 480)
                found.zoom_to(found.zoom * generator.uniform(0.4, 2.5), anchor)
            case 2:
                found.pan(generator.uniform(-90, 90), generator.uniform(-90, 90))
            case 3:
                found.fit()
        for width, height in shapes:
            view = found.view(width, height, 1.0)
            middle = view.to_image(QPointF(width / 2, height / 2))
            assert view.zoom == found.zoom
            assert middle == pytest.approx(found.centre, abs=0.5001 / found.zoom)
        assert SMALLEST <= found.zoom <= LARGEST
