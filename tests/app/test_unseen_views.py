"""A view that nobody sees costs nothing at each change, and is up to date when it is seen again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QDockWidget

from ssim_viewer.app.feature_view import UNSEEN_INTERVAL
from ssim_viewer.session import intents
from ssim_viewer.session.state import DEFAULT_METRIC, Session
from tests.app.conftest import Driver

IMAGES = ("camera-jpeg", "camera-noise", "camera-blur")


class Shown:
    """Which samples a view has been given."""

    def __init__(self, widget: Any, patched: pytest.MonkeyPatch) -> None:
        self.names: list[str] = []
        self._show = widget.show_session
        patched.setattr(widget, "show_session", self._note)

    def _note(self, session: Session) -> None:
        pair = session.document.pair
        self.names.append(pair.distorted.name if pair is not None else "")
        self._show(session)


@pytest.fixture
def samples(driver: Driver) -> list[str]:
    """Names of three samples as the session has them once they were opened."""
    names = []
    for name in IMAGES:
        driver.want(intents.OpenSample(name))
        pair = driver.session.document.pair
        assert pair is not None
        names.append(pair.distorted.name)
    return names


def test_a_closed_window_follows_now_and_then_and_at_once_when_it_is_opened_again(
    driver: Driver, samples: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.trigger("open_sweep")
    window = driver.program.features["sweep"].window
    shown = Shown(window, monkeypatch)
    window.close()
    shown.names.clear()
    driver.window.intended.emit(intents.ChangeMetric(replace(DEFAULT_METRIC, sigma=2.0)))
    assert driver.session.document.metric.sigma == 2.0
    assert not shown.names
    driver.want(intents.OpenSample(IMAGES[2]))
    driver.trigger("open_sweep")
    assert shown.names[-1] == samples[-1]
    window.close()
    shown.names.clear()
    driver.want(intents.OpenSample(IMAGES[0]))
    driver.qtbot.waitUntil(
        lambda: shown.names[-1:] == samples[:1], timeout=20 * UNSEEN_INTERVAL
    )  # so that it holds no image which is long gone


def test_a_dock_behind_another_one_is_up_to_date_when_it_comes_to_the_front(
    driver: Driver, samples: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    docks = []
    for name in ("candidates", "distributions"):
        if driver.program.features[name].window is None or not _dock(driver, name).isVisible():
            driver.trigger(f"open_{name}")
        docks.append(_dock(driver, name))
    back, front = docks
    driver.window.tabifyDockWidget(back, front)
    front.raise_()
    driver.qtbot.waitUntil(lambda: back.visibleRegion().isEmpty())
    shown = Shown(back.widget(), monkeypatch)
    driver.want(intents.OpenSample(IMAGES[1]))
    back.raise_()
    driver.qtbot.waitUntil(lambda: shown.names[-1:] == [samples[1]])


def _dock(driver: Driver, name: str) -> QDockWidget:
    dock = driver.program.features[name].window.parentWidget()
    assert isinstance(dock, QDockWidget)
    return dock
