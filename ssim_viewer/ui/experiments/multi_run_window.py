"""The window of an experiment with several runs: images above, plots below, settings at the right.

What the runs are, and what their settings and plots look like, is told by who builds one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.images import resources
from ssim_viewer.session.intents import Pause, Play
from ssim_viewer.session.multi_run import goes_on, multi_run_of
from ssim_viewer.session.run_actions import ChangeSpeed
from ssim_viewer.session.run_group import steps_in_words
from ssim_viewer.session.run_group_readout import group_readout
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.controls.numbers import score
from ssim_viewer.ui.controls.playback_fields import speed_choice
from ssim_viewer.ui.controls.run_buttons import RunButtons
from ssim_viewer.ui.controls.section import Section
from ssim_viewer.ui.experiments.multi_run_menu import MultiRunMenus, rows_of
from ssim_viewer.ui.experiments.run_bar import RunBar
from ssim_viewer.ui.experiments.run_grid import RunGrid
from ssim_viewer.ui.shell.notice_bar import NoticeBar
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from ssim_viewer.session.multi_run import MultiRun, RunPlan
    from ssim_viewer.session.run_group import RunGroup
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.experiments.multi_run_part import MultiRunPart
    from ssim_viewer.ui.experiments.run_grid import Shown
    from ssim_viewer.ui.theme.colors import Colors

S = TypeVar("S")

COLUMN_WIDTH = 320
PLOTS_HEIGHT = 208


class MultiRunWindow(QWidget, Generic[S]):
    """A window that does not stand in the way of the main one.

    Signals
    -------
    intended
        Carries an action.
    help_requested
        The help is wanted.
    film_wanted
        The runs shall be recorded.

    Parameters
    ----------
    plan
        The experiment that it shows.
    name
        What its parts are called after.
    """

    intended = Signal(object)
    help_requested = Signal()
    film_wanted = Signal()

    def __init__(
        self, plan: RunPlan[S], name: str, settings: MultiRunPart[S], plots: MultiRunPart[S]
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._plan, self._name = plan, name
        self._session: Session | None = None
        self.setObjectName(f"{name}_window")
        self.setWindowIcon(QIcon(str(resources().joinpath("icons", "ssim-viewer.svg"))))
        self.notice_bar = NoticeBar(self, name=f"{name}_notice")
        self.grid = RunGrid(f"{name}_image")
        self.buttons = RunButtons(name)
        tip = tr("How many steps every run makes a second; at a chosen speed each one is shown.")
        self._speed = speed_choice(f"{name}_speed", tip)
        self.settings, self.plots = settings, plots
        self._bar = RunBar(name, self.grid.navigation, self._reference_stem)
        self._readout = QLabel()
        title = tr("Values under the cursor")
        name_control(self._readout, f"{name}_readout", title, f"{title}.")
        self._readout.setFont(tabular(self._readout.font()))
        self._readout.setContentsMargins(8, 4, 8, 4)
        self._pixel: tuple[int, int] | None = None
        self._lay_out()
        self._connect()

    @property
    def folder(self) -> Path | None:
        """The folder in which its file dialogs begin."""
        return self._bar.folder

    @folder.setter
    def folder(self, folder: Path | None) -> None:
        self._bar.folder = folder

    def sizeHint(self) -> QSize:
        """Return a size that shows all of it on a small screen."""
        return QSize(1200, 760)

    def show_session(self, session: Session) -> None:
        """Show the experiment of a session."""
        before, self._session = self._session, session
        if before is not None and self._is_same(before, session):
            return
        state = multi_run_of(session, self._plan)
        group = state.group
        for part in (self.settings, self.plots):
            part.show_state(state)
        self.notice_bar.show_notice(state.notice)
        self.grid.show_runs(self.shown_runs(state))
        self._show_context(group)
        self._show_pixel()
        on = goes_on(state, self._plan, session.document)
        begun = group is not None and group.begun
        self.buttons.show_state(
            ready=session.document.pair is not None,
            playing=state.playing,
            begun=group is not None,
            goes_on=on and begun,
        )
        fraction = self._plan.fraction_done(group) if group is not None else None
        words = _words(state, goes_on=on)
        self.buttons.show_progress(working=state.playing, fraction=fraction, words=words)
        self._speed.show_value(state.speed)
        self._bar.show_begun(begun=begun)
        self._bar.show_pictures(there=group is not None)
        self._menus.show_pictures(there=group is not None)
        self._form.setEnabled(not state.playing)

    def shown_runs(self, state: MultiRun[S]) -> Sequence[Shown]:
        """Return the runs with their titles and numbers."""
        raise NotImplementedError

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        for view in (self.notice_bar, self.grid, self.buttons, self._bar):
            view.restyle(colors)
        for part in (self.settings, self.plots):
            part.restyle(colors)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the play button the focus, so that Space plays from the first moment."""
        super().showEvent(event)
        self.buttons.setFocus()

    def toggle(self) -> None:
        """Play or pause; without a pair the answer says what is missing."""
        if self._session is not None:
            playing = multi_run_of(self._session, self._plan).playing
            self.intended.emit(Pause() if playing else Play())

    def _is_same(self, before: Session, session: Session) -> bool:
        """Whether nothing has changed that the window shows."""
        return (
            multi_run_of(before, self._plan) is multi_run_of(session, self._plan)
            and before.document.pair is session.document.pair
            and before.document.metric is session.document.metric
        )

    @property
    def _group(self) -> RunGroup[S] | None:
        return multi_run_of(self._session, self._plan).group if self._session is not None else None

    def _reference_stem(self) -> str:
        group = self._group
        return Path(group.reference.name.replace(": ", "-")).stem if group else "image"

    def _show_context(self, group: RunGroup[S] | None) -> None:
        """Show the reference and the start beside the runs."""
        if group is None:
            self.grid.show_context([(None, tr("Reference"), ""), (None, tr("Start"), "")])
            return
        reference, start = group.context_runs
        scores = start.measured.values if start.measured is not None else None
        numbers = (
            tr("MSE {mse}   MSSIM {ssim}", mse=score(scores["mse"]), ssim=score(scores["ssim"]))
            if scores
            else ""
        )
        self.grid.show_context(
            [
                (reference, tr(reference.title), group.reference.name),
                (start, tr(start.title), numbers),
            ]
        )

    def _hover(self, pixel: tuple[int, int] | None) -> None:
        self._pixel = pixel
        self._show_pixel()

    def _show_pixel(self) -> None:
        """Write what every image has at the pixel under the cursor."""
        group = self._group
        self._readout.setText(tr(group_readout(group, self._pixel)) if group is not None else "")

    def _lay_out(self) -> None:
        rows = QSplitter(Qt.Orientation.Vertical)
        rows.setObjectName(f"{self._name}_rows")
        rows.setChildrenCollapsible(False)
        rows.addWidget(_stacked(self._bar, self.grid))
        rows.addWidget(self.plots)
        rows.setStretchFactor(0, 1)
        rows.setStretchFactor(1, 0)
        rows.setSizes([560, PLOTS_HEIGHT])
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(rows, 1)
        middle.addWidget(self._column())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.notice_bar.lie_over(self.grid)
        entries = rows_of(
            self.grid.navigation,
            want=self.intended.emit,
            toggle=self.toggle,
            close=self.close,
            ask_help=self.help_requested.emit,
        )
        self._menus = MultiRunMenus(self, self._name, entries)
        column.setMenuBar(self._menus)
        column.addLayout(middle, 1)
        column.addWidget(self._readout)
        self.setMinimumSize(800, 520)

    def _column(self) -> QWidget:
        self._form = Section(tr("Settings"), f"{self._name}_settings", self.settings)
        area = QScrollArea()
        area.setObjectName(f"{self._name}_column")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.verticalScrollBar().setAccessibleName(tr("Scroll the settings"))
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
        margin.addWidget(self._speed)
        margin.addWidget(self.buttons)
        below.addLayout(margin)
        return column

    def _connect(self) -> None:
        for part in (self.notice_bar, self.grid, self.buttons, self._bar):
            part.intended.connect(self.intended)
        self.settings.intended.connect(self.intended)
        self.plots.intended.connect(self.intended)
        self._speed.chosen.connect(lambda speed: self.intended.emit(ChangeSpeed(speed)))
        self.grid.hovered.connect(self._hover)
        self._bar.quantity_chosen.connect(self.grid.show_quantity)
        self._bar.film_wanted.connect(self.film_wanted)


def _words(state: MultiRun[S], *, goes_on: bool) -> str:
    """Return what the runs are doing, in a sentence."""
    group = state.group
    if group is None:
        return tr("Play begins from the start.")
    going = [run for run in group.runs if not run.ended]
    most = max(run.step for run in group.runs)
    if state.playing and not group.begun:
        return tr("Making the start…")
    if going and (state.playing or goes_on):
        counts = {"count": len(going), "all": len(group.runs), "most": most}
        if state.playing:
            return tr("{count} of {all} runs going, step {most}", **counts)
        return tr("{count} of {all} runs paused, step {most}", **counts)
    if going:
        return tr("Play begins anew: with these settings, and the pair in the main window.")
    return tr("All runs have ended, the longest after {steps}.", steps=steps_in_words(most))


def _stacked(*widgets: QWidget) -> QWidget:
    """Return widgets one below the other, the last of which takes the room."""
    stack = QWidget()
    column = QVBoxLayout(stack)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, int(widget is widgets[-1]))
    return stack
