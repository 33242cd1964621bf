"""The buttons of the region tools, the size of the brush, and what is done with the region."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from ssim_viewer.features.distributions.actions import ChooseRadius, DrawRegion, RestrictScores
from ssim_viewer.features.distributions.state import (
    BRUSH,
    ELLIPSE,
    LASSO,
    RECTANGLE,
    distribution_of,
)
from ssim_viewer.images.shapes import Ellipse, Rectangle
from ssim_viewer.session.intents import TakeTool
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.controls.inputs import NumberSpin
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from ssim_viewer.images.shapes import Shape
    from ssim_viewer.session.state import Session
    from ssim_viewer.session.tools import Tool
    from ssim_viewer.ui.theme.colors import Colors

_TOOLS = (
    (RECTANGLE, "rectangle-outline", QT_TR_NOOP("Draw a rectangle in any pane.")),
    (ELLIPSE, "ellipse-outline", QT_TR_NOOP("Draw an ellipse in any pane.")),
    (LASSO, "lasso", QT_TR_NOOP("Draw around a region in any pane.")),
    (BRUSH, "brush-outline", QT_TR_NOOP("Paint a region in any pane; Ctrl erases.")),
)

EDGES = (
    QT_TR_NOOP("left"),
    QT_TR_NOOP("top"),
    QT_TR_NOOP("right"),
    QT_TR_NOOP("bottom"),
)


class RegionTools(QWidget):
    """Draws regions by the mouse, or by the numbers of their edges.

    Signals
    -------
    intended
        Carries an action of the feature, or `TakeTool`.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._tool: Tool | None = None
        self._shape: Shape | None = None
        self._buttons = {tool.name: self._button(tool, tip) for tool, _, tip in _TOOLS}
        self._radius = NumberSpin(0.5, 500, decimals=1)
        self._radius.setSuffix(" px")
        name_control(self._radius, "region_radius", tr("Radius of the brush"), tr("In pixels."))
        self._edges = {edge: self._edge(edge) for edge in EDGES}
        self._clear = QPushButton(tr("Clear"))
        self._restrict = QPushButton(tr("Restrict scores"))
        name_control(
            self._clear, "region_clear", tr("Clear the region"), tr("Take the region away.")
        )
        name_control(
            self._restrict,
            "region_restrict",
            tr("Restrict scores to the region"),
            tr("Count only the pixels of the region in every score, as a mask does."),
        )
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show which tool is on, and the region."""
        state = distribution_of(session)
        self._tool, self._shape = session.tool, state.shape
        for tool, _, _ in _TOOLS:
            self._buttons[tool.name].setChecked(session.tool == tool)
        self._radius.show_value(state.radius)
        for button in (self._clear, self._restrict):
            button.setEnabled(state.shape is not None)
        for edge, value in zip(EDGES, self._bounds(), strict=True):
            self._edges[edge].show_value(value)

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        for tool, icon, _ in _TOOLS:
            self._buttons[tool.name].setIcon(themed_icon(icon, colors))

    def _bounds(self) -> tuple[float, float, float, float]:
        return self._shape.bounds() if self._shape is not None else (0.0, 0.0, 0.0, 0.0)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        tools, edges, last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for button in self._buttons.values():
            tools.addWidget(button)
        tools.addStretch(1)
        tools.addWidget(muted_label(tr("brush")))
        tools.addWidget(self._radius)
        for spin in self._edges.values():
            edges.addWidget(spin)
        last.addWidget(self._clear)
        last.addWidget(self._restrict, 1)
        column.addLayout(tools)
        column.addWidget(muted_label(tr("left, top, right, bottom in pixels")))
        column.addLayout(edges)
        column.addLayout(last)

    def _connect(self) -> None:
        for tool, _, _ in _TOOLS:
            self._buttons[tool.name].clicked.connect(partial(self._take, tool))
        self._radius.valueChanged.connect(lambda r: self.intended.emit(ChooseRadius(r)))
        self._clear.clicked.connect(lambda: self.intended.emit(DrawRegion(None)))
        self._restrict.clicked.connect(lambda: self.intended.emit(RestrictScores()))
        for spin in self._edges.values():
            spin.valueChanged.connect(self._type_edges)

    def _take(self, tool: Tool) -> None:
        self.intended.emit(TakeTool(None if self._tool == tool else tool))

    def _type_edges(self) -> None:
        """Take a rectangle from typed edges; an ellipse stays one."""
        left, top, right, bottom = (self._edges[edge].value() for edge in EDGES)
        kind = Ellipse if isinstance(self._shape, Ellipse) else Rectangle
        if left < right and top < bottom:
            self.intended.emit(DrawRegion(kind(left, top, right, bottom)))

    @staticmethod
    def _button(tool: Tool, tip: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setCheckable(True)
        name_control(button, f"region_{tool.name}", tr(tip).rstrip("."), tip)
        return button

    @staticmethod
    def _edge(edge: str) -> NumberSpin:
        spin = NumberSpin(-1e6, 1e6, decimals=0)
        spin.setMinimumWidth(40)
        spin.setButtonSymbols(NumberSpin.ButtonSymbols.NoButtons)
        name_control(
            spin,
            f"region_{edge}",
            tr("Region: {edge}", edge=tr(edge)),
            tr("The {edge} edge, in pixels.", edge=tr(edge)),
        )
        return spin
