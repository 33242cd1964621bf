"""A region of interest: which pixels and windows belong to it, and what is said about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ssim_viewer.images import align_pair, image_from_array
from ssim_viewer.jobs.regions import missing_region
from ssim_viewer.metrics import Quantity, Ssim, evaluate, mse
from ssim_viewer.session import intents, transitions
from ssim_viewer.session import opening as opening_images
from ssim_viewer.session.measurement import Measurements, SsimMeasurement, ssim_measurement
from ssim_viewer.session.region import Region, region_scores
from ssim_viewer.session.region_readout import region_text
from ssim_viewer.session.state import Look, Opened, Session

MAPS = (Quantity.SSIM, Quantity.LUMINANCE, Quantity.CONTRAST, Quantity.STRUCTURE)


def noise(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, shape).astype(np.uint8)


def measured(metric: Ssim | None = None, *, channels: int = 1) -> SsimMeasurement:
    metric = metric or Ssim()
    shape = (40, 60) if channels == 1 else (40, 60, channels)
    reference, distorted = noise(*shape), noise(*shape, seed=1)
    return ssim_measurement(reference, distorted, evaluate(metric.bind(reference), distorted, MAPS))


def session(region: Region | None, **changes: Any) -> Session:
    return Session(look=Look(region=region), measurements=Measurements(measured()), **changes)


def answered(state: Session) -> Session:
    request = missing_region(state)
    assert request is not None
    return transitions.region_measured(state, request())


@pytest.mark.parametrize("last", [(12, 9), (3, 9), (12, 5), (3, 5)])
def test_a_region_between_two_pixels_holds_both(last: tuple[int, int]) -> None:
    region = Region.between((7, 7), last)
    for x, y in ((7, 7), last):
        assert region.left <= x < region.right
        assert region.top <= y < region.bottom


def test_only_what_lies_on_the_image_counts() -> None:
    assert Region(-5, 10, 100, 90).within(60, 40) == Region(0, 10, 60, 40)
    assert Region(60, 0, 80, 20).within(60, 40) is None


@pytest.mark.parametrize("channels", [1, 3])
def test_the_mse_is_over_all_samples_of_the_region(channels: int) -> None:
    pair = measured(channels=channels)
    found = region_scores(pair, Region(3, 5, 20, 30))
    expected = mse(pair.reference[5:30, 3:20], pair.distorted[5:30, 3:20])
    assert found.mse == pytest.approx(expected)


@pytest.mark.parametrize(
    "metric",
    [Ssim(), Ssim(border="reflect"), Ssim(downsample=2), Ssim(window="uniform", window_size=8)],
    ids=["valid", "reflect", "downsampled", "even window"],
)
def test_a_mean_is_over_the_windows_that_are_centred_in_the_region(metric: Ssim) -> None:
    pair = measured(metric)
    region = Region(3, 6, 31, 33)
    geometry = pair.geometry
    array = pair.maps[Quantity.SSIM].values
    y, x = (geometry.offset + (np.arange(count) + 0.5) * geometry.scale for count in array.shape)
    inside = array[(y >= 6) & (y < 33)][:, (x >= 3) & (x < 31)]
    assert region_scores(pair, region).ssim == pytest.approx(inside.mean(dtype=np.float64))


def test_the_whole_image_as_a_region_has_the_scores_of_the_pair() -> None:
    pair = measured()
    found, scores = region_scores(pair, Region(0, 0, 60, 40)), pair.values
    for name in ("ssim", "luminance", "contrast", "structure"):
        assert found.means[name] == pytest.approx(scores[name], abs=1e-6)
    assert found.mse == pytest.approx(scores["mse"])


def test_a_region_at_a_valid_border_has_an_mse_and_no_means() -> None:
    found = region_scores(measured(), Region(0, 0, 5, 5))
    assert found.ssim is None
    assert found.mse > 0


def test_a_mean_waits_until_all_of_the_region_is_computed() -> None:
    pair = measured()
    whole = pair.maps[Quantity.SSIM]
    ssim = np.array(whole.values)
    ssim[20:] = np.nan
    partial = replace(pair, maps={**pair.maps, Quantity.SSIM: replace(whole, values=ssim)})
    assert region_scores(partial, Region(10, 10, 30, 20)).ssim is not None
    assert region_scores(partial, Region(10, 10, 30, 36)).ssim is None


def test_numbers_are_wanted_until_they_are_there_and_anew_for_another_measurement() -> None:
    assert missing_region(session(None)) is None
    state = answered(session(Region(10, 10, 30, 20)))
    assert missing_region(state) is None
    assert missing_region(transitions.measured(state, measured())) is not None
    elsewhere = transitions.reduce(state, intents.SelectRegion(Region(0, 0, 30, 20)))
    assert missing_region(elsewhere) is not None
    assert missing_region(transitions.reduce(state, intents.SelectRegion(None))) is None


def test_a_request_is_the_same_for_the_same_measurement_and_region() -> None:
    state = session(Region(10, 10, 30, 20))
    first, second = missing_region(state), missing_region(state)
    assert first is not None
    assert first.is_same_job(second)
    assert not first.is_same_job(missing_region(session(Region(10, 10, 30, 20))))


def test_it_reads_like_a_line_of_text() -> None:
    state = session(Region(10, 10, 30, 20))
    assert region_text(session(None)) == ""
    assert region_text(state) == "Region 20×10 at (10, 10)   …"
    state = answered(state)
    scores = state.region_scores
    assert scores is not None
    ssim = f"{scores.ssim:.4f}".replace("-", "−")
    assert region_text(state).startswith(f"Region 20×10 at (10, 10)   SSIM {ssim}  l ")
    assert region_text(state).endswith(f"   MSE {scores.mse:.2f}")
    corner = answered(session(Region(0, 0, 5, 5)))
    assert "SSIM –  l –  c –  s –" in region_text(corner)


@pytest.mark.parametrize(("size", "kept"), [(40, True), (50, False)])
def test_a_region_stays_for_a_pair_of_the_same_size_only(size: int, kept: bool) -> None:
    def opened(state: Session, side: int) -> Session:
        image = image_from_array(noise(side, side), "a")
        return opening_images.paired(state, Opened(image, image), align_pair(image, image))

    region = Region(10, 10, 30, 20)
    before = transitions.reduce(opened(Session(), 40), intents.SelectRegion(region))
    assert opened(before, size).look.region == (region if kept else None)
