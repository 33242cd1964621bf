"""The settings of the next run: network, data, losses, and the numbers of both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QPushButton, QWidget

from ssim_viewer.metrics import catalogue
from ssim_viewer.training import TRACED, TrainingError, parse_loss
from ssim_viewer.training.settings import (
    BATCHES,
    FACTORS,
    RATES,
    SIDES,
    Network,
    TrainingSettings,
)
from ssim_viewer.ui.controls.fields import Form, muted_label, name_control
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin, Switch
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NETWORKS = ((QT_TR_NOOP("Autoencoder"), "autoencoder"), (QT_TR_NOOP("SRCNN 9-5-5"), "sr"))
DATA = (
    (QT_TR_NOOP("Samples' patches"), "samples"),
    (QT_TR_NOOP("Generated faces"), "faces"),
    (QT_TR_NOOP("Folder…"), "folder"),
)
PLAIN = (("MSE", "mse"), ("MAE", "mae"), ("SSIM", "ssim"), ("MS-SSIM", "ms-ssim"))
SIDE_CHOICES = {"autoencoder": (32, 48, 64, 96), "sr": (33, 48, 64)}
NOTHING = "none"


def _others() -> list[str]:
    """Return the metrics that are followed by their own exact gradients."""
    return [
        name for name, entry in catalogue().items() if name not in TRACED and entry.has_gradient
    ]


class TrainingForm(QWidget):
    """Shows settings and changes them.

    Signals
    -------
    changed
        Carries a `TrainingSettings`.
    refused
        Carries a sentence about settings that cannot be.
    """

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._settings = TrainingSettings()
        self._network = _choice(
            NETWORKS,
            "training_network",
            tr("Network"),
            tr(
                "An autoencoder with three convolutions down to a code and three up again, or "
                "SRCNN, which sharpens an image enlarged by cubic interpolation."
            ),
        )
        self._code = _spin("training_code", tr("Code"), tr("Numbers in a code."), 4, 512)
        self._factor = _choice(
            [(f"×{factor}", factor) for factor in FACTORS],
            "training_factor",
            tr("Factor"),
            tr("By how much images are shrunk and enlarged again."),
        )
        self._data = _choice(
            DATA,
            "training_data",
            tr("Data"),
            tr(
                "Patches of the sample photographs, generated faces, or a folder of yours; STL-10, "
                "Yale B, Set5, Set14 and BSD are known by their own layouts."
            ),
        )
        self._folder = muted_label(wrap=True)
        self._folder.setObjectName("training_folder")
        self._browse = QPushButton(tr("Choose a folder…"))
        name_control(
            self._browse, "training_browse", tr("Choose a folder"), tr("Where your images are.")
        )
        self._side = Choice([(f"{side}×{side}", side) for side in (32, 33, 48, 64, 96)])
        name_control(self._side, "training_side", tr("Patch"), tr("The size of a patch in pixels."))
        self._steps = _spin(
            "training_steps", tr("Steps"), tr("How many steps a run has."), 1, 1_000_000
        )
        tip = tr("The same seed gives the same weights, patches and curves.")
        self._seed = _spin("training_seed", tr("Seed"), tip, 0, 2**31 - 1)
        self._plain = {name: _switch(text, name) for text, name in PLAIN}
        self._mix = _switch(tr("w MS-SSIM + (1 − w) MAE"), "mix")
        self._weight = NumberSpin(0.01, 0.99, decimals=2)
        self._weight.setSingleStep(0.04)
        self._weight.setValue(0.84)
        name_control(
            self._weight, "training_weight", tr("Weight w"), tr("The weight of MS-SSIM in the mix.")
        )
        others = [(catalogue()[name].symbol, name) for name in _others()]
        self._other = _choice(
            [("none", NOTHING), *others],
            "training_other",
            tr("Another metric"),
            tr(
                "Any metric, by its own exact gradient: slower, since each patch is measured alone."
            ),
        )
        self._notes = muted_label(wrap=True)
        self._notes.setObjectName("training_notes")
        self._lay_out()
        self._connect()

    def show_settings(self, settings: TrainingSettings, *, free: bool) -> None:
        """Show settings; they can be changed while no process is at work."""
        self._settings = settings
        sr = settings.network == "sr"
        self._network.show_value(settings.network)
        self._code.show_value(settings.code)
        self._factor.show_value(settings.factor)
        for widget, shown in ((self._code, not sr), (self._factor, sr)):
            widget.setVisible(shown)
            self._form.caption(widget).setVisible(shown)
        own = settings.data not in ("samples", "faces")
        self._data.show_value("folder" if own else settings.data)
        self._folder.setText(Path(settings.data).name if own else "")
        self._folder.setToolTip(settings.data if own else "")
        self._folder.setVisible(own)
        self._browse.setVisible(own)
        if settings.side in (32, 33, 48, 64, 96):
            self._side.show_value(settings.side)
        self._steps.show_value(settings.steps)
        self._seed.show_value(settings.seed)
        self._show_losses(settings)
        self._notes.setText(" ".join(tr(note) for note in settings.notes))
        self._notes.setVisible(bool(settings.notes))
        self.setEnabled(free)

    def _show_losses(self, settings: TrainingSettings) -> None:
        for name, switch in self._plain.items():
            switch.show_value(name in settings.losses)
        mixes = [name for name in settings.losses if "+" in name]
        self._mix.show_value(bool(mixes))
        if mixes:
            self._weight.show_value(parse_loss(mixes[0]).terms[0].weight)
        others = [name for name in settings.losses if name in _others()]
        self._other.show_value(others[0] if others else NOTHING)

    def _lay_out(self) -> None:
        self._form = _CaptionedForm(self)
        for caption, field in (
            (tr("Network"), self._network),
            (tr("Code"), self._code),
            (tr("Factor"), self._factor),
            (tr("Data"), self._data),
        ):
            self._form.add_captioned(caption, field)
        self._form.add_wide(self._folder)
        self._form.add_wide(self._browse)
        self._form.add_captioned(tr("Patch"), self._side)
        self._form.add_captioned(tr("Steps"), self._steps)
        self._form.add_captioned(tr("Seed"), self._seed)
        losses = QWidget()
        grid = QGridLayout(losses)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setVerticalSpacing(2)
        for place, switch in enumerate(self._plain.values()):
            grid.addWidget(switch, place // 2, place % 2)
        grid.addWidget(self._mix, 2, 0, 1, 2)
        self._form.add_wide(losses)
        self._form.add_captioned(tr("Weight w"), self._weight)
        self._form.add_captioned(tr("And by"), self._other)
        self._form.add_wide(self._notes)

    def _connect(self) -> None:
        self._network.chosen.connect(self._choose_network)
        self._code.valueChanged.connect(
            lambda value: self._change(lambda was: replace(was, code=round(value)))
        )
        self._factor.chosen.connect(
            lambda factor: self._change(lambda was: replace(was, factor=factor))
        )
        self._data.chosen.connect(self._choose_data)
        self._browse.clicked.connect(self._ask_folder)
        self._side.chosen.connect(lambda side: self._change(lambda was: replace(was, side=side)))
        self._steps.valueChanged.connect(
            lambda value: self._change(lambda was: replace(was, steps=round(value)))
        )
        self._seed.valueChanged.connect(
            lambda value: self._change(lambda was: replace(was, seed=round(value)))
        )
        for switch in (*self._plain.values(), self._mix):
            switch.toggled.connect(self._choose_losses)
        self._weight.valueChanged.connect(self._choose_losses)
        self._other.chosen.connect(self._choose_losses)

    def _choose_network(self, network: Network) -> None:
        side, batch, rate = SIDES[network], BATCHES[network], RATES[network]
        self._change(lambda was: replace(was, network=network, side=side, batch=batch, rate=rate))

    def _choose_data(self, data: str) -> None:
        if data == "folder":
            self._data.show_value(
                self._settings.data if self._settings.data in ("samples", "faces") else "folder"
            )
            self._ask_folder()
        else:
            self._change(lambda was: replace(was, data=data))

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, tr("Choose a folder of images"), str(Path.home()))
        dialog.setObjectName("training_folder_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(
            lambda folder: self._change(lambda was: replace(was, data=folder))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_losses(self, _value: object = None) -> None:
        losses = tuple(self._losses())
        self._change(lambda was: replace(was, losses=losses))

    def _losses(self) -> Iterator[str]:
        yield from (name for name, switch in self._plain.items() if switch.isChecked())
        if self._mix.isChecked():
            weight = self._weight.value()
            yield f"{weight:g}*ms-ssim+{1 - weight:g}*mae"
        other = self._other.currentIndex()
        if other:
            yield _others()[other - 1]

    def _change(self, changed: Callable[[TrainingSettings], TrainingSettings]) -> None:
        """Want other settings, or say why they are none."""
        try:
            settings = changed(self._settings)
        except TrainingError as error:
            self.refused.emit(str(error))
            self.show_settings(self._settings, free=self.isEnabled())
            return
        if settings != self._settings:
            self.changed.emit(settings)


class _CaptionedForm(Form):
    """A form whose captions can be hidden with their fields."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._captions: dict[QWidget, QWidget] = {}

    def add_captioned(self, text: str, field: QWidget) -> None:
        """Add a row and remember its caption."""
        self.add_field(text, field)
        item = self.itemAtPosition(self.rowCount() - 1, 0)
        if item is not None and (label := item.widget()) is not None:
            self._captions[field] = label

    def caption(self, field: QWidget) -> QWidget:
        """Return the caption of a field."""
        return self._captions[field]


def _choice(options: Any, name: str, title: str, tip: str) -> Choice:
    choice = Choice(options)
    name_control(choice, name, title, tip)
    return choice


def _spin(name: str, title: str, tip: str, low: int, high: int) -> NumberSpin:
    spin = NumberSpin(low, high, decimals=0)
    name_control(spin, name, title, tip)
    return spin


def _switch(text: str, name: str) -> Switch:
    switch = Switch(tr(text))
    title = tr("Train by {text}", text=text)
    name_control(switch, f"training_loss_{name.replace('-', '_')}", title, f"{title}.")
    return switch
