"""Maps that are looked at while they are made: what is there is final, and the rest is told of."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ssim_viewer.compute import tiles
from ssim_viewer.metrics import Evaluation, Quantity, Ssim, evaluate
from ssim_viewer.metrics.ssim.pass_outputs import Filling

MAPS = (Quantity.SSIM, Quantity.LUMINANCE, Quantity.CONTRAST, Quantity.STRUCTURE)
PAIR = np.random.default_rng(0).integers(0, 256, (2, 2100, 300), np.uint8)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work on one thread, which tells of every tile."""
    monkeypatch.setattr(tiles, "THREADS", 1)


def grown(metric: Ssim, reference: np.ndarray, distorted: np.ndarray) -> list[Evaluation]:
    """Return all that is seen of an evaluation, the whole one last."""
    seen: list[Evaluation] = []
    bound = metric.bind(reference)
    seen.append(evaluate(bound, distorted, list(Quantity), grown=seen.append))
    return seen


def test_tiles_in_any_order_make_rows_only_where_no_gap_is_left() -> None:
    filling = Filling({"ssim": np.zeros((30, 20))})
    upper, middle, lower = slice(0, 10), slice(10, 20), slice(20, 30)
    left, right = slice(0, 12), slice(12, 20)
    rows = []
    for tile in ((upper, left), (middle, right), (upper, right), (lower, left), (middle, left)):
        filling.add(tile)
        rows.append({name: len(each) for name, each in filling.first_rows().items()})
    assert rows == [{}, {}, {"ssim": 10}, {}, {"ssim": 20}]


def test_the_pictures_come_first_and_then_more_and_more_rows() -> None:
    *parts, whole = grown(Ssim(), *PAIR)
    assert list(parts[0].maps) == [q for q in Quantity if q is not Quantity.GRADIENT]
    missing = [part.missing for part in parts]
    assert len(parts) > 2
    assert missing == sorted(missing, reverse=True)
    assert missing[0] == whole.maps[Quantity.SSIM].shape[0]
    assert whole.missing == 0


def test_what_is_seen_early_is_what_is_there_in_the_end() -> None:
    *parts, whole = grown(Ssim(precision="single"), *PAIR)
    for part in parts:
        assert all(math.isnan(score) for score in part.scores.as_dict().values())
        for quantity, first in part.maps.items():
            assert not first.flags.writeable
            rows = whole.maps[quantity][: first.shape[0]]
            assert np.array_equal(first, rows)
            assert part.missing > 0
            assert quantity not in MAPS or len(first) + part.missing == 2090


@pytest.mark.parametrize("color", ["mean", "luma"])
def test_a_mean_over_channels_is_seen_only_when_it_is_whole(color: str) -> None:
    pair = np.random.default_rng(0).integers(0, 256, (2, 2100, 300, 3), np.uint8)
    *parts, whole = grown(Ssim(color=color), *pair)  # type: ignore[arg-type]
    some = [part for part in parts if part.maps[Quantity.SSIM].size]
    assert bool(some) == (color == "luma")
    assert Quantity.SSIM in whole.maps


def test_who_looks_may_end_the_work() -> None:
    class EnoughError(Exception):
        pass

    def enough(part: Evaluation) -> None:
        if part.maps[Quantity.SSIM].size:
            raise EnoughError

    with pytest.raises(EnoughError):
        evaluate(Ssim().bind(PAIR[0]), PAIR[1], [Quantity.SSIM], grown=enough)
