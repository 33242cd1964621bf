"""The bar above the images of several runs: what they show, zoom, and export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from ssim_viewer.metrics import Quantity
from ssim_viewer.session.intents import ExportTrace
from ssim_viewer.session.run_actions import SaveImages, SaveSheet
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.shell.file_dialogs import ask_save
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.ui.pane.navigation import Navigation
    from ssim_viewer.ui.theme.colors import Colors

PNG = QT_TR_NOOP("PNG, 8 bits (*.png)")
TIFF = QT_TR_NOOP("TIFF, float32 (*.tif *.tiff)")
CSV = QT_TR_NOOP("CSV (*.csv)")

_ZOOMS = {
    "fit": (
        "fit-to-page-outline",
        QT_TR_NOOP("Fit"),
        QT_TR_NOOP("Show the whole image in every tile. (F)"),
    ),
    "actual_pixels": (
        "numeric-1-box-outline",
        QT_TR_NOOP("Actual pixels"),
        QT_TR_NOOP("Show one image pixel as one pixel of the screen. (Ctrl+1)"),
    ),
    "zoom_in": (
        "magnify-plus-outline",
        QT_TR_NOOP("Zoom in"),
        QT_TR_NOOP("Zoom in on the middle. (+)"),
    ),
    "zoom_out": (
        "magnify-minus-outline",
        QT_TR_NOOP("Zoom out"),
        QT_TR_NOOP("Zoom out from the middle. (−)"),
    ),
}


class RunBar(QWidget):
    """Shows and changes how the images are looked at; asks where to write them.

    Signals
    -------
    intended
        Carries `SaveImages`, `SaveSheet` or `ExportTrace`.
    quantity_chosen
        Carries the quantity that the tiles shall show.
    film_wanted
        The runs shall be recorded.

    Parameters
    ----------
    name
        What its parts are called after.
    stem
        Returns the name of the reference, for the names of files.
    """

    intended = Signal(object)
    quantity_chosen = Signal(object)
    film_wanted = Signal()

    def __init__(self, name: str, navigation: Navigation, stem: Callable[[], str]) -> None:
        super().__init__()
        self._name, self._navigation, self._stem = name, navigation, stem
        self.folder: Path | None = None
        self._look = _look_segments(name)
        self._look.chosen.connect(self.quantity_chosen)
        self._look.show_value(Quantity.DISTORTED)
        self._look.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._zooms = {part: self._zoom_button(part) for part in _ZOOMS}
        self._export = self._export_button()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._look)
        row.addStretch(1)
        for button in (*self._zooms.values(), self._export):
            row.addWidget(button)

    def show_begun(self, *, begun: bool) -> None:
        """Show whether there is anything to export."""
        self._export.setEnabled(begun)

    def show_pictures(self, *, there: bool) -> None:
        """Show whether there are pictures to look at closely."""
        for button in self._zooms.values():
            button.setEnabled(there)

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._look.restyle(colors)
        for part, button in self._zooms.items():
            button.setIcon(themed_icon(_ZOOMS[part][0], colors))
        self._export.setIcon(themed_icon("export-variant", colors))

    def _zoom_button(self, part: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIconSize(QSize(20, 20))
        _, title, tip = _ZOOMS[part]
        name_control(button, f"{self._name}_{part}", title, tip)
        slot = getattr(self._navigation, part)
        button.clicked.connect(lambda _=False: slot())
        return button

    def _export_button(self) -> QToolButton:
        button = QToolButton()
        button.setText(tr("Export"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        tip = tr("Write the images or the traces of all runs, or a film of them.")
        name_control(button, f"{self._name}_export", tr("Export"), tip)
        menu = QMenu(button)
        entries: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("picture", tr("As one &picture…"), self._save_picture),
            ("images", tr("An &image of each run…"), self._save_images),
            ("traces", tr("&Traces…"), self._save_traces),
            ("film", tr("A &film…"), self.film_wanted.emit),
        )
        for part, text, slot in entries:
            action = menu.addAction(text)
            action.setObjectName(f"{self._name}_export_{part}")
            action.triggered.connect(slot)
        button.setMenu(menu)
        return button

    def _save_picture(self) -> None:
        self._ask(self._name, ".png", (PNG,), SaveSheet)

    def _save_images(self) -> None:
        self._ask(self._name, ".png", (PNG, TIFF), SaveImages)

    def _save_traces(self) -> None:
        self._ask(f"{self._name} traces", ".csv", (CSV,), ExportTrace)

    def _ask(
        self, what: str, suffix: str, kinds: tuple[str, ...], action: Callable[[Path], object]
    ) -> None:
        def chosen(path: Path) -> None:
            self.folder = path.parent
            self.intended.emit(action(path))

        proposal = (self.folder or Path.home()) / f"{self._stem()} {what}{suffix}"
        ask_save(self.window(), tr("Save"), proposal, kinds, chosen)


def _look_segments(name: str) -> Segments:
    options = (
        (tr("Images"), Quantity.DISTORTED, "images", tr("Show the images themselves.")),
        (
            tr("Difference"),
            Quantity.SIGNED_DIFFERENCE,
            "difference",
            tr("Show image minus reference, y − x. Blue is darker, red brighter."),
        ),
        (tr("SSIM map"), Quantity.SSIM, "ssim_map", tr("Show the SSIM map of every image.")),
    )
    return Segments([(text, value, f"{name}_{part}", tip) for text, value, part, tip in options])
