"""The full screen of a trial: anonymous pictures on neutral grey, ranked by keys or the mouse."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
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
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from ssim_viewer.features.preference_study import actions
from ssim_viewer.features.preference_study.state import Phase, Pictures, Preference
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SURROUND, INK, MARK = "#777777", "#ffffff", "#ffd76a"
MARGIN = 32
BOX = 48
"""Height of the boxes that pictures are dragged into."""

DRAGGED, CARRIED = 0.75, 0.4
"""How much of a picture that is dragged is seen, and its size beside what it was."""

RANKS = (QT_TR_NOOP("best"), QT_TR_NOOP("second"))
INSTRUCTIONS = QT_TR_NOOP(
    "You will see the same image in several versions. Say which looks best, then which looks best "
    "of those that are left.\n\n"
    "Press 1, 2 or 3, or click; or drag each picture into the box of its rank. Backspace takes a "
    "choice back. Esc pauses; nothing is lost.\n\n"
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
        self._held: _Held | None = None

    def show_state(self, state: Preference) -> None:
        """Show the instructions or the trial of a state."""
        self._state = state
        if state.pictures is not self._pictures:
            self._pictures = state.pictures
            self._held = None
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
        height = self._height / rows
        cell = QRectF(MARGIN + index * width, MARGIN + (rows - 1) * height, width, height)
        return _fitted(cell.adjusted(0, 0, -MARGIN, -MARGIN), shown.candidates[index])

    def box(self, rank: int) -> QRectF:
        """Return the box that pictures of a rank are dragged into, 0 for the best."""
        shown = self._shown
        if shown is None:
            return QRectF()
        width = (self.width() - MARGIN) / len(shown.candidates)
        top = self.height() - MARGIN - BOX
        return QRectF(MARGIN + rank * width, top, width - MARGIN, BOX)

    @property
    def _height(self) -> float:
        """The height that pictures have, with the margin below each row of them."""
        return self.height() - 3 * MARGIN - BOX

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
                box = QRectF(0, MARGIN, self.width(), self._height / 2 - MARGIN)
                _paint(painter, _fitted(box, original), original)
            for index, pixels in enumerate(shown.candidates):
                place = self.place(index)
                _paint(painter, place, pixels)
                chosen = index in self._state.ranks
                painter.setPen(QColor(MARK if chosen else INK))
                rank = f"{index + 1}  ✓" if chosen else str(index + 1)
                below = QRectF(place.left(), place.bottom(), place.width(), MARGIN)
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, rank)
            self._paint_boxes(painter, shown.candidates)
            painter.setPen(QColor(INK))
            bottom = QRectF(0, self.height() - MARGIN, self.width(), MARGIN)
            painter.drawText(bottom, Qt.AlignmentFlag.AlignCenter, self._words())

    def _paint_boxes(self, painter: QPainter, candidates: tuple[NDArray[np.uint8], ...]) -> None:
        """Paint the boxes of the ranks with what lies in them, and what is dragged."""
        ranks, held = self._state.ranks, self._held
        lying = {rank: place for place, rank in ranks.items()}
        for rank in range(len(candidates)):
            box = self.box(rank)
            under = held is not None and held.dragged and box.contains(held.at)
            painter.setPen(QPen(QColor(MARK if under or rank in lying else INK), 2))
            painter.drawRoundedRect(box, 6, 6)
            words = tr(RANKS[rank]) if rank < len(candidates) - 1 else tr("worst")
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
            if rank in lying:
                pixels = candidates[lying[rank]]
                inside = box.adjusted(6, 6, -6, -6)
                width = inside.height() * pixels.shape[1] / pixels.shape[0]
                small = QRectF(inside.left(), inside.top(), width, inside.height())
                _paint(painter, small, pixels)
        if held is not None and held.dragged:
            place = self.place(held.index)
            place.setSize(place.size() * CARRIED)
            place.moveCenter(held.at)
            painter.setOpacity(DRAGGED)
            _paint(painter, place, candidates[held.index])
            painter.setOpacity(1.0)

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
        """Take hold of the picture under the pointer."""
        shown = self._shown
        point = event.position()
        if shown is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        for index in range(len(shown.candidates)):
            if self.place(index).contains(point):
                self._held = _Held(index, point, point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held."""
        if self._held is not None:
            self._held = replace(self._held, at=event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: in a box the picture has its rank, and a click gives it the next best one."""
        held, self._held = self._held, None
        self.update()
        shown = self._shown
        if held is None or shown is None:
            return
        held = replace(held, at=event.position())
        if not held.dragged:
            self._rank(held.index)
            return
        for rank in range(len(shown.candidates)):
            if self.box(rank).contains(held.at):
                self._rank(held.index, rank)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Pause."""
        if self._state.phase is not Phase.SETUP:
            self.intended.emit(actions.PauseStudy())
        super().closeEvent(event)

    def _rank(self, index: int, rank: int | None = None) -> None:
        self.intended.emit(actions.Rank(index, time.monotonic() - self._since, rank))

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
        which = tr("best of the others") if 0 in state.ranks.values() else tr("best")
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


@dataclass(frozen=True, slots=True)
class _Held:
    """What the mouse holds: a candidate, where it was taken, and where the pointer is."""

    index: int
    taken: QPointF
    at: QPointF

    @property
    def dragged(self) -> bool:
        """Whether it was moved, and not just clicked."""
        way = (self.at - self.taken).manhattanLength()
        return bool(way >= QApplication.startDragDistance())


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
