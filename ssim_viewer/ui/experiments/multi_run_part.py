"""What the window of an experiment asks of its settings and its plots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ssim_viewer.session.multi_run import MultiRun
    from ssim_viewer.ui.theme.colors import Colors

S = TypeVar("S")


class MultiRunPart(QWidget, Generic[S]):
    """Settings or plots of an experiment whose settings are an S.

    Signals
    -------
    intended
        Carries an action.
    """

    intended = Signal(object)

    def show_state(self, state: MultiRun[S]) -> None:
        """Show the state of the experiment."""
        raise NotImplementedError

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        raise NotImplementedError
