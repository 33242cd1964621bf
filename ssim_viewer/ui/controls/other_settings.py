"""The settings of the metrics beside SSIM: a form for each, made when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ssim_viewer.metrics import settings_of
from ssim_viewer.session.family import chosen_metric, symbol_of
from ssim_viewer.session.intents import ChangeMetricSettings
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.controls.settings_form import SettingsForm
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session


class OtherSettings(QWidget):
    """Shows the settings of one of the metrics, and changes them.

    Signals
    -------
    intended
        Carries `ChangeMetricSettings`, continuously while a slider moves.
    settled
        A gesture has ended.
    """

    intended = Signal(object)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._forms: dict[str, SettingsForm] = {}
        self._name = ""
        self._session: Session | None = None
        self._shown: tuple[object, ...] = ()
        self._usual = QPushButton(tr("Usual settings"))
        name_control(
            self._usual,
            "metric_usual_settings",
            tr("Usual settings"),
            tr("As published; window, constants, border and colour follow those of SSIM."),
        )
        self._usual.clicked.connect(self._reset)
        row = QHBoxLayout()
        row.setContentsMargins(8, 2, 8, 2)
        row.addStretch(1)
        row.addWidget(self._usual)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(row)

    def show_metric(self, name: str) -> None:
        """Show the settings of another metric."""
        self._name, self._shown = name, ()
        if self._session is not None:
            self.show_session(self._session)

    def show_session(self, session: Session) -> None:
        """Show the settings by which a session measures."""
        self._session = session
        document = session.document
        shown = (self._name, document.metric, document.settings)
        if not self._name or shown == self._shown:
            return
        self._shown = shown
        metric = chosen_metric(document, self._name)
        if self._name not in self._forms:
            self._add_form(self._name, SettingsForm(self._name, settings_of(metric)))
        for name, form in self._forms.items():
            form.setVisible(name == self._name)
        self._forms[self._name].show_metric(metric)
        self._usual.setEnabled(self._name in document.settings)
        self._usual.setText(tr("Usual {symbol_of}", symbol_of=symbol_of(self._name)))

    def _add_form(self, name: str, form: SettingsForm) -> None:
        form.changed.connect(self._change)
        form.settled.connect(self.settled)
        self._forms[name] = form
        self._column.insertWidget(self._column.count() - 1, form)

    def _change(self, setting: str, value: object) -> None:
        if self._session is None:
            return
        before = self._session.document.settings.get(self._name, {})
        self._shown = ()  # what is refused is written anew
        self.intended.emit(ChangeMetricSettings(self._name, {**before, setting: value}))

    def _reset(self) -> None:
        self.intended.emit(ChangeMetricSettings(self._name, {}))
        self.settled.emit()
