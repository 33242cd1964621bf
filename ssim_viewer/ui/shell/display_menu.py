"""The menu of the display: exposure, range and tone of the two images, apart from the metric's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ssim_viewer.images.tone import Operator
from ssim_viewer.session.display import EXPOSURE_STEP, LARGEST_EXPOSURE, PLAIN
from ssim_viewer.session.displaying import tone_of
from ssim_viewer.session.intents import ChangeDisplay
from ssim_viewer.session.state import Session
from ssim_viewer.ui.shell.choice_menu import ChoiceMenu
from ssim_viewer.ui.shell.display_dialog import DisplayDialog
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.session.display import Display


class DisplayMenu(QMenu):
    """Shows and changes how bright the images are shown.

    Signals
    -------
    intended
        Carries `ChangeDisplay`.
    """

    intended = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Exposure and displa&y range"), parent)
        self.setToolTipsVisible(True)
        self._parent = parent
        self._session = Session()
        self._dialog: DisplayDialog | None = None
        self._entry(
            "exposure_up",
            tr("&Brighter"),
            tr(
                "Show both images brighter by {exposure_step:g} stops; no score changes.",
                exposure_step=EXPOSURE_STEP,
            ),
            lambda: self._expose(EXPOSURE_STEP),
            "E",
        )
        self._entry(
            "exposure_down",
            tr("&Darker"),
            tr(
                "Show both images darker by {exposure_step:g} stops; no score changes.",
                exposure_step=EXPOSURE_STEP,
            ),
            lambda: self._expose(-EXPOSURE_STEP),
            "Shift+E",
        )
        self.addSeparator()
        self._automatic = self._entry(
            "display_automatic",
            tr("&Automatic range"),
            tr("Show the values between the 0.5th and the 99.5th percentile of the reference."),
            self._toggle_automatic,
        )
        self._automatic.setCheckable(True)
        self._entry(
            "display_range",
            tr("&Range…"),
            tr("Choose which values are shown as black and as white."),
            self._ask,
        )
        self.operators: ChoiceMenu[Operator] = ChoiceMenu(tr("&Tone"), "operator", self)
        self.operators.fill(
            [
                (QT_TR_NOOP("Linear, as stored"), Operator.LINEAR),
                (QT_TR_NOOP("sRGB curve, for linear light"), Operator.SRGB),
                (QT_TR_NOOP("Logarithmic"), Operator.LOG),
            ]
        )
        self.operators.on_choice(
            lambda operator: self._change(replace(self._display, operator=operator))
        )
        self.addMenu(self.operators)
        self.addSeparator()
        self._plain = self._entry(
            "display_reset",
            tr("&Plain"),
            tr("Show black at 0 and white at the data range of the metric."),
            lambda: self.intended.emit(ChangeDisplay(PLAIN)),
        )

    def show_session(self, session: Session) -> None:
        """Tick and enable as the session has it."""
        self._session = session
        display = session.look.display
        self._automatic.setChecked(display.automatic)
        self.operators.tick(display.operator)
        self._plain.setEnabled(not display.is_plain)
        has_pair = session.document.pair is not None
        for action in self.actions():
            if action is not self._plain:
                action.setEnabled(has_pair)
        if self._dialog is not None:
            self._dialog.show_levels(*self._levels)

    def all_actions(self) -> list[QAction]:
        """Return every action, those of the tones too."""
        own = [action for action in self.actions() if action.objectName()]
        return [*own, *self.operators.actions()]

    @property
    def _levels(self) -> tuple[float, float]:
        tone = tone_of(self._session)
        if tone is not None:
            return tone.black, tone.white
        return 0.0, self._session.document.metric.data_range

    def _entry(
        self, name: str, text: str, tip: str, slot: Callable[[], object], key: str = ""
    ) -> QAction:
        action = self.addAction(text)
        action.setObjectName(name)
        action.setToolTip(f"{tip} ({key})" if key else tip)
        if key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False: slot())
        return action

    def _expose(self, stops: float) -> None:
        exposure = self._display.exposure + stops
        exposure = max(-LARGEST_EXPOSURE, min(LARGEST_EXPOSURE, exposure))
        self._change(replace(self._display, exposure=exposure))

    def _toggle_automatic(self) -> None:
        automatic = not self._display.automatic
        self._change(replace(self._display, automatic=automatic, levels=None))

    @property
    def _display(self) -> Display:
        return self._session.look.display

    def _change(self, display: Display) -> None:
        self.intended.emit(ChangeDisplay(display))

    def _ask(self) -> None:
        if self._dialog is None:
            self._dialog = DisplayDialog(self._parent.window())
            self._dialog.chosen.connect(
                lambda low, high: self._change(
                    replace(self._display, levels=(low, high), automatic=False)
                )
            )
        self._dialog.show_levels(*self._levels)
        self._dialog.show()
        self._dialog.activateWindow()
