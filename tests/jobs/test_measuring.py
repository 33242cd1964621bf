"""The measurement of a large pair tells what is there of it, while nothing else is on screen."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.compute import tiles
from ssim_viewer.jobs import requests
from ssim_viewer.jobs.requests import wanted_measurement
from ssim_viewer.metrics import Quantity
from ssim_viewer.session import state
from ssim_viewer.session.state import Measured
from tests.ui.pairs import session_of, texture

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "LARGE", 500_000)
    monkeypatch.setattr(requests, "PART_INTERVAL", 0.0)
    monkeypatch.setattr(tiles, "THREADS", 1)  # so that every tile is told of


@pytest.fixture(scope="module")
def session() -> Session:
    """A pair that nothing was measured of."""
    return replace(session_of(texture(300, 2100), texture(300, 2100, seed=1)), measured=None)


def test_what_is_told_of_a_large_pair_grows_into_the_result(session: Session) -> None:
    request = wanted_measurement(session)
    assert request is not None
    told: list[tuple[float, object]] = []

    def report(fraction: float, part: object = None, /) -> None:
        told.append((fraction, part))

    whole = request.run(report)
    parts = [part for _, part in told if isinstance(part, Measured)]
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert parts[0].evaluation.maps[Quantity.SSIM].size == 0
    assert len(parts) > 2
    for before, after in pairwise((*parts, whole)):
        assert before.evaluation.missing > after.evaluation.missing
    last, ssim = parts[-1], Quantity.SSIM
    for early, late in zip(last.pyramids[ssim].levels, whole.pyramids[ssim].levels, strict=True):
        assert np.array_equal(early, late[: len(early)])


def test_what_is_on_screen_of_the_pair_is_not_replaced_by_a_part(session: Session) -> None:
    request = wanted_measurement(session)
    assert request is not None
    assert request.in_parts
    measured = request.run(lambda *_: None)
    metric = replace(session.document.metric, sigma=2.0)
    moved = replace(session, measured=measured, document=replace(session.document, metric=metric))
    again = wanted_measurement(moved)
    assert again is not None
    assert not again.in_parts


def test_a_small_pair_comes_as_a_whole() -> None:
    request = wanted_measurement(replace(session_of(), measured=None))
    assert request is not None
    assert not request.in_parts
