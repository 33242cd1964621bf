"""The buttons and the slider that move along a climb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.session.intents import Pause, Play, ResetRun, ScrubTo, StepOnce
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.controls.inputs import Slider
from ssim_viewer.ui.controls.playback_fields import PlaybackFields
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT, Colors
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from ssim_viewer.session.run import Run
    from ssim_viewer.session.state import Session


class Transport(QWidget):
    """Play, pause, one step, reset, and a slider over the history.

    Space plays or pauses, Right makes one step (or goes one forward in the history), Left goes
    one back, Home and End go to the first and the latest step: while the transport has the focus,
    and wherever else in the window the key is not taken (`press`).

    Signals
    -------
    intended
        Carries `Play`, `Pause`, `StepOnce`, `ResetRun`, `ScrubTo`, `ChangePlayback` or
        `ChooseBranch`.
    settled
        The history slider was let go.
    """

    intended = Signal(object)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self.setAccessibleName(tr("Transport of the climb"))
        self._run: Run | None = None
        self._playing = False
        self._ready = False
        self._colors = LIGHT
        self._add_buttons()
        self._add_history()
        self._playback = PlaybackFields()
        self._playback.intended.connect(self.intended)
        self._lay_out()
        for part in (self._play, self._step, self._reset, self._history):
            part.setEnabled(False)
        self._history.hide()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for part in (self._reset, self._play, self._step, self._history):
            part.installEventFilter(self)

    def show_session(self, session: Session) -> None:
        """Show where the climb of a session stands."""
        self._playback.show_session(session)
        self._show_place(session)
        run, ready = session.document.run, session.document.pair is not None
        state = (ready, session.playing)
        if run is self._run and state == (self._ready, self._playing):
            return
        if session.playing is not self._playing:
            self._show_playing(playing=session.playing)
        self._run = run
        self._ready, self._playing = state
        self._play.setEnabled(ready)
        self._step.setEnabled(ready and not session.playing)
        self._reset.setEnabled(run is not None)
        self._show_history(run)

    def restyle(self, colors: Colors) -> None:
        """Paint the icons in a theme's colours."""
        self._colors = colors
        self._reset.setIcon(themed_icon("skip-backward", colors))
        self._step.setIcon(themed_icon("step-forward", colors))
        self._show_playing(playing=self._playing)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the play button; as a focus proxy it would hide reset from Tab."""
        super().focusInEvent(event)
        self._play.setFocus(event.reason())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the keys of the transport one meaning in all of its parts."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            presses_button = event.key() == Qt.Key.Key_Space and watched in {
                self._reset,
                self._step,
            }
            plain = event.modifiers() in {
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            }
            if plain and not presses_button:
                return self.press(Qt.Key(event.key()), repeated=event.isAutoRepeat())
        if event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            # A push button that saw only the release of Space would still count it as a click.
            return event.key() == Qt.Key.Key_Space and watched is self._play
        return super().eventFilter(watched, event)

    def press(self, key: Qt.Key, *, repeated: bool) -> bool:
        """Do what a key means here; return whether it means something."""
        if key == Qt.Key.Key_Space:
            if not repeated:
                self._toggle()
        elif key == Qt.Key.Key_Right:
            self._go_on()
        elif key == Qt.Key.Key_Left:
            self._scrub_by(-1)
        elif key == Qt.Key.Key_Home:
            self._scrub_to(0)
        elif key == Qt.Key.Key_End:
            self._scrub_to(self._history.maximum())
        else:
            return False
        return True

    def _add_buttons(self) -> None:
        self._reset, self._step = QToolButton(), QToolButton()
        for button in (self._reset, self._step):
            button.setIconSize(QSize(20, 20))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._play = QPushButton(tr("Play"))
        self._play.setIconSize(QSize(20, 20))
        self._play.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._play.setAutoDefault(False)
        name_control(
            self._reset,
            "transport_reset",
            tr("Reset the climb"),
            tr("Back to the start of the climb; its history is dropped."),
        )
        name_control(self._play, "transport_play", tr("Play"), _PLAY_TIP)
        name_control(
            self._step,
            "transport_step",
            tr("One step"),
            tr("Make one step of the climb (Right)."),
        )
        self._reset.clicked.connect(lambda: self.intended.emit(ResetRun()))
        self._play.clicked.connect(self._toggle)
        self._step.clicked.connect(lambda: self.intended.emit(StepOnce()))

    def _add_history(self) -> None:
        self._history = Slider()
        name_control(
            self._history,
            "transport_history",
            tr("History of the climb"),
            tr("Show any step of the climb. Playing on from an earlier one starts a new branch."),
        )
        self._history.setRange(0, 0)
        self._history.valueChanged.connect(lambda index: self.intended.emit(ScrubTo(index)))
        self._history.settled.connect(self.settled)
        self._place = muted_label(tr("No steps yet"))
        self._place.setObjectName("transport_place")
        self._hint = muted_label()
        self._hint.setObjectName("transport_hint")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._reset, self._play, self._step):
            button.setMinimumHeight(32)
            buttons.addWidget(button, 1 if button is self._play else 0)
        words = QHBoxLayout()
        words.addWidget(self._place, 1)
        words.addWidget(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(buttons)
        column.addWidget(self._history)
        column.addLayout(words)
        column.addWidget(self._playback)

    def _show_playing(self, *, playing: bool) -> None:
        self._play.setText(tr("Pause") if playing else tr("Play"))
        self._play.setAccessibleName(self._play.text())
        self._play.setToolTip(tr(_PAUSE_TIP if playing else _PLAY_TIP))
        self._play.setIcon(themed_icon("pause" if playing else "play", self._colors))

    def _show_history(self, run: Run | None) -> None:
        last = run.last if run else 0
        with QSignalBlocker(self._history):
            self._history.setRange(0, last)
            self._history.setPageStep(max(1, last // 10))
            self._history.setValue(run.cursor if run else 0)
        self._history.setEnabled(last > 0)
        self._history.setVisible(run is not None)
        text, tip = _hint(run) if run else ("", "")
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self._hint.setToolTip(tip)

    def _show_place(self, session: Session) -> None:
        """Say which step is on screen, and how far a long one is that is being made."""
        run, done = session.document.run, session.progress
        place = (
            tr("Step {cursor} of {last}", cursor=run.cursor, last=run.last)
            if run
            else tr("No steps yet")
        )
        if session.playing and session.busy:
            share = f" {done:.0%}" if done is not None else ""
            place = f"{tr(session.busy).rstrip('…')}…{share}"
        self._place.setText(place)

    def _toggle(self) -> None:
        """Play or pause; without images, Play is answered by what is missing."""
        self.intended.emit(Pause() if self._playing else Play())

    def _go_on(self) -> None:
        """One step: of the history where it has a later one, else of the climb."""
        if self._run is not None and not self._run.at_end:
            self._scrub_by(1)
        elif self._ready and not self._playing:
            self.intended.emit(StepOnce())

    def _scrub_by(self, steps: int) -> None:
        if self._run is None:
            return
        kept = [frame.index for frame in self._run.frames]
        place = kept.index(self._run.frame.index) + steps
        self._scrub_to(kept[min(max(place, 0), len(kept) - 1)])

    def _scrub_to(self, index: int) -> None:
        if self._run is not None and index != self._run.cursor:
            self.intended.emit(ScrubTo(index))
            self.settled.emit()


def _hint(run: Run) -> tuple[str, str]:
    """Return what is to be known of the step on screen, in few words and in more."""
    if not run.at_end:
        more = tr("Going on from here starts a new branch; what came after it stays in the plots.")
        return tr("going on starts a branch"), more
    if len(run.frames) <= run.last:
        more = tr(
            "To spare memory a long climb keeps the images of its first steps, and later of those"
            " between which most happens; plots and export have every step."
        )
        return tr("{count} of {last} images kept", count=len(run.frames), last=run.last + 1), more
    return "", ""


_PLAY_TIP = QT_TR_NOOP("Climb at full speed until paused or until nothing better is near (Space).")
_PAUSE_TIP = QT_TR_NOOP("Pause the climb (Space).")
