"""Driving an experiment's own window as a person does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from ssim_viewer.app.benches import BenchController
from ssim_viewer.session import benches, intents
from ssim_viewer.session.bench_intents import SetUp
from ssim_viewer.session.benches import Which
from ssim_viewer.session.lanes import Course
from ssim_viewer.session.plate import Plate
from ssim_viewer.session.race import Race
from ssim_viewer.ui.experiments.bench_window import BenchWindow
from tests.app.conftest import Driver


class Laboratory:
    """A window of several runs, open over a small pair."""

    def __init__(self, driver: Driver, which: Which) -> None:
        self.driver, self.which = driver, which
        driver.trigger(f"open_{which}")
        self.controller: BenchController = getattr(driver.program, which)

    @property
    def window(self) -> BenchWindow:
        assert self.controller.window is not None
        return self.controller.window

    @property
    def bench(self) -> Plate | Race:
        return benches.bench_of(self.driver.session, self.which)

    @property
    def course(self) -> Course:
        assert self.bench.course is not None
        return self.bench.course

    @property
    def notice(self) -> str:
        return self.bench.notice.text if self.bench.notice else ""

    def want(self, intent: object) -> None:
        """Want something in this window, and wait for it."""
        self.window.intended.emit(intent)
        self.driver.settle()

    def set_up(self, **changes: Any) -> None:
        self.want(SetUp(replace(self.bench.settings, **changes)))

    def step(self, count: int = 1) -> None:
        for _ in range(count):
            self.want(intents.StepOnce())

    def play_until(self, step: int) -> None:
        self.window.intended.emit(intents.Play())
        self.driver.until(
            lambda: (
                self.bench.course is not None
                and all(lane.step >= step or lane.ended for lane in self.course.lanes)
            )
        )

    def press(self, name: str) -> None:
        kinds: tuple[type[QPushButton] | type[QToolButton], ...] = (QPushButton, QToolButton)
        button = next(
            found for kind in kinds if (found := self.window.findChild(kind, name)) is not None
        )
        button.click()

    def text(self, name: str) -> str:
        label = self.window.findChild(QLabel, name)
        assert label is not None
        return label.text()
