"""Maps of a very large pair are kept coarse, and computed where they are looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pytest

from ssim_viewer.metrics import Quantity, Ssim, evaluate
from ssim_viewer.metrics.maps.builtin_maps import SIMILARITY_MAPS
from ssim_viewer.metrics.ssim.map_part import has_parts
from ssim_viewer.session import computed_map
from ssim_viewer.session.arrays import measurement_arrays
from ssim_viewer.session.measurement import SsimMeasurement, ssim_measurement
from ssim_viewer.session.readout import readout
from ssim_viewer.session.region import Region, region_scores

HEIGHT, WIDTH = 1500, 1700  # enough for a pyramid
METRIC = Ssim(data_range=255, color="luma")


@pytest.fixture(scope="module", params=["grey", "RGB"])
def pair(request: pytest.FixtureRequest) -> tuple[np.ndarray, np.ndarray]:
    """Return a reference and a distorted image of 8 bits, read-only."""
    random = np.random.default_rng(3)
    channels = (3,) if request.param == "RGB" else ()
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    ramp = 100 + 60 * np.sin(x / 40) * np.cos(y / 70)
    reference = np.empty((HEIGHT, WIDTH, *channels), np.uint8)
    reference[...] = ramp[..., np.newaxis] if channels else ramp
    distorted = np.clip(reference + random.normal(0, 15, reference.shape), 0, 255).astype(np.uint8)
    for image in (reference, distorted):
        image.setflags(write=False)
    return reference, distorted


def _both(
    pair: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> tuple[SsimMeasurement, SsimMeasurement]:
    """Return a measurement whose maps are arrays, and one of which they are kept coarse."""
    reference, distorted = pair
    found = evaluate(METRIC.bind(reference), distorted, {*SIMILARITY_MAPS, Quantity.DISTORTED})
    usual = ssim_measurement(reference, distorted, found)
    monkeypatch.setattr(computed_map, "VERY_LARGE", HEIGHT * WIDTH)
    return usual, ssim_measurement(reference, distorted, found)


def test_a_very_large_pair_keeps_no_map_at_full_size(
    pair: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, coarse = _both(pair, monkeypatch)
    maps = sum(usual.maps[key].values.nbytes for key in SIMILARITY_MAPS)
    images = [*pair, coarse.maps[Quantity.DISTORTED].values]
    kept = {id(each): each.nbytes for each in measurement_arrays(coarse)}
    kept = {key: size for key, size in kept.items() if key not in {id(each) for each in images}}
    assert set(SIMILARITY_MAPS) == set(coarse.computed)
    assert not set(SIMILARITY_MAPS) & set(coarse.maps)
    assert coarse.contents == usual.contents
    assert coarse.values == usual.values
    assert 0 < sum(kept.values()) < maps / 10


@pytest.mark.parametrize("precision", ["single", "double"])
def test_maps_that_are_reduced_while_they_are_made_are_those_reduced_afterwards(
    precision: Literal["single", "double"],
    pair: tuple[np.ndarray, np.ndarray],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reference, distorted = pair
    bound = METRIC.in_precision(precision).bind(reference)
    afterwards, meanwhile = (
        evaluate(bound, distorted, {*SIMILARITY_MAPS}, coarse=coarse) for coarse in (False, True)
    )
    assert not meanwhile.maps
    assert meanwhile.scores == afterwards.scores
    monkeypatch.setattr(computed_map, "VERY_LARGE", HEIGHT * WIDTH)
    first, second = (
        ssim_measurement(reference, distorted, each) for each in (afterwards, meanwhile)
    )
    for key in SIMILARITY_MAPS:
        assert second.robust_ranges[key] == first.robust_ranges[key]
        pairs = zip(second.computed[key].levels, first.computed[key].levels, strict=True)
        for mine, wanted in pairs:
            np.testing.assert_allclose(mine, wanted, atol=3e-7)


def test_a_mean_over_planes_is_reduced_when_it_is_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random = np.random.default_rng(1)
    reference, distorted = random.integers(0, 256, (2, 700, 900, 3), np.uint8)
    bound = Ssim(data_range=255).bind(reference)
    found = evaluate(bound, distorted, {Quantity.SSIM}, coarse=True)
    assert not found.reduced
    monkeypatch.setattr(computed_map, "VERY_LARGE", 700 * 900)
    coarse = ssim_measurement(reference, distorted, found).computed[Quantity.SSIM]
    np.testing.assert_allclose(
        coarse[300:340, 410:450], found.maps[Quantity.SSIM][300:340, 410:450]
    )


@pytest.mark.parametrize("halvings", range(5))
def test_what_is_seen_of_a_coarse_map_is_what_the_whole_one_shows(
    halvings: int, pair: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, coarse = _both(pair, monkeypatch)
    height, width = (side >> halvings for side in usual.maps[Quantity.SSIM].values.shape)
    for key in SIMILARITY_MAPS:
        whole, part = usual.pyramids[key], coarse.computed[key]
        assert part.shape(halvings) == whole.shape(halvings)
        for slices in ((0, height, 0, width), (11, 43, width - 37, width)):
            np.testing.assert_allclose(
                part.samples(halvings, slices), whole.samples(halvings, slices), atol=1e-6
            )


def test_a_map_measured_in_single_precision_is_seen_as_it_was_measured(
    pair: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, distorted = pair
    metric = METRIC.in_precision("single")
    found = evaluate(metric.bind(reference), distorted, {Quantity.SSIM})
    monkeypatch.setattr(computed_map, "VERY_LARGE", HEIGHT * WIDTH)
    coarse = ssim_measurement(reference, distorted, found).computed[Quantity.SSIM]
    whole = found.maps[Quantity.SSIM]
    np.testing.assert_array_equal(np.asarray(coarse), whole)
    np.testing.assert_allclose(coarse[:300, 200:500], whole[:300, 200:500], atol=2e-6)


def test_all_of_a_coarse_map_is_the_map_that_was_measured_to_the_digit(
    pair: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, coarse = _both(pair, monkeypatch)
    for key in SIMILARITY_MAPS:
        np.testing.assert_array_equal(np.asarray(coarse.computed[key]), usual.maps[key].values)
        assert coarse.robust_ranges[key] == usual.robust_ranges[key]


def test_pixels_and_regions_read_the_same_of_a_coarse_map(
    pair: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, coarse = _both(pair, monkeypatch)
    for x, y in ((0, 0), (5, 5), (700, 811), (WIDTH - 6, HEIGHT - 6), (WIDTH - 1, HEIGHT - 1)):
        first, second = readout(usual, x, y), readout(coarse, x, y)
        assert first is not None
        assert second is not None
        for key in SIMILARITY_MAPS:
            assert second.values[key] == pytest.approx(first.values[key], abs=1e-6)
    for region in (Region(300, 200, 460, 330), Region(0, 0, 3, 3), Region(0, 0, WIDTH, HEIGHT)):
        first_means = region_scores(usual, region).means
        second_means = region_scores(coarse, region).means
        for name, mean in first_means.items():
            assert second_means[name] == pytest.approx(mean, abs=1e-6)


def test_the_values_along_a_line_are_those_of_the_map(
    pair: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, coarse = _both(pair, monkeypatch)
    steps = np.linspace(0, 1, 1900)
    rows, columns = (steps * 1480).astype(np.intp), ((1 - steps) * 1680).astype(np.intp)
    for key in SIMILARITY_MAPS:
        found = coarse.computed[key].along(rows, columns)
        np.testing.assert_allclose(found, usual.maps[key].values[rows, columns], atol=1e-6)


def test_more_than_one_look_computes_is_shown_by_coarse_samples(
    pair: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, coarse = _both(pair, monkeypatch)
    monkeypatch.setattr(computed_map, "IN_SIGHT", 1000)
    found = coarse.computed[Quantity.SSIM].samples(0, (3, 203, 6, 306))
    wanted = usual.pyramids[Quantity.SSIM].levels[1]
    rows, columns = np.arange(3, 203) // 4, np.arange(6, 306) // 4
    np.testing.assert_array_equal(found, wanted[np.ix_(rows, columns)])


def test_a_second_look_within_the_first_computes_nothing(
    pair: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, coarse = _both(pair, monkeypatch)
    first = coarse.computed[Quantity.SSIM].samples(0, (100, 200, 100, 200))

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(computed_map, "map_part", refuse)
    second = coarse.computed[Quantity.SSIM].samples(0, (110, 190, 120, 160))
    np.testing.assert_array_equal(second, first[10:90, 20:60])
    assert coarse.computed[Quantity.STRUCTURE].samples(0, (100, 200, 100, 200)).shape == (100, 100)


@pytest.mark.parametrize(
    "change",
    [{"border": "reflect"}, {"stride": 2}, {"downsample": 2}, {"downsample": "auto"}, {"crop": 4}],
)
def test_maps_whose_samples_depend_on_more_than_their_windows_stay_whole(
    change: dict[str, Any],
) -> None:
    assert has_parts(METRIC)
    assert not has_parts(replace(METRIC, **change))
    assert not has_parts(Ssim())  # a data range that nobody has stated
