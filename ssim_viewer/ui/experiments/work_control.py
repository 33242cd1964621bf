"""How far the work of a window is, and the button that stops it or lets it go on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.text import tr


class WorkControl(QObject):
    """A progress bar and its button, which a window lays out where it likes.

    Signals
    -------
    toggled
        Carries whether work shall go on, when the button was pressed.

    Attributes
    ----------
    progress, button
        The two widgets, called ``NAME_progress`` and ``NAME_run``.

    Parameters
    ----------
    name
        What both are called after.
    progress, button
        Title and tip of each.
    again
        What the button says while nothing is done.
    """

    toggled = Signal(bool)

    def __init__(
        self,
        parent: QWidget,
        name: str,
        progress: tuple[str, str],
        button: tuple[str, str],
        again: str,
    ) -> None:
        super().__init__(parent)
        self._working, self._again = True, again
        self.progress = QProgressBar()
        self.progress.setFixedHeight(12)
        self.progress.setTextVisible(False)
        name_control(self.progress, f"{name}_progress", *progress)
        self.button = QPushButton(tr("Cancel"))
        name_control(self.button, f"{name}_run", *button)
        self.button.clicked.connect(lambda: self.toggled.emit(not self._working))

    def show_work(self, done: int, whole: int, *, working: bool, enabled: bool) -> None:
        """Show that `done` of a `whole` is there, and whether it is worked on."""
        self._working = working
        self.progress.setMaximum(max(whole, 1))
        self.progress.setValue(done)
        self.button.setText(tr("Cancel") if working else self._again)
        self.button.setEnabled(enabled)


def work_column(form: QWidget, work: WorkControl, last: tuple[QWidget, QWidget]) -> QVBoxLayout:
    """Return a column of settings above the work and a last row: words and a button."""
    stack = QVBoxLayout()
    stack.setContentsMargins(0, 0, 0, 0)
    stack.addWidget(form, 1)
    bar, row = QHBoxLayout(), QHBoxLayout()
    bar.setContentsMargins(8, 0, 8, 0)
    bar.addWidget(work.progress, 1)
    bar.addWidget(work.button)
    row.setContentsMargins(8, 0, 8, 8)
    words, button = last
    row.addWidget(words, 1)
    row.addWidget(button)
    stack.addLayout(bar)
    stack.addLayout(row)
    return stack
