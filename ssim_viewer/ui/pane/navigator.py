"""The navigator: the whole image, small, in the active pane while not all of it is seen there.

A drag in it moves what is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ssim_viewer.session.pyramid import Pyramid
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.pane.canvas import Canvas
    from ssim_viewer.ui.pane.pane_grid import PaneGrid
    from ssim_viewer.ui.theme.colors import Colors

SIDE = 120
"""Logical pixels of the larger side."""

SHARE = 0.4
"""The largest share of a pane that it takes, in each direction."""

MARGIN = 8
HIDDEN = 1.0
"""Image pixels that may lie outside a pane while all of the image counts as seen."""


class Navigator(QWidget):
    """Lies over the panes, in the lower left corner of the active one."""

    def __init__(self, panes: PaneGrid) -> None:
        super().__init__(panes)
        self.setObjectName("navigator")
        self.setAccessibleName(tr("Navigator"))
        self.setToolTip(tr("The whole image; drag to move what the panes show."))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._panes = panes
        self._colors = LIGHT
        self._active = 0
        self._wanted = True
        self._picture: Pyramid | None = None
        self._small: QImage | None = None
        self._canvas: Canvas | None = None
        self._above: QWidget | None = None
        panes.navigation.changed.connect(self._follow)
        self.hide()

    def show_session(self, session: Session) -> None:
        """Show the reference of a session in the active pane."""
        pictures = session.document.pictures
        picture = pictures[0] if pictures is not None else None
        if picture is not self._picture:
            self._picture, self._small = picture, None
        self._active = session.look.active
        self._follow()

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        self._colors = colors
        self.update()

    def want(self, wanted: bool) -> None:  # noqa: FBT001 - as an action says it
        """Say whether it shall be seen at all."""
        self._wanted = wanted
        self._follow()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the image and the part of it that the pane shows."""
        with QPainter(self) as painter:
            self._draw(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look where it was clicked."""
        self._look(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look where it is dragged to."""
        self._look(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the end of the drag from the pane below."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner of the pane when that is moved or has another size."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._follow()
        return super().eventFilter(watched, event)

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._small is not None:
            painter.drawImage(QRectF(self.rect()), self._small)
        seen = self._seen()
        shade = QColor(0, 0, 0, 110)
        for outside in _around(seen, QRectF(self.rect())):
            painter.fillRect(outside, shade)
        painter.setPen(QPen(QColor(self._colors.accent), 2))
        painter.drawRect(seen.adjusted(1, 1, -1, -1))
        painter.setPen(QColor(self._colors.frame))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _look(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            width, height = self._panes.navigation.size
            part = event.position().x() / self.width(), event.position().y() / self.height()
            self._panes.navigation.look_at(
                (part[0] * width, part[1] * height), self._panes.navigation.zoom
            )

    def lie_under(self, above: QWidget) -> None:
        """Lie under another widget over the panes, whose words are not covered."""
        self._above = above

    def _follow(self) -> None:
        """Stand in the corner of the active pane, or nowhere while all is seen there."""
        self._watch(self._panes.canvas_of(self._active))
        width, height = self._panes.navigation.size
        canvas = self._canvas
        if not self._wanted or canvas is None or self._picture is None or not width * height:
            self.hide()
            return
        left, top, right, bottom = self._bounds(canvas)
        if max(left, top, width - right, height - bottom) <= HIDDEN:
            self.hide()
            return
        room = min(SHARE * canvas.width() / width, SHARE * canvas.height() / height)
        scale = min(SIDE / max(width, height), room)
        size = max(2, round(width * scale)), max(2, round(height * scale))
        corner = canvas.mapTo(self._panes, QPoint(MARGIN, canvas.height() - MARGIN - size[1]))
        self.setGeometry(corner.x(), corner.y(), *size)
        self._make_small()
        self.show()
        self.raise_()
        if self._above is not None:
            self._above.raise_()
        self.update()

    def _watch(self, canvas: Canvas | None) -> None:
        if canvas is self._canvas:
            return
        if self._canvas is not None:
            self._canvas.removeEventFilter(self)
        self._canvas = canvas
        if canvas is not None:
            canvas.installEventFilter(self)

    @staticmethod
    def _bounds(canvas: Canvas) -> tuple[float, float, float, float]:
        """Return the rectangle of the image that a canvas has room for, in pixel edges."""
        view = canvas.view
        left, top = view.to_image(QPointF(0, 0))
        right, bottom = view.to_image(QPointF(canvas.width(), canvas.height()))
        return left, top, right, bottom

    def _seen(self) -> QRectF:
        """Return the part of this widget that the pane shows."""
        width, height = self._panes.navigation.size
        if self._canvas is None or not width * height:
            return QRectF(self.rect())
        left, top, right, bottom = self._bounds(self._canvas)
        x, y = self.width() / width, self.height() / height
        seen = QRectF(QPointF(left * x, top * y), QPointF(right * x, bottom * y))
        return seen.intersected(QRectF(self.rect()))

    def _make_small(self) -> None:
        """Reduce the image once."""
        if self._small is not None or self._picture is None:
            return
        height, width = self._picture.shape(0)
        halvings = max(0, int(np.log2(max(height, width) / (2 * SIDE))))
        rows, columns = self._picture.shape(halvings)
        samples = np.ascontiguousarray(self._picture.samples(halvings, (0, rows, 0, columns)))
        way = cv2.COLOR_GRAY2RGB if samples.ndim == 2 else cv2.COLOR_RGB2RGBA
        made = np.ascontiguousarray(cv2.cvtColor(samples, way))
        kind = QImage.Format.Format_RGB888 if samples.ndim == 2 else QImage.Format.Format_RGBX8888
        self._small = QImage(made.data, columns, rows, made.strides[0], kind).copy()


def _around(inner: QRectF, outer: QRectF) -> list[QRectF]:
    """Return what lies around a rectangle within another one."""
    return [
        QRectF(outer.topLeft(), QPointF(outer.right(), inner.top())),
        QRectF(QPointF(outer.left(), inner.bottom()), outer.bottomRight()),
        QRectF(QPointF(outer.left(), inner.top()), QPointF(inner.left(), inner.bottom())),
        QRectF(QPointF(inner.right(), inner.top()), QPointF(outer.right(), inner.bottom())),
    ]
