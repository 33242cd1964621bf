"""The window of an experiment with several runs: images above, plots below, causes at the right.

What the runs are, and what their settings and plots look like, is told by who builds one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QMenuBar,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.images import resources
from ssim_viewer.metrics import Quantity
from ssim_viewer.session.bench_intents import SaveImages, SavePlate
from ssim_viewer.session.benches import Which, bench_of, goes_on, progress
from ssim_viewer.session.intents import ExportTrace, Pause, Play, ResetRun, StepOnce
from ssim_viewer.session.lane_readout import course_readout
from ssim_viewer.session.lanes import steps_in_words
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.controls.numbers import score
from ssim_viewer.ui.controls.run_buttons import RunButtons
from ssim_viewer.ui.controls.section import Section
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.experiments.lane_grid import LaneGrid
from ssim_viewer.ui.shell.file_dialogs import ask_save
from ssim_viewer.ui.shell.notice_bar import NoticeBar
from ssim_viewer.ui.theme.colors import LIGHT, Colors, tabular
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QShowEvent

    from ssim_viewer.session.lanes import Course
    from ssim_viewer.session.plate import Plate
    from ssim_viewer.session.race import Race
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.experiments.lane_grid import Shown

COLUMN_WIDTH = 320
PLOTS_HEIGHT = 208

PNG = "PNG, 8 bits (*.png)"
TIFF = "TIFF, float32 (*.tif *.tiff)"
CSV = "CSV (*.csv)"


class BenchPart(QWidget):
    """Settings or plots, as the window asks for them.

    Signals
    -------
    intended
        Carries an intent.
    """

    intended = Signal(object)

    def show_session(self, session: Session) -> None:
        """Show a session."""
        raise NotImplementedError

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        raise NotImplementedError


class BenchWindow(QWidget):
    """A window that does not stand in the way of the main one.

    Signals
    -------
    intended
        Carries an intent.
    closing
        The window is about to close.
    help_requested
        The help is wanted.

    Parameters
    ----------
    which
        Which experiment of the session it shows; its parts are called after it.
    """

    intended = Signal(object)
    closing = Signal()
    help_requested = Signal()

    def __init__(self, which: Which, title: str, settings: BenchPart, plots: BenchPart) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._which = which
        self._title = title
        self._session: Session | None = None
        self._colors = LIGHT
        self.folder: Path | None = None
        self.setObjectName(f"{which}_window")
        self.setWindowTitle(title)
        self.setWindowIcon(QIcon(str(resources().joinpath("icons", "ssim-viewer.svg"))))
        self.notice_bar = NoticeBar(self, name=f"{which}_notice")
        self.grid = LaneGrid(f"{which}_image")
        self.buttons = RunButtons(which)
        self.settings, self.plots = settings, plots
        self._look = _look_segments(which)
        self._export = self._export_button()
        self._readout = QLabel()
        name_control(
            self._readout, f"{which}_readout", "Values under the cursor", "Values under the cursor."
        )
        self._readout.setFont(tabular(self._readout.font()))
        self._readout.setContentsMargins(8, 4, 8, 4)
        self._pixel: tuple[int, int] | None = None
        self._lay_out(settings, plots)
        self._add_keys()
        self._connect()

    def sizeHint(self) -> QSize:
        """Return a size that shows all of it on a small screen."""
        return QSize(1200, 760)

    def show_session(self, session: Session) -> None:
        """Show the experiment of a session."""
        before, self._session = self._session, session
        bench = bench_of(session, self._which)
        if before is not None and _same(before, session, self._which):
            return
        self.settings.show_session(session)
        self.plots.show_session(session)
        self.notice_bar.show_notice(bench.notice)
        self.grid.show_lanes(self.shown_lanes(bench))
        self._show_context(bench.course)
        self._show_pixel()
        on = goes_on(session, self._which)
        course = bench.course
        begun = course is not None and course.begun
        self.buttons.show_state(
            ready=session.document.pair is not None,
            playing=bench.playing,
            begun=course is not None,
            goes_on=on and begun,
        )
        self.buttons.show_progress(
            working=bench.playing, fraction=progress(bench), words=self._words(bench, goes_on=on)
        )
        self._export.setEnabled(begun)
        self._form.setEnabled(not bench.playing)

    def shown_lanes(self, bench: Plate | Race) -> Sequence[Shown]:
        """Return the runs with their titles and numbers."""
        raise NotImplementedError

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        self._colors = colors
        for view in (self.notice_bar, self.grid, self.buttons, self._look):
            view.restyle(colors)
        for part in (self.settings, self.plots):
            part.restyle(colors)
        for name, button in self._zooms.items():
            button.setIcon(themed_icon(_ZOOMS[name][0], colors))
        self._export.setIcon(themed_icon("export-variant", colors))

    def showEvent(self, event: QShowEvent) -> None:
        """Give the play button the focus, so that Space plays from the first moment."""
        super().showEvent(event)
        self.buttons.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window closes."""
        self.closing.emit()
        super().closeEvent(event)

    def _show_context(self, course: Course | None) -> None:
        """Show the reference and the start beside the runs."""
        if course is None:
            self.grid.show_context([(None, "Reference", ""), (None, "Start", "")])
            return
        reference, start = course.context_lanes
        scores = start.measured.evaluation.scores if start.measured is not None else None
        numbers = f"MSE {score(scores.mse)}   MSSIM {score(scores.ssim)}" if scores else ""
        self.grid.show_context(
            [(reference, reference.title, course.reference.name), (start, start.title, numbers)]
        )

    def _hover(self, pixel: tuple[int, int] | None) -> None:
        self._pixel = pixel
        self._show_pixel()

    def _show_pixel(self) -> None:
        """Write what every image has at the pixel under the cursor."""
        session = self._session
        course = bench_of(session, self._which).course if session is not None else None
        self._readout.setText(course_readout(course, self._pixel) if course is not None else "")

    def _words(self, bench: Plate | Race, *, goes_on: bool) -> str:
        course = bench.course
        if course is None:
            return "Play begins from the start."
        going = [lane for lane in course.lanes if not lane.ended]
        most = max(lane.step for lane in course.lanes)
        if bench.playing and not course.begun:
            return "Making the start…"
        if going and (bench.playing or goes_on):
            state = "going" if bench.playing else "paused"
            return f"{len(going)} of {len(course.lanes)} runs {state}, step {most}"
        if going:
            return "Play begins anew: with these settings, and the pair in the main window."
        return f"All runs have ended, the longest after {steps_in_words(most)}."

    # Building

    def _lay_out(self, settings: BenchPart, plots: BenchPart) -> None:
        rows = QSplitter(Qt.Orientation.Vertical)
        rows.setObjectName(f"{self._which}_rows")
        rows.setChildrenCollapsible(False)
        rows.addWidget(self._pictures())
        rows.addWidget(plots)
        rows.setStretchFactor(0, 1)
        rows.setStretchFactor(1, 0)
        rows.setSizes([560, PLOTS_HEIGHT])
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(rows, 1)
        middle.addWidget(self._column(settings))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.notice_bar.lie_over(self.grid)
        column.setMenuBar(self._menu_bar())
        column.addLayout(middle, 1)
        column.addWidget(self._readout)
        self.setMinimumSize(800, 520)

    def _menu_bar(self) -> QMenuBar:
        """Return the menus; their keys are shortcuts of the window (see `_add_keys`)."""
        bar, navigation = QMenuBar(), self.grid.navigation
        menus: dict[str, tuple[tuple[str, str, Callable[[], object]], ...]] = {
            "&Run": (
                ("play", "&Play or pause\tCtrl+Space", self._toggle),
                ("step", "One &step\tCtrl+Right", lambda: self.intended.emit(StepOnce())),
                ("reset", "&Reset", lambda: self.intended.emit(ResetRun())),
                ("close", "&Close\tCtrl+W", self.close),
            ),
            "&View": (
                ("fit", "&Fit\tF", navigation.fit),
                ("actual_pixels", "&Actual pixels\tCtrl+1", navigation.actual_pixels),
                ("zoom_in", "Zoom &in\t+", navigation.zoom_in),
                ("zoom_out", "Zoom &out\t-", navigation.zoom_out),
            ),
            "&Help": (("help", "&Help\tF1", self.help_requested.emit),),
        }
        for title, entries in menus.items():
            menu = bar.addMenu(title)
            for part, text, slot in entries:
                action = menu.addAction(text)
                action.setObjectName(f"{self._which}_menu_{part}")
                action.triggered.connect(lambda _=False, slot=slot: slot())
        return bar

    def _pictures(self) -> QWidget:
        pictures = QWidget()
        column = QVBoxLayout(pictures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        column.addWidget(self.grid, 1)
        return pictures

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 8, 8, 8)
        bar.setSpacing(8)
        self._look.setMaximumWidth(300)
        bar.addWidget(self._look, 1)
        bar.addStretch(0)
        self._zooms = {name: self._zoom_button(name) for name in _ZOOMS}
        for button in self._zooms.values():
            bar.addWidget(button)
        bar.addWidget(self._export)
        return bar

    def _column(self, settings: BenchPart) -> QWidget:
        self._form = Section("Settings", f"{self._which}_settings", settings)
        area = QScrollArea()
        area.setObjectName(f"{self._which}_column")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.verticalScrollBar().setAccessibleName("Scroll the settings")
        body = QWidget()
        stack = QVBoxLayout(body)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self._form)
        stack.addStretch(1)
        area.setWidget(body)
        column = QWidget()
        column.setFixedWidth(COLUMN_WIDTH)
        below = QVBoxLayout(column)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(area, 1)
        margin = QVBoxLayout()
        margin.setContentsMargins(8, 8, 8, 8)
        margin.addWidget(self.buttons)
        below.addLayout(margin)
        return column

    def _zoom_button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIconSize(QSize(20, 20))
        _, title, tip = _ZOOMS[name]
        name_control(button, f"{self._which}_{name}", title, tip)
        slot = getattr(self.grid.navigation, name)
        button.clicked.connect(lambda _=False: slot())
        return button

    def _export_button(self) -> QToolButton:
        button = QToolButton()
        button.setText("Export")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        name_control(
            button,
            f"{self._which}_export",
            "Export",
            "Write the images, or the traces of all runs.",
        )
        menu = QMenu(button)
        entries: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("picture", "As one &picture…", self._save_picture),
            ("images", "An &image of each run…", self._save_images),
            ("traces", "&Traces…", self._save_traces),
        )
        for part, text, slot in entries:
            action = menu.addAction(text)
            action.setObjectName(f"{self._which}_export_{part}")
            action.triggered.connect(slot)
        button.setMenu(menu)
        return button

    def _add_keys(self) -> None:
        navigation = self.grid.navigation
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Space": self._toggle,
            "Ctrl+Right": lambda: self.intended.emit(StepOnce()),
            "Ctrl+W": self.close,
            "F": navigation.fit,
            "Ctrl+0": navigation.fit,
            "Ctrl+1": navigation.actual_pixels,
            "+": navigation.zoom_in,
            "=": navigation.zoom_in,
            "-": navigation.zoom_out,
        }
        for key, slot in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def _connect(self) -> None:
        for part in (self.notice_bar, self.grid, self.buttons, self.settings, self.plots):
            part.intended.connect(self.intended)
        self.grid.hovered.connect(self._hover)
        self._look.chosen.connect(self.grid.show_quantity)
        self._look.show_value(Quantity.DISTORTED)

    # Doing

    def _toggle(self) -> None:
        if self._session is not None and self._session.document.pair is not None:
            playing = bench_of(self._session, self._which).playing
            self.intended.emit(Pause() if playing else Play())

    def _save_picture(self) -> None:
        self._ask(self._which, ".png", (PNG,), SavePlate)

    def _save_images(self) -> None:
        self._ask(self._which, ".png", (PNG, TIFF), SaveImages)

    def _save_traces(self) -> None:
        self._ask(f"{self._which} traces", ".csv", (CSV,), ExportTrace)

    def _ask(
        self, what: str, suffix: str, kinds: tuple[str, ...], intent: Callable[[Path], object]
    ) -> None:
        stem = f"{self._reference_stem()} {what}"

        def chosen(path: Path) -> None:
            self.folder = path.parent
            self.intended.emit(intent(path))

        ask_save(self, "Save", (self.folder or Path.home()) / f"{stem}{suffix}", kinds, chosen)

    def _reference_stem(self) -> str:
        course: Course | None = None
        if self._session is not None:
            course = bench_of(self._session, self._which).course
        return Path(course.reference.name.replace(": ", "-")).stem if course else "image"


_ZOOMS = {
    "fit": ("fit-to-page-outline", "Fit", "Show the whole image in every tile. (F)"),
    "actual_pixels": (
        "numeric-1-box-outline",
        "Actual pixels",
        "Show one image pixel as one pixel of the screen. (Ctrl+1)",
    ),
    "zoom_in": ("magnify-plus-outline", "Zoom in", "Zoom in on the middle. (+)"),
    "zoom_out": ("magnify-minus-outline", "Zoom out", "Zoom out from the middle. (−)"),
}


def _look_segments(which: Which) -> Segments:
    options = (
        ("Images", Quantity.DISTORTED, "images", "Show the images themselves."),
        (
            "Difference",
            Quantity.SIGNED_DIFFERENCE,
            "difference",
            "Show image minus reference, y − x. Blue is darker, red brighter.",
        ),
        ("SSIM map", Quantity.SSIM, "ssim_map", "Show the SSIM map of every image."),
    )
    return Segments([(text, value, f"{which}_{part}", tip) for text, value, part, tip in options])


def _same(before: Session, session: Session, which: Which) -> bool:
    """Whether nothing has changed that the window shows."""
    return (
        getattr(before, which) is getattr(session, which)
        and before.document.pair is session.document.pair
        and before.document.metric is session.document.metric
    )
