"""Metrics beside SSIM: shown, climbed by, and switched off when they fail."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Event
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pytest

from ssim_viewer.metrics import Layer, MapGeometry, MetricContext, MetricEntry, MsSsim, find
from ssim_viewer.session import intents
from ssim_viewer.session.family import GRADIENT, MetricLayer
from ssim_viewer.synthesis import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.session.measurement import Measurements
    from tests.app.conftest import Driver


def family_of(driver: Driver) -> Measurements:
    return driver.session.measurements


def test_a_metric_that_is_shown_is_measured(driver: Driver) -> None:
    driver.want(intents.ShowMetrics(("ms-ssim", "gmsd")))
    measured = driver.session.measured
    assert measured is not None
    expected = (
        find("ms-ssim")
        .make(MetricContext(255.0, "luma", driver.session.document.metric))
        .bind(measured.reference)
        .value(measured.distorted)
    )
    assert family_of(driver).values["ms-ssim"] == pytest.approx(expected, abs=1e-12)
    assert "gmsd" in family_of(driver).values


def test_a_pane_can_show_any_map_of_a_metric(driver: Driver) -> None:
    scale = MetricLayer("ms-ssim", "scale 1")
    driver.want(intents.ChooseQuantity(2, scale))
    assert scale in family_of(driver).layers
    driver.window.panes.repaint()


def test_the_gradient_of_a_metric_is_computed_when_a_pane_shows_it(driver: Driver) -> None:
    gradient = MetricLayer("ms-ssim", GRADIENT)
    driver.want(intents.ShowMetrics(("ms-ssim",)))
    assert gradient not in family_of(driver).layers
    driver.want(intents.ChooseQuantity(2, gradient))
    assert family_of(driver).layers[gradient].values.shape == (64, 64)


def test_the_climb_follows_the_metric_that_drives(driver: Driver) -> None:
    driver.want(intents.ChooseDriver("ms-ssim"))
    for _ in range(3):
        driver.want(intents.StepOnce())
    run = driver.session.document.run
    assert run is not None
    assert np.all(np.diff(run.trace[:, 2]) < 0)
    assert run.trace[-1, 2] == pytest.approx(family_of(driver).values["ms-ssim"], abs=1e-9)
    assert np.ptp(run.trace[:, 1]) < 1e-9 * run.trace[0, 1]


def test_an_error_metric_is_climbed_towards_better_quality(driver: Driver) -> None:
    driver.want(intents.ChooseDriver("gmsd"))
    experiment = replace(driver.session.document.experiment, direction=Direction.ASCENT)
    driver.want(intents.ChangeExperiment(experiment))
    for _ in range(3):
        driver.want(intents.StepOnce())
    run = driver.session.document.run
    assert run is not None
    assert run.trace[-1, 2] < run.trace[0, 2]


def test_another_driver_begins_anew_and_can_be_undone(driver: Driver) -> None:
    driver.want(intents.StepOnce())
    driver.want(intents.ChooseDriver("ms-ssim"))
    assert driver.session.document.run is None
    driver.want(intents.Undo())
    assert driver.session.document.driver == "ssim"
    assert driver.session.document.run is not None


@dataclass(frozen=True)
class Faulty:
    """A metric as a plug-in might bring it."""

    returns: float | None
    higher_is_better: ClassVar[bool] = True

    def bind(self, reference: ArrayLike) -> Faulty:
        return self

    def value(self, distorted: ArrayLike) -> float:
        if self.returns is None:
            raise RuntimeError("the model file is missing")
        return self.returns

    def map(self, distorted: ArrayLike) -> NDArray[np.float64]:
        return np.zeros((2, 2))

    def layers(self, distorted: ArrayLike) -> Mapping[str, Layer]:
        return {"map": Layer(self.map(distorted), MapGeometry(0.0, 32))}

    def value_and_gradient(self, distorted: ArrayLike) -> tuple[float, NDArray[np.float64]]:
        return self.value(distorted), np.zeros(np.shape(distorted))


@pytest.mark.parametrize(
    ("returns", "reason"), [(None, "the model file is missing"), (float("nan"), "NaN")]
)
def test_a_metric_that_fails_is_named_and_switched_off_and_nothing_else_is_disturbed(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, returns: float | None, reason: str
) -> None:
    entry = MetricEntry(
        name="faulty",
        title="Faulty",
        symbol="FAULTY",
        make=lambda _: Faulty(returns),
        summary="",
        source="",
        higher_is_better=True,
    )
    known = find

    def finding(name: str) -> MetricEntry:
        return entry if name == "faulty" else known(name)

    for module in ("ssim_viewer.session.family", "ssim_viewer.jobs.measuring"):
        monkeypatch.setattr(f"{module}.find", finding)
    driver.want(intents.ShowMetrics(("ms-ssim", "faulty")))
    assert "FAULTY" in driver.notice
    assert reason in driver.notice
    assert driver.session.look.metrics == ("ms-ssim",)
    assert family_of(driver).values.keys() >= {"ms-ssim"}


def test_an_image_too_small_for_five_scales_is_measured_with_fewer(driver: Driver) -> None:
    assert MsSsim().bind(np.zeros((64, 64))).value(np.zeros((64, 64))) == 1.0
    driver.want(intents.ShowMetrics(("ms-ssim",)))
    assert 0 < family_of(driver).values["ms-ssim"] < 1


def test_only_what_is_missing_is_measured(driver: Driver) -> None:
    driver.want(intents.ShowMetrics(("ms-ssim", "cw-ssim")))
    before = family_of(driver).others
    driver.want(intents.ShowMetrics(("ms-ssim", "cw-ssim", "gmsd")))
    after = family_of(driver).others
    assert set(after) == {"ms-ssim", "cw-ssim", "gmsd"}
    assert after["ms-ssim"] is before["ms-ssim"]
    driver.want(intents.ChangeMetricSettings("cw-ssim", {"levels": 3}))
    assert family_of(driver).others["gmsd"] is after["gmsd"]
    assert family_of(driver).others["cw-ssim"] is not after["cw-ssim"]
    driver.want(intents.ChooseQuantity(2, MetricLayer("gmsd", GRADIENT)))
    assert family_of(driver).others["ms-ssim"] is before["ms-ssim"]
    assert MetricLayer("gmsd", GRADIENT) in family_of(driver).layers


def test_a_metric_is_shown_while_a_slower_one_is_still_being_measured(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssim_viewer.jobs.measuring.NEXT_INTERVAL", 0.0)
    known, go = find, Event()
    slow = MetricEntry(
        "slow", "Slow", "SLOW", lambda _: Waiting(0.5, go), "", "", higher_is_better=True
    )
    for module in ("ssim_viewer.session.family", "ssim_viewer.jobs.measuring"):
        monkeypatch.setattr(f"{module}.find", lambda name: slow if name == "slow" else known(name))
    driver.window.intended.emit(intents.ShowMetrics(("gmsd", "slow")))
    driver.until(lambda: "gmsd" in driver.session.measurements.values)
    assert "slow" not in driver.session.measurements.values
    go.set()
    driver.settle()
    assert driver.session.measurements.values["slow"] == 0.5


@dataclass(frozen=True)
class Waiting(Faulty):
    """A metric that takes until the test lets it go."""

    go: Event = field(default_factory=Event, compare=False)

    def value(self, distorted: ArrayLike) -> float:
        assert self.go.wait(20)
        return super().value(distorted)
