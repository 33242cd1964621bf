"""While the settings of a large pair change, maps are seen coarsely at once, then whole."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from ssim_viewer import metrics
from ssim_viewer.jobs import measuring
from ssim_viewer.metrics import Quantity, Ssim
from ssim_viewer.metrics.measuring import measure
from ssim_viewer.session import intents
from ssim_viewer.session.map_key import FIRST_MAP, MetricLayer
from ssim_viewer.session.previewing import preview_of
from ssim_viewer.ui.pane.pane_content import content_picture, note_of, shown_title
from tests.app.conftest import Driver


class Gate:
    """Holds measurements back while it is closed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._open = threading.Event()
        self._open.set()
        evaluate = metrics.evaluate

        def held(*arguments: Any, **named: Any) -> Any:
            self._open.wait(30)
            return evaluate(*arguments, **named)

        def held_other(*arguments: Any, **named: Any) -> Any:
            self._open.wait(30)
            return measure(*arguments, **named)

        monkeypatch.setattr(measuring, "evaluate", held)
        monkeypatch.setattr(measuring, "measure", held_other)

    def close(self) -> None:
        self._open.clear()

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def gate(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("ssim_viewer.session.document.LARGE", 100)
    made = Gate(monkeypatch)
    yield made
    made.open()
    driver.settle()


def change_sigma(driver: Driver, sigma: float) -> None:
    metric = replace(driver.session.document.metric, sigma=sigma)
    driver.window.intended.emit(intents.ChangeMetric(metric))


def pixels(driver: Driver) -> Any:
    return driver.window.panes.panes[2].canvas.grab().toImage()


def test_a_coarse_map_of_the_new_settings_is_seen_before_it_is_measured(
    driver: Driver, gate: Gate
) -> None:
    before = pixels(driver)
    gate.close()
    change_sigma(driver, 0.8)
    driver.until(lambda: preview_of(driver.session, Quantity.SSIM) is not None)
    coarse = content_picture(driver.session, Quantity.SSIM)
    assert coarse is not None
    assert coarse.side == 2
    assert "1 of 4 windows" in note_of(driver.session, Quantity.SSIM)
    assert pixels(driver) != before
    gate.open()
    driver.settle()
    whole = content_picture(driver.session, Quantity.SSIM)
    assert whole is not None
    assert whole.side == 1
    assert driver.session.preview is None
    np.testing.assert_allclose(
        np.asarray(coarse.values), np.asarray(whole.values)[::2, ::2], atol=2e-4
    )


def test_a_map_of_any_metric_is_seen_coarsely_while_its_settings_change(
    driver: Driver, gate: Gate
) -> None:
    wanted, shown = MetricLayer("gmsd", FIRST_MAP), MetricLayer("gmsd", "gradient similarity")
    driver.want(intents.ChooseQuantity(2, wanted))
    before = content_picture(driver.session, wanted)
    assert before is not None
    gate.close()
    driver.window.intended.emit(intents.ChangeMetricSettings("gmsd", {"c": 20.0}))
    driver.until(lambda: preview_of(driver.session, shown) is not None)
    coarse = content_picture(driver.session, wanted)
    assert coarse is not None
    assert coarse.side == 2 * before.side
    assert note_of(driver.session, wanted) == "1/2 of the size…"
    assert shown_title(driver.session, wanted) == "GMSD · gradient similarity (16×16, coarse)"
    gate.open()
    driver.settle()
    whole = content_picture(driver.session, wanted)
    assert whole is not None
    assert whole.side == before.side
    assert driver.session.preview is None


def test_the_latest_settings_are_those_that_are_seen(driver: Driver, gate: Gate) -> None:
    gate.close()
    for sigma in (0.8, 1.1, 2.5):
        change_sigma(driver, sigma)
    driver.until(lambda: preview_of(driver.session, Quantity.SSIM) is not None)
    preview = preview_of(driver.session, Quantity.SSIM)
    assert preview is not None
    assert cast("Ssim", preview.metrics["ssim"]).sigma == 2.5


def test_a_small_pair_needs_no_first_look(driver: Driver) -> None:
    seen: list[object] = []
    driver.program.store.changed.connect(lambda session: seen.append(session.preview))
    change_sigma(driver, 0.8)
    driver.settle()
    assert seen
    assert set(seen) == {None}
