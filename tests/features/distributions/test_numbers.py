"""What is computed of a map, against plain NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ssim_viewer.features.distributions.jobs import LightJob, RegionJob, on_map
from ssim_viewer.features.distributions.minima import worst_places
from ssim_viewer.features.distributions.profile import profile_as_csv, profile_of
from ssim_viewer.features.distributions.shares import (
    PERCENTILES,
    Brushed,
    Found,
    lit_mask,
    shares_of,
    worst_range,
)
from ssim_viewer.features.distributions.sources import MapSource
from ssim_viewer.images.shapes import Ellipse
from ssim_viewer.metrics import MapGeometry, Quantity, Ssim, evaluate
from ssim_viewer.session.measurement import ssim_measurement
from ssim_viewer.session.overlays import LitPixels

RANDOM = np.random.default_rng(5)


def images(side: int = 200) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return a smooth image and one that is worse in two places."""
    y, x = np.mgrid[:side, :side]
    reference = (128 + 60 * np.sin(x / 7) * np.cos(y / 9)).astype(np.uint8)
    noise = RANDOM.normal(0, 2, reference.shape)
    noise[30:50, 40:60] += RANDOM.normal(0, 60, (20, 20))
    noise[140:160, 150:170] += RANDOM.normal(0, 35, (20, 20))
    return reference, np.clip(reference + noise, 0, 255).astype(np.uint8)


def found_of(content: Quantity = Quantity.SSIM) -> Found:
    reference, distorted = images()
    metric = Ssim(data_range=255)
    source = MapSource(
        ssim_measurement(reference, distorted, evaluate(metric.bind(reference), distorted)), content
    )
    values = source.values()
    shares = shares_of(values)
    assert shares is not None
    return Found(source, values, shares)


@pytest.mark.parametrize("content", [q for q in Quantity if q not in tuple(Quantity)[:2]])
def test_every_map_has_its_distribution_also_where_no_pane_shows_it(content: Quantity) -> None:
    found = found_of(content)
    values = found.values.astype(float)
    assert found.shares.mean == pytest.approx(values.mean(), abs=1e-6)
    assert found.shares.deviation == pytest.approx(values.std(), rel=1e-5)
    np.testing.assert_allclose(
        found.shares.percentiles, np.percentile(values, PERCENTILES), rtol=1e-5, atol=1e-9
    )
    assert found.shares.counts.sum() == values.size


def test_the_histogram_is_that_of_numpy() -> None:
    values = RANDOM.normal(0, 1, (300, 300)).astype(np.float32)
    values[0, 0] = np.nan
    shares = shares_of(values)
    assert shares is not None
    expected, _ = np.histogram(values[np.isfinite(values)], shares.edges)
    assert np.abs(shares.counts - expected).sum() <= 2  # values on an edge, by rounding
    assert shares.count == values.size - 1


def test_a_map_without_numbers_has_no_distribution() -> None:
    assert shares_of(np.full((3, 3), np.nan, np.float32)) is None


def test_the_worst_five_per_cent_are_the_lowest_similarities() -> None:
    found = found_of()
    lit = LightJob(found, None, 5.0)()
    assert lit.count == pytest.approx(0.05 * found.values.size, abs=2)
    mask = lit.pixels.levels[0]
    assert found.values[mask].max() <= found.values[~mask].min()


def test_the_worst_of_an_error_with_a_sign_are_its_largest_sizes() -> None:
    found = found_of(Quantity.SIGNED_DIFFERENCE)
    mask = lit_mask(found, worst_range(found, 2.0))
    assert np.abs(found.values[mask]).min() >= np.abs(found.values[~mask]).max()
    assert (found.values[mask] < 0).any()
    assert (found.values[mask] > 0).any()


def test_a_range_lights_what_lies_in_it() -> None:
    found = found_of()
    mask = lit_mask(found, Brushed(0.5, 0.8))
    np.testing.assert_array_equal(mask, (found.values >= 0.5) & (found.values <= 0.8))


def test_single_lit_pixels_are_seen_from_afar() -> None:
    found = found_of()
    lit = LightJob(found, Brushed(found.shares.least, found.shares.least), 5.0)()
    random = np.random.default_rng(2)
    mask = random.uniform(size=(1000, 1300)) < 0.05
    levels = LitPixels.of(mask, lit.pixels.geometry).levels
    assert np.count_nonzero(lit.pixels.levels[-1]) == 1
    assert [level.shape for level in levels] == [(1000, 1300), (250, 325), (63, 82)]
    for level in levels[1:]:
        assert level.mean() / 255 == pytest.approx(0.05, abs=0.005)
    single = np.zeros((1000, 1300), np.bool_)
    single[701, 1299] = True
    assert [np.count_nonzero(each) for each in LitPixels.of(single, MapGeometry(0, 1)).levels] == [
        1,
        1,
        1,
    ]


def test_a_region_has_the_values_whose_windows_are_centred_in_it() -> None:
    found = found_of()
    shape = Ellipse(20.0, 15.0, 90.0, 70.0)
    region = RegionJob(found, shape)()
    assert region.shares is not None
    inside = shape.mask((200, 200))[5:-5, 5:-5]  # of a valid map of 11 taps
    assert region.shares.mean == pytest.approx(float(found.values[inside].mean()), abs=1e-6)
    assert region.shares.count == inside.sum()


def test_masks_come_onto_a_downsampled_map_by_the_middles_of_its_samples() -> None:
    geometry = Ssim(data_range=255, downsample=2, border="reflect").geometry((40, 40))
    mask = np.zeros((40, 40), np.bool_)
    mask[10:20, 10:20] = True
    kept = on_map(mask, (20, 20), geometry)
    assert kept.sum() == 25


def test_the_worst_places_are_where_the_image_was_spoilt_the_worst_first() -> None:
    places = worst_places(found_of())
    assert (places[0].x, places[0].y) == pytest.approx((50, 40), abs=12)
    assert (places[1].x, places[1].y) == pytest.approx((160, 150), abs=14)
    means = [place.mean for place in places]
    assert means == sorted(means)
    worst_error = worst_places(found_of(Quantity.ABSOLUTE_DIFFERENCE))[0]
    assert (worst_error.x, worst_error.y) == pytest.approx((50, 40), abs=12)


def test_identical_images_have_no_worst_place() -> None:
    reference, _ = images()
    metric = Ssim(data_range=255)
    source = MapSource(
        ssim_measurement(reference, reference, evaluate(metric.bind(reference), reference)),
        Quantity.SSIM,
    )
    values = source.values()
    shares = shares_of(np.round(values, 5))
    assert shares is not None
    assert worst_places(Found(source, np.ones_like(values), shares)) == ()


def test_a_profile_has_the_values_of_all_maps_under_the_line() -> None:
    found = found_of()
    of = found.source.measured
    profile = profile_of(of, ((10.5, 40.5), (110.5, 40.5)))
    assert len(profile.distance) == 101
    np.testing.assert_array_equal(profile.values["reference"], of.reference[40, 10:111])
    np.testing.assert_allclose(profile.values["SSIM"], found.values[35, 5:106], atol=1e-6)
    header, first = profile_as_csv(profile).splitlines()[:2]
    assert header.startswith("distance,x,y,reference,distorted,signed difference,absolute")
    assert first.startswith(f"0.0,10,40,{float(of.reference[40, 10])}")


def test_a_profile_off_the_map_has_no_similarity() -> None:
    found = found_of()
    profile = profile_of(found.source.measured, ((-20.0, 1.5), (30.0, 1.5)))
    assert profile.x.min() == 0
    assert np.isnan(profile.values["SSIM"]).all()
    assert np.isfinite(profile.values["distorted"]).all()


def test_a_profile_beside_the_image_has_no_samples() -> None:
    profile = profile_of(found_of().source.measured, ((-20.0, 1.5), (-3.0, 9.0)))
    assert not profile.distance.size
    assert len(profile_as_csv(profile).splitlines()) == 1
