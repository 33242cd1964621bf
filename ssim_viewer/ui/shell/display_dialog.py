"""A small window for the range of the display: the values of black and of white."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ssim_viewer.ui.controls.fields import Form, muted_label, name_control
from ssim_viewer.ui.controls.inputs import NumberSpin
from ssim_viewer.ui.text import tr

LARGEST = 1e9


class DisplayDialog(QDialog):
    """Asks which values are shown as black and as white; the images follow at once.

    Signals
    -------
    chosen
        Carries black and white, black below white.
    """

    chosen = Signal(float, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("display_dialog")
        self.setWindowTitle(tr("Display range"))
        self._black, self._white = NumberSpin(-LARGEST, LARGEST), NumberSpin(-LARGEST, LARGEST)
        name_control(
            self._black,
            "display_black",
            tr("Value of black"),
            tr("The value that is shown as black."),
        )
        name_control(
            self._white,
            "display_white",
            tr("Value of white"),
            tr("The value that is shown as white."),
        )
        self._problem = muted_label(wrap=True)
        self._problem.setObjectName("display_problem")
        body = QWidget()
        form = Form(body)
        form.add_field(tr("Black"), self._black)
        form.add_field(tr("White"), self._white)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.addWidget(body)
        column.addWidget(self._problem)
        column.addWidget(buttons)
        for spin in (self._black, self._white):
            spin.valueChanged.connect(self._tell)

    def show_levels(self, black: float, white: float) -> None:
        """Write the range in use without telling."""
        self._black.show_value(black)
        self._white.show_value(white)
        self._black.first_step = self._white.first_step = (white - black) / 100

    def _tell(self) -> None:
        black, white = self._black.value(), self._white.value()
        there = black < white
        self._problem.setText("" if there else tr("Black is to be below white."))
        if there:
            self.chosen.emit(black, white)
