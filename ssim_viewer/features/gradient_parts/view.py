"""The window of the gradient's parts: maps, numbers, the sphere, and one plot of all climbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from ssim_viewer.features.gradient_parts.actions import ClimbToward, PlotOf, RunPaths, ShowEnd
from ssim_viewer.features.gradient_parts.numbers import part_colors, table_of_climbs, table_of_parts
from ssim_viewer.features.gradient_parts.sphere_view import SphereView
from ssim_viewer.features.gradient_parts.state import (
    MAPS,
    QUANTITIES,
    RADIAL,
    STEPS,
    TANGENTIAL,
    Driver,
    parts_of,
    paths_of,
    state_of,
    subject_of,
)
from ssim_viewer.synthesis import Direction
from ssim_viewer.ui.controls.fields import muted_label, name_control, set_text_color
from ssim_viewer.ui.controls.fitted_picture import FittedPicture
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.experiments.feature_window import FeatureWindow
from ssim_viewer.ui.experiments.part_legend import legend_of
from ssim_viewer.ui.experiments.work_control import WorkControl
from ssim_viewer.ui.plots.lines_plot import Line, LinesPlot
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT, tabular
from ssim_viewer.ui.theme.run_colors import run_color

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

TITLES = {
    Driver.GRADIENT: QT_TR_NOOP("gradient of MSSIM"),
    RADIAL: QT_TR_NOOP("radial: changes the MSE"),
    TANGENTIAL: QT_TR_NOOP("tangential: keeps the MSE"),
    Driver.LUMINANCE: QT_TR_NOOP("through luminance"),
    Driver.CONTRAST: QT_TR_NOOP("through contrast"),
    Driver.STRUCTURE: QT_TR_NOOP("through structure"),
}
LEGEND = QT_TR_NOOP(
    "Upper row: the gradient is its radial and its tangential part together; lower row: it is the "
    "shares of l, c and s together. Red: brighter raises MSSIM, blue: darker does; one scale for "
    "all maps. Each climb keeps the MSE and follows the tangential part of one of them, by the "
    "rule of the article."
)


class PartsWindow(FeatureWindow):
    """Where the gradient pushes: its parts as maps, and climbs by one part alone."""

    def __init__(self) -> None:
        super().__init__(
            "gradient_parts_window",
            tr("Where does the gradient push?"),
            least=QSize(900, 600),
            usual=QSize(1240, 700),
        )
        self._session: Session | None = None
        self._colors = LIGHT
        self._maps = {name: FittedPicture(f"gradient_parts_{name}_map", 110) for name in MAPS}
        self._sphere, self._plot = SphereView(), LinesPlot("gradient_parts_plot")
        self._numbers, self._climbs = QLabel(), QLabel()
        self._show = {driver: QPushButton(tr(driver.value)) for driver in Driver}
        self._build()
        self._lay_out()

    def show_session(self, session: Session) -> None:
        """Show parts and climbs of a session."""
        before, self._session = self._session, session
        if before is not None and _same(before, session):
            return
        state, parts, paths = state_of(session), parts_of(session), paths_of(session)
        self._way.show_value(state.direction)
        self._quantity.show_value(state.quantity)
        self._legend.setText(legend_of(LEGEND, session.document.pair, maps=False))
        self._problem.setText(tr(state.problem))
        self._problem.setVisible(bool(state.problem))
        pictures = part_colors(parts)
        for name, picture in self._maps.items():
            picture.show_array(pictures.get(name))
        colors = {driver: run_color(self._colors, place) for place, driver in enumerate(Driver)}
        self._numbers.setText(table_of_parts(parts, colors))
        self._climbs.setText(table_of_climbs(paths, colors))
        self._sphere.show_paths(paths)
        self._draw(session, colors)
        for button in self._show.values():
            button.setEnabled(paths is not None)
        made = 0 if paths is None else len(paths.paths[Driver.GRADIENT].means["ssim"]) - 1
        whole = paths is not None and paths.done
        working = state.running and not whole and not state.problem
        enabled = not whole and session.document.pair is not None
        self._work.show_work(STEPS if whole else made, STEPS, working=working, enabled=enabled)

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        self._colors = colors
        for part in (self._way, self._quantity, self._plot, self._sphere):
            part.restyle(colors)
        for picture in self._maps.values():
            picture.setStyleSheet(f"background: {colors.surround}")
        set_text_color(self._problem, colors.on_error)
        session, self._session = self._session, None
        if session is not None:
            self.show_session(session)

    def _draw(self, session: Session, colors: dict[Driver, str]) -> None:
        quantity, paths = state_of(session).quantity, paths_of(session)
        lines = []
        for driver, path in (paths.paths if paths is not None else {}).items():
            values = np.array(path.means[quantity], float)
            places = np.arange(len(values), dtype=float)
            lines.append(Line(places, values, colors[driver], driver.value))
        title = "MSSIM" if quantity == "ssim" else tr("mean {quantity}", quantity=quantity)
        self._plot.show_lines(lines, tr("{title}, higher is better", title=title), "step")

    def _build(self) -> None:
        self._way = Segments(
            (
                (
                    tr("Toward the best"),
                    Direction.ASCENT,
                    "gradient_parts_up",
                    tr("Climb toward higher MSSIM."),
                ),
                (
                    tr("Toward the worst"),
                    Direction.DESCENT,
                    "gradient_parts_down",
                    tr("Climb toward lower MSSIM."),
                ),
            )
        )
        self._way.chosen.connect(lambda way: self.intended.emit(ClimbToward(way)))
        titles = ("MSSIM", "l", "c", "s")
        self._quantity = Segments(
            [
                (
                    title,
                    name,
                    f"gradient_parts_plot_{name}",
                    tr("Plot the mean of {title}.", title=title),
                )
                for title, name in zip(titles, QUANTITIES, strict=True)
            ]
        )
        self._quantity.chosen.connect(lambda name: self.intended.emit(PlotOf(name)))
        for driver, button in self._show.items():
            tip = tr(
                "Make the end of the climb by {driver} the distorted image of the main window.",
                driver=tr(driver),
            )
            name_control(
                button, f"gradient_parts_show_{driver}", tr("Show {driver}", driver=tr(driver)), tip
            )
            button.clicked.connect(lambda _=False, way=driver: self.intended.emit(ShowEnd(way)))
        for label, name in ((self._numbers, "numbers"), (self._climbs, "climbs")):
            label.setObjectName(f"gradient_parts_{name}")
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setWordWrap(True)  # heads of the table, where they are long
            label.setFont(tabular(label.font()))
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._problem, self._legend = muted_label(wrap=True), muted_label(LEGEND, wrap=True)
        self._problem.setObjectName("gradient_parts_problem")
        self._legend.setObjectName("gradient_parts_legend")
        self._work = WorkControl(
            self,
            "gradient_parts",
            (tr("Steps of the climbs"), tr("Made.")),
            (tr("Climb, or stop"), tr("Stop all climbs, or go.")),
            tr("Climb again"),
        )
        self._work.toggled.connect(lambda on: self.intended.emit(RunPaths(on=on)))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        for place, name in enumerate(MAPS):
            row, column = divmod(place, 3)
            caption = muted_label(TITLES[name], wrap=True)
            grid.addWidget(caption, 2 * row, column)
            grid.addWidget(self._maps[name], 2 * row + 1, column)
            grid.setRowStretch(2 * row + 1, 1)
        left = QVBoxLayout()
        left.addLayout(grid, 1)
        left.addWidget(self._numbers)
        left.addWidget(self._legend)
        self._plot.setMinimumHeight(170)
        ends = QHBoxLayout()
        for button in self._show.values():
            ends.addWidget(button)
        right = QVBoxLayout()
        for widget, stretch in (
            (self._sphere, 4),
            (self._quantity, 0),
            (self._plot, 3),
            (self._climbs, 0),
        ):
            right.addWidget(widget, stretch)
        right.addWidget(muted_label(tr("Show the end of the climb by")))
        right.addLayout(ends)
        top = QHBoxLayout()
        top.addWidget(self._way)
        top.addStretch(1)
        top.addWidget(self._work.progress)
        top.addWidget(self._work.button)
        middle = QHBoxLayout()
        middle.addLayout(left, 5)
        middle.addLayout(right, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 8)
        whole.addLayout(top)
        whole.addWidget(self._problem)
        whole.addLayout(middle, 1)


def _same(before: Session, session: Session) -> bool:
    """Whether nothing has changed that the window shows."""
    first, second = subject_of(before), subject_of(session)
    same = first is second if first is None or second is None else first.is_same(second)
    return same and state_of(before) is state_of(session)
