"""The menu of what counts: everything, the selected region, or what a mask names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ssim_viewer.images import Mask
from ssim_viewer.session.intents import ChooseMask
from ssim_viewer.session.region_readout import shown_region
from ssim_viewer.session.state import Session
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction


class MaskMenu(QMenu):
    """Restricts every score to a part of the pair.

    Signals
    -------
    intended
        Carries `ChooseMask`.
    asked
        A mask shall be opened from a file.
    """

    intended = Signal(object)
    asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("W&hat counts"), parent)
        self.setToolTipsVisible(True)
        self._session = Session()
        self._all = self._entry(
            "mask_none", tr("&Everything"), tr("Every pixel counts."), lambda: self._want(None)
        )
        self._region = self._entry(
            "mask_region",
            tr("The selected &region"),
            tr("Only pixels of the region, and windows centred in it, count in every score."),
            self._take_region,
        )
        self._file = self._entry(
            "mask_file",
            tr("A &mask image…"),
            tr("Only pixels count that are above 0 in an image of the size of the reference."),
            self.asked.emit,
        )

    def show_session(self, session: Session) -> None:
        """Enable and tick as the session has it."""
        self._session = session
        opened = session.document.opened
        mask = opened.mask if opened is not None else None
        self._all.setCheckable(True)
        self._all.setChecked(mask is None)
        self._region.setEnabled(shown_region(session) is not None)
        for action in (self._all, self._file):
            action.setEnabled(session.document.pair is not None)

    def all_actions(self) -> list[QAction]:
        """Return every action."""
        return self.actions()

    def _entry(self, name: str, text: str, tip: str, slot: Callable[[], object]) -> QAction:
        action = self.addAction(text)
        action.setObjectName(name)
        action.setToolTip(tip)
        action.triggered.connect(lambda _=False: slot())
        return action

    def _want(self, mask: Mask | None) -> None:
        self.intended.emit(ChooseMask(mask))

    def _take_region(self) -> None:
        region, opened = shown_region(self._session), self._session.document.opened
        if region is None or opened is None:
            return
        pixels = np.zeros((opened.reference.height, opened.reference.width), np.bool_)
        pixels[region.top : region.bottom, region.left : region.right] = True
        self._want(Mask(pixels, tr("region {region}", region=region)))
