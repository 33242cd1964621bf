"""Menus that list the metrics: which scores stand in the strip, and which one a climb follows."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from ssim_viewer.metrics import broken_plugins, catalogue, lacking_adapters
from ssim_viewer.session.family import HELD, WITH_SSIM
from ssim_viewer.session.intents import ChooseDriver, ShowMetrics
from ssim_viewer.ui.controls.metric_words import tip_of
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ssim_viewer.metrics import MetricEntry
    from ssim_viewer.session.state import Session

ALWAYS_THERE = QT_TR_NOOP("This score always stands in the strip.")
NO_GRADIENT_TIP = QT_TR_NOOP("It has no gradient that a climb could follow.")
HELD_TIP = QT_TR_NOOP("A climb holds the MSE, and the PSNR with it, so neither can lead it.")


class MetricMenus(QObject):
    """The two menus.

    Signals
    -------
    intended
        Carries `ShowMetrics` or `ChooseDriver`.

    Attributes
    ----------
    strip, driver
        The menus.
    """

    intended = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.strip = _menu(tr("&Scores in the strip"), parent)
        self.driver = _menu(tr("&Climb by"), parent)
        self._group = QActionGroup(self.driver)
        self._scores: dict[str, QAction] = {}
        self._drivers: dict[str, QAction] = {}
        for entry in catalogue().values():
            self._add_score(entry)
            self._add_driver(entry)
        for menu, prefix in ((self.strip, "score"), (self.driver, "climb")):
            for name, sentence in broken_plugins().items():
                _add(menu, f"{prefix}_broken_{name}", name, sentence).setEnabled(False)
        if lacking := lacking_adapters():
            text = tr("Not installed: {names}", names=", ".join(lacking))
            sentences = (f"<p>{escape(tr(sentence))}</p>" for sentence in lacking.values())
            _add(self.strip, "score_not_installed", text, "".join(sentences)).setEnabled(False)

    def show_session(self, session: Session) -> None:
        """Tick what a session shows, and the metric that drives."""
        for name, action in self._scores.items():
            action.setChecked(name in session.look.metrics or name in WITH_SSIM)
        for name, action in self._drivers.items():
            action.setChecked(name == session.document.driver)

    def _add_score(self, entry: MetricEntry) -> None:
        action = _add(self.strip, f"strip_{entry.name}", entry.symbol, tip_of(entry))
        action.setCheckable(True)
        self._scores[entry.name] = action
        if entry.name in WITH_SSIM:
            action.setEnabled(False)
            action.setToolTip(tr(ALWAYS_THERE))
        action.triggered.connect(self._choose_scores)

    def _add_driver(self, entry: MetricEntry) -> None:
        action = _add(self.driver, f"climb_{entry.name}", entry.symbol, tip_of(entry))
        action.setCheckable(True)
        self._drivers[entry.name] = action
        if entry.name in HELD:
            action.setEnabled(False)
            action.setToolTip(tr(HELD_TIP))
        elif not entry.has_gradient:
            action.setEnabled(False)
            action.setToolTip(tr(NO_GRADIENT_TIP))
        self._group.addAction(action)
        action.triggered.connect(lambda: self.intended.emit(ChooseDriver(entry.name)))

    def _choose_scores(self) -> None:
        chosen = (name for name, action in self._scores.items() if action.isChecked())
        self.intended.emit(ShowMetrics(tuple(name for name in chosen if name not in WITH_SSIM)))


def _menu(title: str, parent: QWidget) -> QMenu:
    menu = QMenu(title, parent)
    menu.setToolTipsVisible(True)
    return menu


def _add(menu: QMenu, name: str, text: str, tip: str) -> QAction:
    action = menu.addAction(text.replace("&", "&&"))
    action.setObjectName(name.replace("-", "_"))
    action.setToolTip(tr(tip))
    return action
