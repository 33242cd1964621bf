"""Driving the window of an experiment with several runs as a person does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from ssim_viewer.session import intents
from ssim_viewer.session.multi_run import MultiRun, RunPlan, multi_run_of
from ssim_viewer.session.run_actions import ChangeSettings
from ssim_viewer.session.run_group import RunGroup
from ssim_viewer.ui.experiments.multi_run_window import MultiRunWindow
from tests.app.conftest import Driver


class Laboratory:
    """A window of several runs, open over a small pair."""

    def __init__(self, driver: Driver, plan: RunPlan[Any], name: str) -> None:
        self.driver, self.plan = driver, plan
        driver.trigger(f"open_{name}")

    @property
    def window(self) -> MultiRunWindow[Any]:
        window = self.driver.program.features[self.plan.id].window
        assert isinstance(window, MultiRunWindow)
        return window

    @property
    def state(self) -> MultiRun[Any]:
        return multi_run_of(self.driver.session, self.plan)

    @property
    def group(self) -> RunGroup[Any]:
        assert self.state.group is not None
        return self.state.group

    @property
    def notice(self) -> str:
        return self.state.notice.text if self.state.notice else ""

    def want(self, action: object) -> None:
        """Want something in this window, and wait for it."""
        self.window.intended.emit(action)
        self.driver.settle()

    def set_up(self, **changes: Any) -> None:
        self.want(ChangeSettings(replace(self.state.settings, **changes)))

    def step(self, count: int = 1) -> None:
        for _ in range(count):
            self.want(intents.StepOnce())

    def play_until(self, step: int) -> None:
        self.window.intended.emit(intents.Play())
        self.driver.until(
            lambda: (
                self.state.group is not None
                and all(run.step >= step or run.ended for run in self.group.runs)
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
