"""What the codes know: errors of linear probes, a row a loss, beside the published ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.training import parse_loss
from ssim_viewer.training.tables import SOURCE
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.controls.inputs import Choice
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT, tabular

if TYPE_CHECKING:
    from ssim_viewer.features.training_lab.state import Lab, Probed
    from ssim_viewer.ui.theme.colors import Colors

COLUMNS = (
    QT_TR_NOOP("Codes of"),
    QT_TR_NOOP("Identity, error %"),
    QT_TR_NOOP("Azimuth, MSE in °²"),
    QT_TR_NOOP("Elevation, MSE in °²"),
    QT_TR_NOOP("Source"),
)
PUBLISHED = (
    ("MSE", "5.60", "277", "51.5"),
    ("MAE", "5.60", "325", "50.2"),
    ("MS-SSIM", "3.53", "234", "35.6"),
)
EXPLANATION = QT_TR_NOOP(
    "Faces that no step has seen go through the encoder, and linear probes guess from their codes "
    "who it is and where the light comes from: five folds, three seeds, mean ± standard deviation. "
    "Published numbers are of Yale B and other networks: they are no measure of this run."
)


class CodesView(QWidget):
    """Asks for probes and shows their errors.

    Signals
    -------
    asked
        Carries "svm" or "logistic".
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._probed: Probed | None = None
        self._colors = LIGHT
        self._kind = Choice(((tr("Linear SVM"), "svm"), (tr("Logistic regression"), "logistic")))
        name_control(
            self._kind, "training_probe_kind", tr("Probe of the identity"), tr("Of the identity.")
        )
        self._ask = QPushButton(tr("Probe the codes"))
        tip = tr("Cross-validate linear probes on the codes of the run as it was saved last.")
        name_control(self._ask, "training_probe", tr("Probe the codes"), tip)
        self._words = muted_label()
        self._words.setObjectName("training_probe_words")
        self._grid = QTableWidget(0, len(COLUMNS))
        name_control(self._grid, "training_probes", tr("Errors of the probes"), "")
        self._grid.setHorizontalHeaderLabels([tr(each) for each in COLUMNS])
        self._grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._grid.verticalHeader().hide()
        self._grid.setFont(tabular(self._grid.font()))
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 8, 0)
        row.addWidget(self._kind)
        row.addWidget(self._ask)
        row.addWidget(self._words, 1)
        note = muted_label(EXPLANATION, wrap=True)
        note.setContentsMargins(8, 4, 8, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._grid, 1)
        column.addWidget(note)
        self._ask.clicked.connect(
            lambda: self.asked.emit(("svm", "logistic")[self._kind.currentIndex()])
        )
        self._fill()

    def show_lab(self, lab: Lab) -> None:
        """Show the probes of a lab."""
        has_codes = lab.run is not None and lab.run.settings.network == "autoencoder"
        self._ask.setEnabled(has_codes and lab.probing is None)
        words = "" if has_codes else tr("Train an autoencoder first.")
        if lab.probing is not None:
            words = tr("Probing…")
        elif has_codes and lab.probed is not None:
            words = tr("Codes at step {step}.", step=lab.probed.of.step)
        self._words.setText(tr(words))
        if lab.probed is not self._probed:
            self._probed = lab.probed
            self._fill()

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        self._fill()

    def _fill(self) -> None:
        rows: list[tuple[str, ...]] = []
        probes = self._probed.probes if self._probed is not None else ()
        for name in dict.fromkeys(probe.loss for probe in probes):
            title = tr("Pixels, no network") if name == "pixels" else parse_loss(name).title
            cells = [
                f"{probe.mean:.1f} ± {probe.spread:.1f}" for probe in probes if probe.loss == name
            ]
            rows.append((title, *cells, tr("this run")))
        rows.extend((*each, tr("{source}, published, Yale B", source=SOURCE)) for each in PUBLISHED)
        self._grid.setRowCount(len(rows))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for place, texts in enumerate(rows):
            own = texts[-1] == "this run"
            for column, text in enumerate(texts):
                item = QTableWidgetItem(tr(text))
                if 0 < column < len(COLUMNS) - 1:
                    item.setTextAlignment(right)
                item.setForeground(QColor(self._colors.text if own else self._colors.muted))
                self._grid.setItem(place, column, item)
        self._grid.resizeColumnsToContents()
