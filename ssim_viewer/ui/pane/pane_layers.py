"""What lies on a canvas: a picture, and the reference beside, over or in place of it.

It paints, and is no widget; the marker and the mouse are left to `canvas`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from ssim_viewer.session.comparison import Comparison, Mode
from ssim_viewer.ui.pane.pixel_grid import draw_grid
from ssim_viewer.ui.pane.pixel_values import draw_values, readable
from ssim_viewer.ui.pane.visible_region import Painting
from ssim_viewer.ui.pane.wipe import draw_line

if TYPE_CHECKING:
    from ssim_viewer.ui.pane.navigation import View
    from ssim_viewer.ui.pane.picture import Picture
    from ssim_viewer.ui.theme.colors import Colors


@dataclass(frozen=True, slots=True)
class Framing:
    """How a scene is looked at.

    Attributes
    ----------
    view
        Where the canvas looks.
    canvas
        All of the canvas.
    size
        Width and height of the image.
    split
        x of the divider on the canvas, or y of one that lies across; None without one.
    """

    view: View
    canvas: QRectF
    size: tuple[int, int]
    split: float | None
    colors: Colors


class Scene:
    """The pictures of one canvas.

    Attributes
    ----------
    picture, reference
        What the pane shows, and the reference of the pair; None where there is none.
    held
        Whether Shift holds the reference in place of the picture.
    blinked
        Whether the automatic blink shows the reference now.
    comparison
        How the reference is seen beside the picture.
    pixel_values, pixel_grid
        Whether numbers and lines are drawn on pixels that are large enough.
    """

    def __init__(self) -> None:
        self.picture: Picture | None = None
        self.reference: Picture | None = None
        self.held = self.blinked = False
        self.comparison = Comparison()
        self.pixel_values = False
        self.pixel_grid = True
        self._paintings = (Painting(), Painting())

    @property
    def shown(self) -> Picture | None:
        """The picture, or the reference while it is held, or its turn in the blink."""
        blinked = self.blinked and self.comparison.mode is Mode.BLINK
        return self.reference if (self.held or blinked) and self.reference else self.picture

    def shows_values(self, view: View) -> bool:
        """Whether numbers stand on the pixels."""
        return self.pixel_values and self.has_room_for_values(view)

    def has_room_for_values(self, view: View) -> bool:
        """Whether samples are large enough on screen for numbers."""
        return self.shown is not None and readable(view, self.shown)

    def paint(self, painter: QPainter, framing: Framing, area: QRectF) -> None:
        """Paint an area of the canvas."""
        shown, reference, split = self.shown, self.reference, framing.split
        if shown is None:
            return
        if reference is None or shown is reference:
            self._draw(painter, shown, framing, area)
        elif split is not None:
            before, after = _divided(area, split, across=self.comparison.across)
            self._draw(painter, reference, framing, before)
            self._draw(painter, shown, framing, after)
            draw_line(painter, framing.canvas, split, across=self.comparison.across)
        elif self.comparison.mode is Mode.OVERLAY:
            self._draw(painter, reference, framing, area)
            self._draw(painter, shown, framing, area, self.comparison.opacity)
        else:
            self._draw(painter, shown, framing, area)

    def _draw(
        self,
        painter: QPainter,
        picture: Picture,
        framing: Framing,
        area: QRectF,
        opacity: float = 1.0,
    ) -> None:
        if area.isEmpty():
            return
        view = framing.view
        if picture.displacement != (0.0, 0.0):
            view = view.moved(*picture.displacement)
        painter.save()
        painter.setClipRect(area)
        painter.setOpacity(opacity)
        # The tile covers the whole canvas, so that a small area to repaint needs no new one.
        painting = self._paintings[picture is self.reference]
        # A hole in a photograph is there to stay: it is seen better than what is still to come.
        ink = framing.colors.line if picture.tone is None else framing.colors.muted
        missing = QBrush(QColor(ink), Qt.BrushStyle.BDiagPattern)
        if picture.missing:
            painter.setBrushOrigin(view.to_widget(0, 0))
            painter.fillRect(view.rect(*picture.extent), missing)
        tile = painting.draw(painter, view, picture, framing.canvas, missing)
        whole = (0, 0, *framing.size)
        if picture.extent != whole:  # show where the image ends that the map does not reach
            painter.setPen(QPen(QColor(framing.colors.frame), 0))
            painter.drawRect(view.rect(*whole).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setOpacity(1.0)
        if self.pixel_grid:
            draw_grid(painter, view, picture, area)
        over = self.comparison.mode is Mode.OVERLAY and picture is not self.shown
        if tile is not None and self.pixel_values and not over and readable(view, picture):
            draw_values(painter, view, picture, tile, area)
        painter.restore()


def _divided(area: QRectF, split: float, *, across: bool) -> tuple[QRectF, QRectF]:
    """Return what lies left and right of a divider, or above and below it."""
    before, after = QRectF(area), QRectF(area)
    if across:
        before.setBottom(min(max(split, area.top()), area.bottom()))
        after.setTop(before.bottom())
    else:
        before.setRight(min(max(split, area.left()), area.right()))
        after.setLeft(before.right())
    return before, after
