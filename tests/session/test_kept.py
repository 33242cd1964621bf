"""Measurements of what was left: brought back with their document, and never beyond a budget."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import MappingProxyType

import numpy as np
import pytest

from ssim_viewer.compute.memory_budget import MemoryBudget
from ssim_viewer.features.climb import changes
from ssim_viewer.images import Image, align_pair, image_from_array
from ssim_viewer.metrics import Layer, Quantity, evaluate
from ssim_viewer.session import intents, opening, transitions
from ssim_viewer.session.measurement import (
    PIXELS,
    MapKey,
    Measurements,
    SsimMeasurement,
    ssim_measurement,
)
from ssim_viewer.session.state import Opened, Session
from ssim_viewer.session.store import Store
from ssim_viewer.synthesis import Step
from ssim_viewer.ui.pane.pane_content import note_of

REFERENCE = image_from_array(np.arange(24 * 24, dtype=np.uint8).reshape(24, 24), "reference")


def image(value: int) -> Image:
    return image_from_array(np.full((24, 24), value, np.uint8), f"image {value}")


def measured(session: Session) -> Session:
    """Return the session measured, as a worker would."""
    document = session.document
    assert document.pair is not None
    assert document.shown is not None
    bound = document.metric.bind(document.pair.reference.pixels)
    found = evaluate(bound, document.shown)
    result = ssim_measurement(document.pair.reference.pixels, document.shown, found)
    return transitions.measured(session, result)


def open_and_measure(store: Store, distorted: Image) -> SsimMeasurement:
    opened = Opened(REFERENCE, distorted)
    pair = align_pair(REFERENCE, distorted)
    store.apply(partial(opening.paired, opening=opened, pair=pair), undo=distorted.name)
    store.apply(measured)
    assert store.session.measured is not None
    return store.session.measured


@pytest.fixture
def budget(monkeypatch: pytest.MonkeyPatch) -> MemoryBudget:
    """A budget that nothing of earlier tests is kept by."""
    budget = MemoryBudget()
    for room in ("kept", "store", "undo"):
        monkeypatch.setattr(f"ssim_viewer.session.{room}.BUDGET", budget)
    return budget


@pytest.fixture
def store(qapp: object) -> Store:
    return Store()


def test_undo_and_redo_bring_the_measurements_of_both_pairs_back(store: Store) -> None:
    first, second = (open_and_measure(store, image(value)) for value in (10, 20))
    store.undo()
    assert store.session.measured is first
    store.redo()
    assert store.session.measured is second


def test_what_leaves_the_screen_goes_when_there_is_no_room_for_it(
    budget: MemoryBudget, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    array = np.zeros((64, 64))
    layers: dict[MapKey, Layer] = {Quantity.SSIM: Layer(array, PIXELS)}
    shown = replace(open_and_measure(store, image(1)), maps=MappingProxyType(layers))
    store.apply(partial(transitions.measured, result=shown))
    before = budget.size
    held = budget.keep(array, [array])
    assert budget.size == before  # it is on screen
    monkeypatch.setattr(budget, "limit", lambda: before)
    store.apply(lambda session: replace(session, measurements=Measurements()))
    assert budget.size <= before
    assert held.value is None


def test_kept_measurements_stay_within_their_budget(
    budget: MemoryBudget, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_and_measure(store, image(1))
    before = budget.size
    open_and_measure(store, image(2))
    each = budget.size - before
    assert each > 0
    limit = before + 3 * each
    monkeypatch.setattr(budget, "limit", lambda: limit)
    for value in range(3, 12):
        open_and_measure(store, image(value))
        assert budget.size <= limit
    kept = [held.value for held in store.session.kept if held.value is not None]
    assert len(kept) >= 2
    assert kept[-1].pair.distorted.name == "image 10"
    for value in (10, 9):
        store.undo()
        shown = store.session.document.pair
        assert shown is not None
        assert shown.distorted.name == f"image {value}"


def test_a_measurement_that_was_dropped_leaves_no_number_of_another_pair(store: Store) -> None:
    for value in (10, 20):
        open_and_measure(store, image(value))
    for held in store.session.kept:
        held.drop()
    store.undo()
    assert store.session.measured is None
    assert store.session.pictured is None


def test_a_slider_that_moves_keeps_one_measurement_and_not_each(store: Store) -> None:
    first = open_and_measure(store, image(10))
    for sigma in (1.6, 1.7, 1.8, 1.9):
        metric = replace(store.session.document.metric, sigma=sigma)
        change = partial(transitions.reduce, intent=intents.ChangeMetric(metric))
        store.apply(change, undo="metric")
        store.apply(measured)
    assert [held.value.measured for held in store.session.kept if held.value] == [first]
    store.undo()
    assert store.session.measured is first


def test_a_step_that_is_not_measured_yet_says_so(store: Store) -> None:
    open_and_measure(store, image(10))
    steps = [Step(i, np.full((24, 24), 30.0 + i), 0.5, 100.0, 1.0, 1.0) for i in range(4)]
    store.apply(partial(changes.advanced, steps=steps))
    store.apply(measured)
    assert note_of(store.session, Quantity.DISTORTED) == "step 3"
    store.apply(partial(changes.scrubbed_to, index=1))
    assert note_of(store.session, Quantity.DISTORTED) == "measuring step 1…"
    store.apply(measured)
    assert note_of(store.session, Quantity.DISTORTED) == "step 1"
