"""The full screen of a trial: anonymous pictures on neutral grey, ranked by keys or clicks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from ssim_viewer.features.preference_study import actions
from ssim_viewer.features.preference_study.state import Phase, Pictures, Preference
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SURROUND, INK, MARK = "#777777", "#ffffff", "#ffd76a"
MARGIN = 32
INSTRUCTIONS = QT_TR_NOOP(
    "You will see the same image in several versions. Say which looks best, then which looks best "
    "of those that are left.\n\n"
    "Press 1, 2 or 3, or click. Backspace takes a choice back. Esc pauses; nothing is lost.\n\n"
    "The first trials are practice and do not count. Take the time you need.\n\n"
    "Press Space to begin."
)


class TrialScreen(QWidget):
    """Shows one trial at a time.

    Signals
    -------
    intended
        Carries `BeginTrials`, `Rank`, `TakeBack` or `PauseStudy`.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("preference_screen")
        self.setWindowTitle(tr("Preference study"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._state = Preference()
        self._pictures: Pictures | None = None
        self._since = time.monotonic()

    def show_state(self, state: Preference) -> None:
        """Show the instructions or the trial of a state."""
        self._state = state
        if state.pictures is not self._pictures:
            self._pictures = state.pictures
            self._since = time.monotonic()
        self._describe()
        self.update()

    def place(self, index: int) -> QRectF:
        """Return where a candidate stands."""
        shown = self._shown
        if shown is None:
            return QRectF()
        rows = 2 if self._original is not None else 1
        width = (self.width() - MARGIN) / len(shown.candidates)
        height = (self.height() - 3 * MARGIN) / rows
        cell = QRectF(MARGIN + index * width, MARGIN + (rows - 1) * height, width, height)
        return _fitted(cell.adjusted(0, 0, -MARGIN, -MARGIN), shown.candidates[index])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the instructions, or original, candidates, their numbers and the choices so far."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(SURROUND))
            painter.setPen(QColor(INK))
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 1.5)
            painter.setFont(font)
            if self._state.phase is Phase.INSTRUCTIONS:
                box = QRectF(self.rect()).adjusted(self.width() / 5, 0, -self.width() / 5, 0)
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(box, flags, tr(INSTRUCTIONS))
                return
            shown, trial = self._shown, self._state.trial
            if shown is None or trial is None:
                return
            if (original := self._original) is not None:
                height = (self.height() - 3 * MARGIN) / 2
                box = QRectF(0, MARGIN, self.width(), height - MARGIN)
                _paint(painter, _fitted(box, original), original)
            for index, pixels in enumerate(shown.candidates):
                place = self.place(index)
                _paint(painter, place, pixels)
                chosen = index in self._state.places
                painter.setPen(QColor(MARK if chosen else INK))
                rank = f"{index + 1}  ✓" if chosen else str(index + 1)
                below = QRectF(place.left(), place.bottom(), place.width(), MARGIN)
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, rank)
            painter.setPen(QColor(INK))
            bottom = QRectF(0, self.height() - MARGIN, self.width(), MARGIN)
            painter.drawText(bottom, Qt.AlignmentFlag.AlignCenter, self._words())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rank, take back, begin or pause."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.intended.emit(actions.PauseStudy())
        elif self._state.phase is Phase.INSTRUCTIONS:
            if key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.intended.emit(actions.BeginTrials())
        elif key == Qt.Key.Key_Backspace:
            self.intended.emit(actions.TakeBack())
        elif event.text() in ("1", "2", "3") and not event.isAutoRepeat():
            self._rank(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Rank the picture under the pointer."""
        shown = self._shown
        point: QPointF = event.position()
        if shown is not None:
            for index in range(len(shown.candidates)):
                if self.place(index).contains(point):
                    self._rank(index)
                    return

    def closeEvent(self, event: QCloseEvent) -> None:
        """Pause."""
        if self._state.phase is not Phase.SETUP:
            self.intended.emit(actions.PauseStudy())
        super().closeEvent(event)

    def _rank(self, index: int) -> None:
        self.intended.emit(actions.Rank(index, time.monotonic() - self._since))

    @property
    def _shown(self) -> Pictures | None:
        """The pictures of the trial, once they are there."""
        shown = self._state.pictures
        here = shown is not None and shown.trial == self._state.trial
        return shown if here and self._state.phase is Phase.TRIALS else None

    @property
    def _original(self) -> NDArray[np.uint8] | None:
        shown = self._shown
        return shown.original if shown is not None and self._state.show_original else None

    def _words(self) -> str:
        state, trial = self._state, self._state.trial
        if trial is None:
            return ""
        which = tr("best") if not state.places else tr("best of the others")
        counted = [each for each in state.trials if not each.practice]
        if trial.practice:
            return tr("Practice. Which looks {which}?", which=which)
        left = len([each for each in state.trials[state.at :] if not each.practice])
        return tr(
            "Which looks {which}?   {count} of {all}",
            which=which,
            count=len(counted) - left + 1,
            all=len(counted),
        )

    def _describe(self) -> None:
        instructions = self._state.phase is Phase.INSTRUCTIONS
        self.setAccessibleName(tr(INSTRUCTIONS) if instructions else self._words() or tr("Trial"))


def _fitted(box: QRectF, pixels: NDArray[np.uint8]) -> QRectF:
    """Return the middle of a box in which an image stands, enlarged by a whole number."""
    height, width = pixels.shape[:2]
    factor = min(box.width() / width, box.height() / height)
    factor = max(1.0, float(int(factor))) if factor >= 1 else factor
    place = QRectF(0, 0, factor * width, factor * height)
    place.moveCenter(box.center())
    return place


def _paint(painter: QPainter, place: QRectF, pixels: NDArray[np.uint8]) -> None:
    grey = pixels.ndim == 2
    kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
    height, width = pixels.shape[:2]
    shrunk = place.width() < width
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrunk)
    painter.drawImage(place, QImage(pixels.data, width, height, pixels.strides[0], kind))
