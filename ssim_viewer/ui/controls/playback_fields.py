"""How a climb is played: its speed, its last step, its end for the eye, and the branches left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ssim_viewer.session.family import symbol_of
from ssim_viewer.session.intents import ChangePlayback, ChooseBranch
from ssim_viewer.session.playback import SPEEDS, STILL_LEVELS, STILL_STEPS, Playback
from ssim_viewer.session.run import VALUE
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin, Switch
from ssim_viewer.ui.controls.numbers import score
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.run import Run
    from ssim_viewer.session.state import Session


class PlaybackFields(QWidget):
    """Shows how a climb is played, and changes it.

    Signals
    -------
    intended
        Carries `ChangePlayback` or `ChooseBranch`.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._playback = Playback()
        self._branches: tuple[Run, ...] = ()
        tip = tr("How many steps Play makes a second. Hold Right to make them one by one.")
        self._speed = speed_choice("transport_speed", tip)
        self._limit = _limit_spin()
        self._still = _still_switch()
        self._branch = QComboBox()
        name_control(
            self._branch,
            "transport_branch",
            tr("Branches"),
            tr("Go back to a branch that was left; a click on its thin curve does the same."),
        )
        self._lay_out()
        self._speed.chosen.connect(
            lambda speed: self._change(replace(self._playback, steps_per_second=speed))
        )
        self._limit.valueChanged.connect(
            lambda value: self._change(replace(self._playback, step_limit=round(value)))
        )
        self._still.toggled.connect(
            lambda on: self._change(replace(self._playback, stop_when_still=on))
        )
        self._branch.activated.connect(self._choose)

    def show_session(self, session: Session) -> None:
        """Show the playback and the branches of a session."""
        if session.playback is not self._playback:
            self._playback = session.playback
            self._speed.show_value(self._playback.steps_per_second)
            self._limit.show_value(self._playback.step_limit)
            self._still.show_value(self._playback.stop_when_still)
        if session.document.branches is not self._branches:
            self._branches = session.document.branches
            self._show_branches(symbol_of(session.document.driver))

    def _show_branches(self, symbol: str) -> None:
        with QSignalBlocker(self._branch):
            self._branch.clear()
            count = len(self._branches)
            one, several = (
                tr("1 branch left: go to…"),
                tr("{count} branches left: go to…", count=count),
            )
            self._branch.addItem(one if count == 1 else several)
            for run in self._branches:
                value = score(float(run.trace[-1, VALUE]))
                self._branch.addItem(
                    tr(
                        "{last} steps, to {symbol} {value}",
                        last=run.last,
                        symbol=symbol,
                        value=value,
                    )
                )
        self._branch.setVisible(bool(self._branches))

    def _choose(self, index: int) -> None:
        with QSignalBlocker(self._branch):
            self._branch.setCurrentIndex(0)
        if index > 0:
            self.intended.emit(ChooseBranch(index - 1))

    def _change(self, playback: Playback) -> None:
        if playback != self._playback:
            self.intended.emit(ChangePlayback(playback))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._speed, 1)
        row.addWidget(self._limit, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._still)
        column.addWidget(self._branch)
        self._branch.hide()


def speed_choice(name: str, tip: str) -> Choice:
    """Return a choice of steps a second, None for as many as possible."""
    slow = [
        (tr("1 step/s") if speed == 1 else tr("{speed:g} steps/s", speed=speed), speed)
        for speed in SPEEDS
    ]
    choice = Choice([(tr("Full speed"), None), *reversed(slow)])
    name_control(choice, name, tr("Speed"), tip)
    return choice


def _limit_spin() -> NumberSpin:
    spin = NumberSpin(0, 1e6, decimals=0)
    spin.setPrefix(tr("to step "))
    spin.setSpecialValueText(tr("no step limit"))
    spin.setSingleStep(10)
    tip = tr("The step at which Play stops; 0 sets no limit.")
    name_control(spin, "transport_limit", tr("Step limit"), tip)
    return spin


def _still_switch() -> Switch:
    switch = Switch(tr("Stop when nothing visible changes"))
    switch.setChecked(True)
    tip = tr(
        "Stop once {still_steps} steps together move the image by less than {still_levels:g} grey"
        " levels (RMS) and hardly change the score.",
        still_steps=STILL_STEPS,
        still_levels=STILL_LEVELS,
    )
    name_control(switch, "transport_stop_when_still", tr("Stop when nothing visible changes"), tip)
    return switch
