"""The tiles of several runs, linked: they look at the same place of the image."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ssim_viewer.metrics import Quantity
from ssim_viewer.ui.experiments.run_tile import RunTile
from ssim_viewer.ui.pane.navigation import Navigation
from ssim_viewer.ui.pane.selection import Selection
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT
from ssim_viewer.ui.theme.run_colors import run_color

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.session.run_group import RunState
    from ssim_viewer.ui.theme.colors import Colors

    Shown = tuple[RunState | None, str, str]

CONTEXT = (QT_TR_NOOP("reference"), QT_TR_NOOP("start"))
"""The tiles beside the runs."""


class RunGrid(QWidget):
    """Shows runs, each with its title and numbers.

    Signals
    -------
    intended
        Carries `ShowImage`.
    hovered
        Carries the pixel (x, y) under the cursor, or None.

    Parameters
    ----------
    name
        The object name; tiles are called after it.
    """

    intended = Signal(object)
    hovered = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(tr("Images of the runs"))
        self.navigation = Navigation(self)
        self._selection = Selection(self.navigation, self)
        self._colors = LIGHT
        self._quantity = Quantity.DISTORTED
        self._shown: tuple[Shown, ...] = ()
        self._shown_context: tuple[Shown, ...] = tuple((None, part, "") for part in CONTEXT)
        self._tiles: list[RunTile] = []
        self._count = 0
        self._context = tuple(self._new_tile(f"{name}_{part}") for part in CONTEXT)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)

    def show_runs(self, shown: Sequence[Shown]) -> None:
        """Show runs with their titles and numbers; None is a run that has not begun."""
        self._shown = tuple(shown)
        if len(shown) != self._count:
            self._lay_out(len(shown))
        for run, _, _ in shown:
            if run is not None and run.image is not None:
                height, width = run.image.shape[:2]
                self.navigation.set_size(width, height)
        for tile, (run, title, numbers) in zip(self._tiles, self._shown, strict=False):
            tile.show_run(run, title, numbers, self._quantity)

    def show_context(self, shown: Sequence[Shown]) -> None:
        """Show what the runs come from and are measured against, at the left."""
        self._shown_context = tuple(shown)
        for tile, (run, title, numbers) in zip(self._context, shown, strict=True):
            tile.show_run(run, title, numbers, self._quantity)

    def show_quantity(self, quantity: Quantity) -> None:
        """Show the images, or a map of them."""
        self._quantity = quantity
        self.show_runs(self._shown)
        self.show_context(self._shown_context)

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        self._colors = colors
        for index, tile in enumerate(self._tiles):
            tile.restyle(colors, run_color(colors, self.color_index(index)))
        for tile in self._context:
            tile.restyle(colors, colors.line)

    def color_index(self, index: int) -> int:
        """Return which of the runs' colours a tile has."""
        return index

    def sizeHint(self) -> QSize:
        """Return a size at which four images are comfortable."""
        return QSize(760, 560)

    def minimumSizeHint(self) -> QSize:
        """Return the size below which tiles say nothing."""
        return QSize(320, 200)

    def _lay_out(self, count: int) -> None:
        while len(self._tiles) < count:
            self._add_tile()
        self._count = count
        columns = columns_for(count)
        rows = math.ceil(count / columns)
        for place, tile in enumerate(self._context):
            self._grid.addWidget(tile, place * rows, 0, rows, 1)
        for index, tile in enumerate(self._tiles):
            self._grid.removeWidget(tile)
            if index < count:
                self._grid.addWidget(tile, 2 * (index // columns), 1 + index % columns, 2, 1)
            tile.setVisible(index < count)
        for column in range(9):
            self._grid.setColumnStretch(column, int(column <= columns))
        for row in range(16):
            self._grid.setRowStretch(row, int(row < 2 * rows))
        self._measure()

    def _add_tile(self) -> None:
        number = len(self._tiles) + 1
        tile = self._new_tile(f"{self.objectName()}_{number}")
        tile.restyle(self._colors, run_color(self._colors, self.color_index(number - 1)))
        self._tiles.append(tile)

    def _new_tile(self, name: str) -> RunTile:
        tile = RunTile(name, self.navigation, self._selection)
        tile.intended.connect(self.intended)
        tile.canvas.hovered.connect(self._mark)
        tile.canvas.resized.connect(self._measure)
        return tile

    def _measure(self) -> None:
        visible = (*self._context, *self._tiles[: self._count])
        self.navigation.set_viewports(tile.canvas.device_size for tile in visible)

    def _mark(self, pixel: tuple[int, int] | None) -> None:
        for tile in (*self._context, *self._tiles):
            tile.canvas.set_marker(pixel)
        self.hovered.emit(pixel)


def columns_for(count: int) -> int:
    """Return how many tiles stand side by side: up to three in a row, four as a square."""
    if count <= 3:
        return max(count, 1)
    return 2 if count == 4 else 3 if count <= 6 else 4
