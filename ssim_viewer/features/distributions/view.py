"""The dock: histogram, worst values and places, region, poolings and line profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.distributions import actions
from ssim_viewer.features.distributions.histogram import Histogram
from ssim_viewer.features.distributions.profile import profile_as_csv
from ssim_viewer.features.distributions.profile_plots import LEGEND, ProfilePlots
from ssim_viewer.features.distributions.region_tools import RegionTools
from ssim_viewer.features.distributions.rows import worst_after, worst_at
from ssim_viewer.features.distributions.shares import Brushed
from ssim_viewer.features.distributions.sources import contents_of
from ssim_viewer.features.distributions.state import (
    ID,
    LINE,
    distribution_of,
    found_on_screen,
    lit_on_screen,
    place_on_screen,
)
from ssim_viewer.features.distributions.words import (
    lit_text,
    place_text,
    poolings_html,
    shares_html,
)
from ssim_viewer.features.distributions.worst_list import WorstList
from ssim_viewer.session.intents import TakeTool
from ssim_viewer.ui.controls.fields import muted_label, name_control, set_text_color
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin
from ssim_viewer.ui.controls.section import Section
from ssim_viewer.ui.controls.text_view import TextView
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ssim_viewer.features.distributions.profile import Profile
    from ssim_viewer.features.distributions.sources import Content
    from ssim_viewer.features.distributions.state import Distribution
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

WIDTH = 340

OUTSIDE = QT_TR_NOOP("The line lies outside the image: draw another one, or clear it.")

WIDE = 1.6
"""As many times as wide as high, a dock has its parts side by side."""


class DistributionPanel(QScrollArea):
    """Shows one map's values.

    Signals
    -------
    intended
        Carries an action of the feature, or an intent.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(ID)
        self.setAccessibleName(tr("Distributions"))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setMinimumWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setAccessibleName(tr("Scroll the distributions"))
        self._session: Session | None = None
        self._contents: tuple[Content, ...] = ()
        self._profile: Profile | None = None
        self._wide = False
        self._make_controls()
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show what was found of the map of a session."""
        self._session = session
        state, found = distribution_of(session), found_on_screen(session)
        self._show_contents(session, state.content)
        region = state.region if state.region is not None and state.region.of is found else None
        whole = None if found is None else found.shares
        part = None if region is None or state.shape is None else region.shares
        self._histogram.show_shares(whole, part)
        self._shares.show_html(shares_html(whole, part, with_part=state.shape is not None))
        self._show_lit(session, state)
        self._region.show_session(session)
        rank, places = state.rank, state.places
        count = len(places.places) if places is not None else 0
        listed = places is not None and places.of is found
        self._list.show_places(places.places if listed and places is not None else (), rank)
        self._place.show_html(place_text(place_on_screen(session), rank, count))
        if state.poolings is not None and state.poolings.measured is session.measured:
            self._poolings.show_html(poolings_html(state.poolings.pooled))
        self._exponent.show_value(state.exponent)
        self._profile = state.profile if state.line is not None else None
        self._profiles.show_profile(self._profile)
        self._line.setChecked(session.tool == LINE)
        for button in (self._copy, self._clear_line):
            button.setEnabled(self._profile is not None)
        outside = self._profile is not None and not self._profile.distance.size
        problem = state.problem or (OUTSIDE if outside else "")
        self._problem.setText(tr(problem))
        self._problem.setVisible(bool(problem))

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        self._histogram.restyle(colors)
        self._region.restyle(colors)
        self._profiles.restyle(colors)
        set_text_color(self._problem, colors.on_error)

    def _show_contents(self, session: Session, content: Content) -> None:
        contents = contents_of(session)
        if content not in contents:
            contents = (*contents, content)
        if contents != self._contents:
            self._contents = contents
            self._content.fill([(str(each), each) for each in contents])
        self._content.show_value(content)

    def _show_lit(self, session: Session, state: Distribution) -> None:
        lit, found = lit_on_screen(session), found_on_screen(session)
        self._lit.show_html(lit_text(lit, found.shares.count if found is not None else 0))
        self._worst.setChecked(state.worst)
        self._percent.show_value(state.percent)
        brushed = state.brushed or (lit.brushed if lit is not None else None)
        self._histogram.show_range(None if brushed is None else (brushed.low, brushed.high))
        for spin, value in ((self._low, "low"), (self._high, "high")):
            if brushed is not None:
                spin.show_value(getattr(brushed, value))

    # Building

    def _make_controls(self) -> None:
        self._content = Choice(())
        name_control(
            self._content, "distribution_content", tr("Map"), tr("The map that is looked at.")
        )
        self._histogram = Histogram(self.font(), self)
        self._shares = TextView("distribution_shares", tr("Mean and percentiles"))
        self._worst = _button(
            "light_worst_button", tr("Light the worst"), tr("Where the worst are.")
        )
        self._worst.setCheckable(True)
        self._percent = NumberSpin(0.01, 100)
        self._percent.setSuffix(" %")
        name_control(
            self._percent,
            "worst_percent",
            tr("Share of the worst"),
            tr("How many count as the worst."),
        )
        self._low, self._high = NumberSpin(-1e9, 1e9), NumberSpin(-1e9, 1e9)
        name_control(self._low, "range_low", tr("Lowest lit value"), tr("Lit from here."))
        name_control(self._high, "range_high", tr("Highest lit value"), tr("Lit up to here."))
        self._dark = _button("range_clear", tr("Light none"), tr("Put the light out."))
        self._lit = TextView("distribution_lit", tr("What is lit"))
        self._region = RegionTools()
        self._previous = _button(
            "worst_previous", tr("Previous"), tr("Zoom to the previous worst place.")
        )
        self._next = _button(
            "worst_next", tr("Next worst region"), tr("Zoom to the next worst place.")
        )
        self._list = WorstList()
        self._place = TextView("distribution_place", tr("The worst place that is shown"))
        self._poolings = TextView("distribution_poolings", tr("Poolings of the map of SSIM"))
        self._exponent = NumberSpin(0.1, 16)
        name_control(
            self._exponent, "pooling_exponent", tr("Minkowski exponent"), tr("p, above 0.")
        )
        self._line = _button("profile_line", tr("Draw a line"), tr("Drag a line in any pane."))
        self._line.setCheckable(True)
        self._copy = _button(
            "profile_copy", tr("Copy"), tr("Copy the values along the line as CSV.")
        )
        self._clear_line = _button("profile_clear", tr("Clear"), tr("Take the line away."))
        self._profiles = ProfilePlots()
        self._problem = muted_label(wrap=True)
        self._problem.setObjectName("distribution_problem")

    def _lay_out(self) -> None:
        body = QWidget()
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, body)
        self._parts.setContentsMargins(8, 4, 8, 8)
        self._parts.setSpacing(8)
        lit = _row(muted_label(tr("lit from")), self._low, muted_label("to"), self._high)
        plot = self._histogram.widget
        self._parts.addWidget(_stack(self._content, self._problem, plot, lit, self._lit), 3)
        light, steps = (
            _row(self._worst, self._percent, self._dark),
            _row(self._previous, self._next),
        )
        self._parts.addWidget(_stack(light, self._list, self._place, steps), 2)
        self._rest = QScrollArea()
        self._rest.setWidgetResizable(True)
        self._rest.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has the focus
        self._rest.setFrameShape(QScrollArea.Shape.NoFrame)
        self._rest.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rest.verticalScrollBar().setAccessibleName(tr("Scroll region, poolings and profile"))
        self._more = _stack(self._shares, *self._sections(), None)
        self._rest.setWidget(self._more)
        self._more.installEventFilter(self)
        self._parts.addWidget(self._rest, 2)
        self.setWidget(body)

    def _sections(self) -> tuple[Section, ...]:
        exponent = _row(muted_label(tr("Minkowski exponent p")), self._exponent)
        line = _row(self._line, self._copy, self._clear_line)
        profile = _stack(line, self._profiles, muted_label(LEGEND, wrap=True))
        return (
            Section(tr("Region"), "section_region", _stack(self._region)),
            Section(tr("Poolings of SSIM"), "section_poolings", _stack(self._poolings, exponent)),
            Section(tr("Line profile"), "section_profile", profile),
        )

    def sizeHint(self) -> QSize:
        """Return a size at which little is scrolled."""
        return QSize(WIDTH, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side at the bottom of the window, and one below the other at a side."""
        super().resizeEvent(event)
        wide = self.width() > WIDE * self.height() and self.width() > 2 * WIDTH
        if wide != self._wide:
            self._wide = wide
            ways = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
            self._parts.setDirection(ways[wide])
            self._histogram.set_low(wide)
        self._fit_rest()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give what is below all the room it needs, when it is unfolded too."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit_rest()
        return super().eventFilter(watched, event)

    def _fit_rest(self) -> None:
        """Scroll the last part by itself only where the parts stand side by side."""
        needed = self._more.sizeHint().height()
        self._rest.setMinimumHeight(0 if self._wide else needed)
        policy = Qt.ScrollBarPolicy
        self._rest.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if self._wide else policy.ScrollBarAlwaysOff
        )

    def _connect(self) -> None:
        self._content.chosen.connect(lambda c: self.intended.emit(actions.ChooseContent(c)))
        self._histogram.brushed.connect(self._brush)
        self._worst.clicked.connect(lambda: self.intended.emit(actions.LightWorst()))
        self._dark.clicked.connect(lambda: self.intended.emit(actions.BrushRange(None)))
        self._percent.valueChanged.connect(
            lambda percent: self.intended.emit(actions.ChoosePercent(percent))
        )
        self._exponent.valueChanged.connect(lambda p: self.intended.emit(actions.ChooseExponent(p)))
        for spin in (self._low, self._high):
            spin.valueChanged.connect(self._type_range)
        self._region.intended.connect(self.intended)
        self._previous.clicked.connect(lambda: self._go(-1))
        self._next.clicked.connect(lambda: self._go(1))
        self._list.wanted.connect(self._go_to)
        self._line.clicked.connect(self._take_line)
        self._copy.clicked.connect(self._copy_profile)
        self._clear_line.clicked.connect(lambda: self.intended.emit(actions.ClearLine()))

    def _brush(self, ends: tuple[float, float] | None) -> None:
        self.intended.emit(actions.BrushRange(None if ends is None else Brushed(*ends)))

    def _type_range(self) -> None:
        low, high = self._low.value(), self._high.value()
        if low <= high:
            self.intended.emit(actions.BrushRange(Brushed(low, high)))

    def _go(self, by: int) -> None:
        if self._session is not None:
            self.intended.emit(worst_after(self._session, by))

    def _go_to(self, rank: int) -> None:
        if self._session is not None:
            self.intended.emit(worst_at(self._session, rank))

    def _take_line(self) -> None:
        on = self._session is not None and self._session.tool == LINE
        self.intended.emit(TakeTool(None if on else LINE))

    def _copy_profile(self) -> None:
        if self._profile is not None:
            QGuiApplication.clipboard().setText(profile_as_csv(self._profile))


def _button(name: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(tr(text))
    name_control(button, name, text, tip)
    return button


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    for widget in widgets:
        layout.addWidget(widget)
    return row


def _stack(*widgets: QWidget | None) -> QWidget:
    """Return widgets one below the other; None is room that stretches."""
    body = QWidget()
    layout = QVBoxLayout(body)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return body
