"""A very large pair is measured without one of its maps ever standing in memory at full size."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ssim_viewer.jobs.bindings import bound_ssim
from ssim_viewer.jobs.measuring import ALWAYS, MeasureRequest, WantedSsim
from ssim_viewer.metrics import Quantity, Ssim, warm_up
from ssim_viewer.metrics.maps.builtin_maps import SIMILARITY_MAPS
from ssim_viewer.session import computed_map

if TYPE_CHECKING:
    from collections.abc import Iterator

HEIGHT, WIDTH = 3000, 4000
METRIC = Ssim(data_range=255, color="luma", precision="single")
ONE_MAP = 4 * HEIGHT * WIDTH
"""Bytes of a map at full size."""


@pytest.fixture(scope="module")
def pair() -> tuple[np.ndarray, np.ndarray]:
    assert warm_up()  # kernels that become ready in between would change the last digits
    random = np.random.default_rng(2)
    block = random.integers(0, 256, (300, 400), np.uint8)
    reference = np.tile(block, (10, 10))
    distorted = reference ^ np.uint8(9)
    for image in (reference, distorted):
        image.setflags(write=False)
    return reference, distorted


@pytest.fixture(autouse=True)
def very_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(computed_map, "VERY_LARGE", HEIGHT * WIDTH)


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def _measured(pair: tuple[np.ndarray, np.ndarray], metric: Ssim, *, in_parts: bool = False) -> Any:
    wanted = WantedSsim(metric, ALWAYS, in_parts)
    (found,) = MeasureRequest(*pair, (wanted,)).run(lambda *_: None)
    return found


@pytest.mark.parametrize("in_parts", [False, True])
@pytest.mark.usefixtures("traced")
def test_no_map_is_in_memory_at_full_size_while_the_next_ones_are_made(
    pair: tuple[np.ndarray, np.ndarray], *, in_parts: bool
) -> None:
    before = _measured(pair, METRIC)  # the threads have their memory now
    bound_ssim(METRIC, pair[0])
    start, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    after = _measured(pair, METRIC, in_parts=in_parts)
    _, peak = tracemalloc.get_traced_memory()
    assert peak - start < ONE_MAP / 2  # four maps, each a quarter as high and wide
    assert after.values == before.values
    for found in (before, after):
        kept = sum(level.nbytes for key in SIMILARITY_MAPS for level in found.computed[key].levels)
        assert ONE_MAP / 5 < kept < ONE_MAP / 3


def test_the_numbers_of_a_very_large_pair_are_those_of_whole_maps(
    pair: tuple[np.ndarray, np.ndarray],
) -> None:
    found = _measured(pair, METRIC)
    whole = bound_ssim(METRIC, pair[0]).measure(
        pair[1], maps=("ssim", "structure"), parts=True, dtype=np.float32
    )
    assert found.values["ssim"] == whole.means["ssim"]
    assert found.values["structure"] == whole.means["structure"]
    np.testing.assert_array_equal(np.asarray(found.computed[Quantity.SSIM]), whole.maps["ssim"])
