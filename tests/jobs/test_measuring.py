"""The measurement of a large pair tells what is there of it, while nothing else is on screen."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, cast

import numpy as np
import pytest

from ssim_viewer.compute import tiles
from ssim_viewer.jobs import measuring
from ssim_viewer.jobs.measuring import (
    MeasureRequest,
    WantedMetric,
    WantedSsim,
    missing_measurement,
    missing_others,
)
from ssim_viewer.metrics import Layer, Quantity, Ssim, evaluate
from ssim_viewer.metrics.protocol import PassResult
from ssim_viewer.session import document
from ssim_viewer.session.map_key import GRADIENT, MetricLayer
from ssim_viewer.session.measurement import PIXELS, Measurement, Measurements, ssim_measurement
from tests.ui.pairs import session_of, texture

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from numpy.typing import ArrayLike

    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.state import Session


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LARGE", 500_000)
    monkeypatch.setattr(measuring, "PART_INTERVAL", 0.0)
    monkeypatch.setattr(tiles, "THREADS", 1)  # so that every tile is told of


@pytest.fixture(scope="module")
def session() -> Session:
    """A pair that nothing was measured of."""
    return replace(
        session_of(texture(300, 2100), texture(300, 2100, seed=1)), measurements=Measurements()
    )


def is_in_parts(request: MeasureRequest) -> bool:
    (wanted,) = request.wanted
    assert isinstance(wanted, WantedSsim)
    return wanted.in_parts


def test_what_is_told_of_a_large_pair_grows_into_the_result(session: Session) -> None:
    request = missing_measurement(session)
    assert request is not None
    told: list[tuple[float, object]] = []

    def report(fraction: float, part: object = None, /) -> None:
        told.append((fraction, part))

    (whole,) = request.run(report)
    parts = [part for _, part in told if isinstance(part, Measurement)]
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert parts[0].maps[Quantity.SSIM].values.size == 0
    assert len(parts) > 2
    for before, after in pairwise((*parts, whole)):
        assert before.missing > after.missing
    last, ssim = parts[-1], Quantity.SSIM
    for early, late in zip(last.pyramids[ssim].levels, whole.pyramids[ssim].levels, strict=True):
        assert np.array_equal(early, late[: len(early)])


def test_what_is_on_screen_of_the_pair_is_not_replaced_by_a_part(session: Session) -> None:
    request = missing_measurement(session)
    assert request is not None
    assert is_in_parts(request)
    measured = cast("SsimMeasurement", request.run(lambda *_: None)[0])
    metric = replace(session.document.metric, sigma=2.0)
    there = Measurements(measured)
    document = replace(session.document, metric=metric)
    moved = replace(session, measurements=there, document=document)
    again = missing_measurement(moved)
    assert again is not None
    assert not is_in_parts(again)


def test_a_small_pair_comes_as_a_whole() -> None:
    request = missing_measurement(replace(session_of(), measurements=Measurements()))
    assert request is not None
    assert not is_in_parts(request)


class Rows:
    """A metric of somebody else that makes its map row after row, and tells of it."""

    higher_is_better: ClassVar[bool] = True

    def bind(self, reference: ArrayLike, /) -> BoundRows:
        return BoundRows(np.asarray(reference, np.float64))


class BoundRows:
    def __init__(self, reference: np.ndarray) -> None:
        self._reference = reference

    def value(self, distorted: ArrayLike, /) -> float:
        return float(self.map(distorted).mean())

    def map(self, distorted: ArrayLike, /) -> np.ndarray:
        return np.asarray(np.abs(np.asarray(distorted, np.float64) - self._reference))

    def value_and_gradient(self, distorted: ArrayLike, /) -> tuple[float, np.ndarray]:
        raise NotImplementedError

    def layers(self, distorted: ArrayLike, /) -> dict[str, Layer]:
        raise NotImplementedError

    def one_pass(
        self,
        distorted: ArrayLike,
        /,
        *,
        maps: Collection[str] | None = None,
        gradient: bool = False,
        report: Callable[[float], None] | None = None,
        grown: Callable[[Mapping[str, Layer]], None] | None = None,
    ) -> PassResult:
        whole = self.map(distorted)
        half = len(whole) // 2
        if report is not None:
            report(0.5)
        if grown is not None:
            grown({"error": Layer(whole[:half], PIXELS, missing=len(whole) - half)})
        return PassResult(7.0, {"error": Layer(whole, PIXELS)}, {"largest": 3.0})


def test_the_maps_of_any_metric_that_makes_them_by_and_by_are_seen_growing() -> None:
    reference, distorted = texture(40, 60), texture(40, 60, seed=1)
    wanted = WantedMetric("rows", Rows(), in_parts=True)
    told: list[Any] = []
    request = MeasureRequest(reference, distorted, (wanted,))
    (whole,) = request.run(lambda _, part=None, /: told.append(part))
    (part,) = [each for each in told if each is not None]
    name = MetricLayer("rows", "error")
    rows = part.maps[name].values
    assert part.missing == len(reference) - len(rows) > 0
    assert part.value is None
    assert not wanted.answered_by(part)
    assert (whole.missing, whole.value, whole.values["largest"]) == (0, 7.0, 3.0)
    assert np.array_equal(whole.maps[name].values[: len(rows)], rows)
    assert wanted.answered_by(whole)


def test_another_metric_of_a_large_pair_is_asked_for_parts_only_before_it_is_there(
    session: Session,
) -> None:
    pair = session.document.pair
    assert pair is not None
    arrays = pair.reference.pixels, pair.distorted.pixels
    ssim = ssim_measurement(*arrays, evaluate(Ssim().bind(arrays[0]), arrays[1]))
    shown = replace(
        session, measurements=Measurements(ssim), look=replace(session.look, metrics=("gmsd",))
    )
    first = missing_others(shown)
    assert first is not None
    assert [each.in_parts for each in first.wanted if isinstance(each, WantedMetric)] == [True]
    there = shown.measurements.with_latest(*first.run(lambda *_: None))
    gradient = replace(shown.look, panes=(MetricLayer("gmsd", GRADIENT),) * 6)
    again = missing_others(replace(shown, measurements=there, look=gradient))
    assert again is not None
    assert [each.in_parts for each in again.wanted if isinstance(each, WantedMetric)] == [False]
