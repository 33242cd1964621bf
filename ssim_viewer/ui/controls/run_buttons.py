"""The buttons that drive several runs at once, and how far they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.session.intents import Cancel, Pause, Play, ResetRun, StepOnce
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from ssim_viewer.ui.theme.colors import Colors


class RunButtons(QWidget):
    """Reset, play or pause, one step, cancel; below them progress and a few words.

    Signals
    -------
    intended
        Carries `ResetRun`, `Play`, `Pause`, `StepOnce` or `Cancel`.

    Parameters
    ----------
    name
        The object name; its parts are called after it.
    """

    intended = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._playing = False
        self._colors = LIGHT
        self._reset = self._tool(
            name, "reset", tr("Reset"), tr("Take the runs and their traces away.")
        )
        self._step = self._tool(name, "step", tr("One step"), tr("Make one step of every run."))
        self._cancel = self._tool(
            name,
            "cancel",
            tr("Cancel"),
            tr("End the runs at once; the images stay, and Play begins anew from the start."),
        )
        self._play = QPushButton(tr("Play"))
        self._play.setIconSize(QSize(20, 20))
        self._play.setMinimumHeight(32)
        self._play.setAutoDefault(False)
        self._play.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name_control(self._play, f"{name}_play", tr("Play"), _PLAY_TIP)
        self._reset.clicked.connect(lambda: self.intended.emit(ResetRun()))
        self._step.clicked.connect(lambda: self.intended.emit(StepOnce()))
        self._cancel.clicked.connect(lambda: self.intended.emit(Cancel()))
        self._play.clicked.connect(lambda: self.intended.emit(Pause() if self._playing else Play()))
        self._progress = QProgressBar()
        self._progress.setObjectName(f"{name}_progress")
        self._progress.setAccessibleName(tr("How far the runs are"))
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        self._words = muted_label(wrap=True)
        self._words.setObjectName(f"{name}_words")
        self._words.setMinimumHeight(2 * self._words.fontMetrics().height())
        self.setFocusProxy(self._play)
        self._lay_out()

    def show_state(self, *, ready: bool, playing: bool, begun: bool, goes_on: bool) -> None:
        """Show what can be done now."""
        if playing is not self._playing:
            self._playing = playing
            self._show_playing()
        self._play.setEnabled(ready)
        self._step.setEnabled(ready and not playing)
        self._reset.setEnabled(begun or playing)
        self._cancel.setEnabled(playing or goes_on)

    def show_progress(self, *, working: bool, fraction: float | None, words: str) -> None:
        """Show how far the runs are, where that can be told, and say it."""
        unknown = working and fraction is None
        self._progress.setRange(0, 0 if unknown else 100)
        self._progress.setValue(round(100 * (fraction or 0.0)))
        self._words.setText(tr(words))

    def restyle(self, colors: Colors) -> None:
        """Paint the icons in a theme's colours."""
        self._colors = colors
        self._reset.setIcon(themed_icon("skip-backward", colors))
        self._step.setIcon(themed_icon("step-forward", colors))
        self._cancel.setIcon(themed_icon("stop", colors))
        self._progress.setStyleSheet(
            f"QProgressBar {{ background: {colors.line}; border: none; border-radius: 3px; }}"
            f"QProgressBar::chunk {{ background: {colors.accent}; border-radius: 3px; }}"
        )
        self._show_playing()

    def _show_playing(self) -> None:
        self._play.setText(tr("Pause") if self._playing else tr("Play"))
        self._play.setAccessibleName(self._play.text())
        self._play.setToolTip(tr(_PAUSE_TIP if self._playing else _PLAY_TIP))
        self._play.setIcon(themed_icon("pause" if self._playing else "play", self._colors))

    def _tool(self, name: str, part: str, title: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(20, 20))
        button.setMinimumHeight(32)
        name_control(button, f"{name}_{part}", title, tip)
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._reset, self._play, self._step, self._cancel):
            buttons.addWidget(button, int(button is self._play))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(buttons)
        column.addWidget(self._progress)
        column.addWidget(self._words)


_PLAY_TIP = QT_TR_NOOP("Let all runs go on, a step of each in turn, until they end or are paused.")
_PAUSE_TIP = QT_TR_NOOP("Pause all runs; Play goes on where they stand.")
