"""Work that does not fit is refused in one sentence, before anything is tried."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import psutil
import pytest

from ssim_viewer.compute import free_memory as system
from ssim_viewer.compute.free_memory import free_memory
from ssim_viewer.features.climb.jobs import ClimbRequest
from ssim_viewer.features.climb.steps import ClimbSteps
from ssim_viewer.images import ImageError, image_from_array
from ssim_viewer.jobs.generators import End
from ssim_viewer.jobs.measuring import MeasureRequest, WantedMetric
from ssim_viewer.jobs.memory import (
    CLIMB,
    PAIR,
    climbing_by,
    measuring_by,
    pair_by,
    require_memory,
    single_climb_by,
)
from ssim_viewer.jobs.requests import AlignRequest
from ssim_viewer.metrics import MetricContext, Ssim, find, masked_metric
from ssim_viewer.session.state import DEFAULT_METRIC, Opened
from ssim_viewer.synthesis import Direction, Rule

if TYPE_CHECKING:
    from pathlib import Path


LARGE = np.zeros((2000, 4000), np.uint8)


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SimpleNamespace:
    """What the system has free; no container sets a limit."""
    found = SimpleNamespace(available=0)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: found)
    monkeypatch.setattr(system, "CONTROL_GROUP", tmp_path)
    return found


def test_a_pair_that_does_not_fit_is_refused_with_what_would(free: SimpleNamespace) -> None:
    image = image_from_array(LARGE, "large")
    free.available = 120_000_000
    with pytest.raises(ImageError, match=r"4000×2000 pixels needs about 0.4 GB.* 50%") as refused:
        AlignRequest(Opened(image, image), DEFAULT_METRIC).run(lambda *_: None)
    assert "\n" not in str(refused.value)


def test_a_very_large_pair_needs_less_since_its_maps_are_kept_coarse() -> None:
    large, very_large = np.zeros((2000, 4000), np.uint8), np.zeros((4000, 8000), np.uint8)
    metric = Ssim(data_range=255, color="luma", precision="single")
    assert pair_by(metric, large) is PAIR
    assert pair_by(metric, very_large).bytes_for(very_large) < 0.6 * PAIR.bytes_for(very_large)
    assert pair_by(metric, very_large, masked=True) is PAIR
    assert pair_by(replace(metric, border="reflect"), very_large) is PAIR
    climbs = [single_climb_by(metric, each) for each in (large, very_large)]
    assert climbs[1].bytes_for(very_large) < climbs[0].bytes_for(very_large)


def test_work_that_fits_is_let_through(free: SimpleNamespace) -> None:
    free.available = 480_000_000
    require_memory(PAIR, LARGE)


def test_several_at_once_need_as_much_as_all_of_them(free: SimpleNamespace) -> None:
    free.available = 1_000_000_000
    require_memory(CLIMB, LARGE)
    with pytest.raises(ImageError, match="A climb of 4000×2000"):
        require_memory(CLIMB, LARGE, times=4)


def test_small_images_are_never_refused(free: SimpleNamespace) -> None:
    assert free.available == 0
    require_memory(PAIR, LARGE[:1000, :1000])


def test_a_climb_that_does_not_fit_ends_with_the_sentence(
    free: SimpleNamespace,
) -> None:
    free.available = 100_000_000
    request = ClimbRequest(
        DEFAULT_METRIC, LARGE, LARGE + 1, Direction.DESCENT, Rule.ADAPTIVE, None, None
    )
    ((_, found),) = ClimbSteps().generators(request).steps(None)
    assert isinstance(found, End)
    assert found.problem.startswith("A climb of 4000×2000 pixels needs")


def test_another_metric_that_does_not_fit_is_switched_off(free: SimpleNamespace) -> None:
    free.available = 100_000_000
    request = MeasureRequest(LARGE, LARGE, (WantedMetric("gmsd", DEFAULT_METRIC),))
    (found,) = request.run(lambda *_: None)
    assert found.problem.startswith(
        "GMSD was switched off: Another metric of 4000×2000 pixels needs"
    )


def test_a_metric_may_need_more_for_its_gradient_than_for_its_value(free: SimpleNamespace) -> None:
    metric = find("ssimulacra2").make(MetricContext())
    free.available = 2_000_000_000
    require_memory(measuring_by(metric), LARGE)
    for work in (measuring_by(metric, gradient=True), climbing_by(metric)):
        with pytest.raises(ImageError, match="of 4000×2000 pixels needs"):
            require_memory(work, LARGE)


def test_climbs_in_turns_need_the_largest_gradient_once_also_of_a_part_of_the_image() -> None:
    metric = find("ssimulacra2").make(MetricContext())
    own = type(metric).bytes_per_sample[1]  # type: ignore[attr-defined]
    both = climbing_by(DEFAULT_METRIC, masked_metric(metric, None), times=4)
    assert both.sample == 4 * CLIMB.sample + own
    assert both.pixel == 4 * CLIMB.pixel


def test_a_container_allows_what_its_limit_leaves(free: SimpleNamespace, tmp_path: Path) -> None:
    free.available = 10_000_000_000
    (tmp_path / "memory.max").write_text("2000000000\n")
    (tmp_path / "memory.current").write_text("1500000000\n")
    (tmp_path / "memory.stat").write_text("anon 1200000000\ninactive_file 250000000\n")
    assert free_memory() == 750_000_000
    (tmp_path / "memory.max").write_text("max\n")
    assert free_memory() == free.available


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_limit_on_the_address_space_counts(
    free: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource  # noqa: PLC0415  Windows has none

    free.available = 10**15
    used = psutil.Process().memory_info().vms
    monkeypatch.setattr(resource, "getrlimit", lambda _: (used + 10**12, used + 10**12))
    assert free_memory() == pytest.approx(10**12, rel=0.01)
