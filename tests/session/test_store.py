"""The store publishes every change once and brings back documents in order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication

from ssim_viewer.metrics import Quantity
from ssim_viewer.session import intents
from ssim_viewer.session.state import DEFAULT_METRIC, Layout, Session
from ssim_viewer.session.store import Store
from ssim_viewer.session.transitions import reduce, working

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def set_sigma(store: Store, sigma: float) -> None:
    intent = intents.ChangeMetric(replace(DEFAULT_METRIC, sigma=sigma))
    store.apply(partial(reduce, intent=intent), undo="metric")


@pytest.fixture
def store(qtbot: QtBot) -> Store:
    return Store()


def test_every_change_is_published_once(store: Store, qtbot: QtBot) -> None:
    published: list[Session] = []
    store.changed.connect(published.append)
    set_sigma(store, 2.0)
    assert [session.document.metric.sigma for session in published] == [2.0]


def test_a_transition_that_changes_nothing_is_not_published(store: Store, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(store.changed):
        store.apply(lambda session: session)


def test_results_that_come_in_together_are_published_once(store: Store, qtbot: QtBot) -> None:
    published: list[Session] = []
    store.changed.connect(published.append)
    for busy in ("one", "two", "three"):
        store.apply(partial(working, text=busy), soon=True)
    assert store.session.busy == "three"
    assert not published
    assert not store.told
    qtbot.waitUntil(lambda: store.told)
    assert [session.busy for session in published] == ["three"]


def test_what_a_person_does_is_published_at_once_with_what_has_come_in(
    store: Store, qtbot: QtBot
) -> None:
    published: list[Session] = []
    store.changed.connect(published.append)
    store.apply(partial(working, text="one"), soon=True)
    set_sigma(store, 2.0)
    assert [session.busy for session in published] == ["one"]
    assert store.told
    QCoreApplication.processEvents()
    assert len(published) == 1


def test_undo_and_redo_walk_the_same_way_back_and_forth(store: Store) -> None:
    for sigma in (2.0, 2.5):
        set_sigma(store, sigma)
        store.settle()
    store.undo()
    assert store.session.document.metric.sigma == 2.0
    store.undo()
    assert store.session.document.metric.sigma == 1.5
    store.redo()
    store.redo()
    assert store.session.document.metric.sigma == 2.5
    store.redo()
    assert store.session.document.metric.sigma == 2.5


def test_the_drag_of_a_slider_is_one_change(store: Store) -> None:
    for sigma in (1.6, 1.7, 1.8):
        set_sigma(store, sigma)
    store.undo()
    assert store.session.document.metric.sigma == 1.5
    assert store.session.undo_name == ""


def test_undo_says_what_it_takes_back(store: Store) -> None:
    set_sigma(store, 2.0)
    assert store.session.undo_name == "metric"
    store.undo()
    assert (store.session.undo_name, store.session.redo_name) == ("", "metric")


def test_a_change_after_undo_forgets_what_was_undone(store: Store) -> None:
    set_sigma(store, 2.0)
    store.undo()
    set_sigma(store, 3.0)
    assert store.session.redo_name == ""


def test_undo_leaves_the_way_of_looking_alone(store: Store) -> None:
    set_sigma(store, 2.0)
    store.apply(partial(reduce, intent=intents.ChooseLayout(Layout.TWO)))
    store.apply(partial(reduce, intent=intents.ChooseQuantity(0, Quantity.GRADIENT)))
    store.undo()
    assert store.session.look.layout is Layout.TWO
    assert store.session.look.panes[0] is Quantity.GRADIENT
