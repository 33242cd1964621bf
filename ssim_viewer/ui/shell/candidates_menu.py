"""The distorted images that were opened with one reference, to flip between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ssim_viewer.session.intents import ChooseCandidate
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.images import Image
    from ssim_viewer.session.state import Opened, Session


class CandidatesMenu(QMenu):
    """Lists the candidates of a session, the one on screen ticked; disabled without any.

    Signals
    -------
    intended
        Carries `ChooseCandidate`.
    """

    intended = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Distort&ed image"), parent)
        self.setObjectName("candidates_menu")
        self._opened: Opened | None = None
        self._candidates: tuple[Image, ...] = ()
        self._entries: list[QAction] = []
        self.next = self._step("next_candidate", tr("&Next distorted image"), "PgDown", 1)
        self.previous = self._step(
            "previous_candidate", tr("&Previous distorted image"), "PgUp", -1
        )
        self._enable()

    def entries(self) -> list[QAction]:
        """Return the actions of the candidates, in order."""
        return list(self._entries)

    def show_session(self, session: Session) -> None:
        """List the candidates of a session."""
        opened = session.document.opened
        if opened is self._opened:
            return
        self._opened = opened
        candidates = opened.candidates if opened is not None else ()
        if candidates != self._candidates:
            self._candidates = candidates
            self._fill(candidates)
        for action, image in zip(self._entries, candidates, strict=True):
            action.setChecked(opened is not None and image is opened.distorted)
        self._enable()

    def _fill(self, candidates: tuple[Image, ...]) -> None:
        for action in self._entries:
            self.removeAction(action)
            action.deleteLater()
        self._entries = [self._entry(*each) for each in enumerate(candidates)]

    def _entry(self, index: int, image: Image) -> QAction:
        action = QAction(image.name.replace("&", "&&"), self)
        action.setObjectName(f"candidate_{index + 1}")
        action.setCheckable(True)
        action.setToolTip(str(image.path or image.name))
        if index < 9:
            action.setShortcut(QKeySequence(f"Alt+{index + 1}"))
        action.triggered.connect(lambda: self._choose(index))
        self.addAction(action)
        return action

    def _step(self, name: str, text: str, key: str, step: int) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(
            tr(
                "Show another one of the images that were opened with the reference. ({key})",
                key=key,
            )
        )
        action.triggered.connect(lambda: self._move(step))
        self.addAction(action)
        return action

    def _enable(self) -> None:
        several = len(self._candidates) > 1
        for action in (self.next, self.previous, self.menuAction()):
            action.setEnabled(several)

    def _choose(self, index: int) -> None:
        # A click on the ticked entry would take its tick away.
        for place, action in enumerate(self._entries):
            action.setChecked(place == index)
        self.intended.emit(ChooseCandidate(index))

    def _move(self, step: int) -> None:
        if self._opened is None or len(self._candidates) < 2:
            return
        shown = [each is self._opened.distorted for each in self._candidates].index(True)
        self._choose((shown + step) % len(self._candidates))
