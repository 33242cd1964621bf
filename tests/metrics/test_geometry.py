"""A change in the image shows in the map where the geometry says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import MapGeometry, Ssim

SETTINGS: list[dict[str, Any]] = [
    {},
    {"window_size": 4},
    {"border": "reflect"},
    {"border": "replicate", "window_size": 6},
    {"downsample": 2},
    {"downsample": 3, "window_size": 5},
    {"downsample": 4, "border": "reflect", "window_size": 8},
    {"downsample": 5, "border": "replicate", "window_size": 7},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@pytest.mark.parametrize("place", [(60, 75), (81, 64)])
def test_the_windows_that_see_a_pixel_stand_around_it(
    settings: dict[str, Any], place: tuple[int, int]
) -> None:
    """The middle of the windows that changed is the pixel's, within what one sample covers."""
    metric = Ssim(window="uniform", **settings)
    flat = np.full((150, 160), 100.0)
    impulse = flat.copy()
    impulse[place] += 50
    changed = np.argwhere(metric.bind(flat).map(impulse) < 1 - 1e-9)
    geometry = metric.geometry(flat.shape)
    middle = geometry.offset + (changed.mean(axis=0) + 0.5) * geometry.scale
    np.testing.assert_allclose(middle, np.add(place, 0.5), atol=geometry.scale / 2)
    assert len(changed) == metric.window_size**2


@pytest.mark.parametrize(
    ("settings", "geometry"),
    [
        ({}, MapGeometry(5.0, 1)),
        ({"border": "reflect"}, MapGeometry(0.0, 1)),
        ({"window_size": 4}, MapGeometry(1.5, 1)),
        ({"window_size": 4, "border": "reflect"}, MapGeometry(-0.5, 1)),
        ({"downsample": 2}, MapGeometry(10.0, 2)),
        ({"downsample": 3}, MapGeometry(14.0, 3)),
        ({"downsample": "auto"}, MapGeometry(10.0, 2)),
    ],
    ids=str,
)
def test_the_first_sample_stands_where_its_window_is_centred(
    settings: dict[str, Any], geometry: MapGeometry
) -> None:
    assert Ssim(**settings).geometry((512, 600)) == geometry


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_the_map_has_one_sample_for_every_window(settings: dict[str, Any]) -> None:
    metric = Ssim(**settings)
    height, width = (-(-side // metric.factor((150, 161))) for side in (150, 161))
    less = metric.window_size - 1 if metric.border == "valid" else 0
    assert metric.bind(np.zeros((150, 161))).map_shape == (height - less, width - less)
