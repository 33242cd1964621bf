"""Held-out images and what each network makes of them: a row a loss, and the chosen one's maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssim_viewer.metrics.maps.spec import MapKind
from ssim_viewer.session.map_scale import Table
from ssim_viewer.training import parse_loss
from ssim_viewer.training.scoring import SCORES
from ssim_viewer.ui.pane.color_tables import table_of
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT, tabular
from ssim_viewer.ui.theme.run_colors import run_color

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.features.training_lab.state import Lab
    from ssim_viewer.training.run_file import Run
    from ssim_viewer.ui.theme.colors import Colors

LABEL = 132
GAP = 4
HEADING = 20
EMPTY = QT_TR_NOOP("Press Play: all networks start from the same weights and see the same patches.")


class ReconstructionRows(QWidget):
    """Paints the rows. A click or an arrow key chooses an image; its SSIM maps stand at the right.

    Signals
    -------
    chosen
        Carries the place of a held-out image.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("training_rows")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(480, 200)
        self.setFont(tabular(self.font()))
        self._lab: Lab | None = None
        self._colors = LIGHT
        self._describe()

    @property
    def run(self) -> Run | None:
        """The run that is painted."""
        return self._lab.run if self._lab is not None else None

    def sizeHint(self) -> QSize:
        """Return a size at which a patch is seen well."""
        return QSize(900, 420)

    def show_lab(self, lab: Lab) -> None:
        """Show the run of a lab."""
        before, self._lab = self._lab, lab
        if before is None or (before.run, before.chosen, before.maps) != (
            lab.run,
            lab.chosen,
            lab.maps,
        ):
            self._describe()
            self.update()

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        self.update()

    def cell(self, row: int, column: int) -> QRectF:
        """Return the place of a picture; the column after the last image is that of the maps."""
        run = self.run
        rows = 1 if run is None else _first_loss(run) + len(run.settings.losses)
        columns = 1 if run is None else len(run.shown.targets) + 1
        side = max(
            8.0,
            min(
                (self.width() - LABEL - 3 * GAP) / columns - GAP,
                (self.height() - HEADING) / rows - GAP,
            ),
        )
        extra = 2 * GAP if run is not None and column == columns - 1 else 0
        x, y = LABEL + column * (side + GAP) + extra, HEADING + row * (side + GAP)
        return QRectF(x, y, side, side)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint labels, images, the frame of the chosen one, and its maps."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._colors.window))
            run = self.run
            if run is None or self._lab is None:
                painter.setPen(QColor(self._colors.muted))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr(EMPTY))
                return
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            shown = run.shown
            self._paint_row(painter, 0, [tr("Held out")], self._colors.text, shown.targets)
            first = _first_loss(run)
            if first == 2:
                words = [tr("Bicubic"), *_score_words(run.baseline)]
                self._paint_row(painter, 1, words, self._colors.muted, shown.inputs)
            for place, name in enumerate(run.settings.losses):
                words = [tr(parse_loss(name).title), *_score_words(run.curves.scores[-1, place])]
                if name in run.stopped:
                    words = [words[0], tr("stopped")]
                color = run_color(self._colors, place)
                self._paint_row(painter, first + place, words, color, shown.outputs[place])
            self._paint_maps(painter, run)
            painter.setPen(QColor(self._colors.accent))
            frame = self.cell(0, self._lab.chosen)
            frame.setBottom(self.cell(first + len(run.settings.losses) - 1, 0).bottom())
            painter.drawRect(frame.adjusted(-2, -2, 1, 1))

    def _paint_row(
        self,
        painter: QPainter,
        row: int,
        words: list[str],
        color: str,
        images: NDArray[np.uint8],
    ) -> None:
        for column, pixels in enumerate(images):
            _paint(painter, self.cell(row, column), pixels)
        left = self.cell(row, 0)
        painter.setPen(QColor(color))
        label = QRectF(4, left.top(), LABEL - 12, left.height())
        metrics = painter.fontMetrics()
        first = metrics.elidedText(words[0], Qt.TextElideMode.ElideRight, LABEL - 12)
        painter.drawText(
            label,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            "\n".join([first, *words[1:]]),
        )

    def _paint_maps(self, painter: QPainter, run: Run) -> None:
        maps = self._lab.maps if self._lab is not None else None
        last = len(run.shown.targets)
        painter.setPen(QColor(self._colors.muted))
        heading = self.cell(0, last)
        painter.drawText(
            QRectF(heading.left() - 40, 0, heading.width() + 40, HEADING),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            tr("SSIM map"),
        )
        if maps is None or len(maps.values) != len(run.settings.losses):
            return
        table = table_of(MapKind.SIMILARITY, Table.USUAL, (-1.0, 1.0))
        for place, values in enumerate(maps.values):
            indices = np.clip((values + 1) / 2 * len(table), 0, len(table) - 1).astype(np.intp)
            _paint(painter, self.cell(_first_loss(run) + place, last), table[indices])

    # A person's hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the image under the pointer."""
        column = self._column_at(event.position().toPoint())
        if column is not None:
            self.chosen.emit(column)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the image beside the chosen one."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is None or self._lab is None or self.run is None:
            super().keyPressEvent(event)
            return
        place = self._lab.chosen + by
        if 0 <= place < len(self.run.shown.targets):
            self.chosen.emit(place)

    def _column_at(self, point: QPoint) -> int | None:
        if self.run is None:
            return None
        for column in range(len(self.run.shown.targets)):
            cell = self.cell(0, column)
            if cell.left() <= point.x() <= cell.right():
                return column
        return None

    def _describe(self) -> None:
        self.setAccessibleName(tr("Held-out images and what each network makes of them"))
        run = self.run
        if run is None:
            self._tell(EMPTY)
            return
        lines = [tr("Step {steps}", steps=int(run.curves.steps[-1]))]
        for place, name in enumerate(run.settings.losses):
            words = ", ".join(_score_words(run.curves.scores[-1, place]))
            lines.append(f"{tr(parse_loss(name).title)}: {words}")
        self._tell("\n".join(lines))

    def _tell(self, words: str) -> None:
        """Tell the scores of all rows, also under the mouse."""
        self.setAccessibleDescription(tr(words))
        self.setToolTip(tr(words))


def _first_loss(run: Run) -> int:
    """Return the row of the first loss: super-resolution has a row of its inputs before."""
    return 2 if run.settings.network == "sr" else 1


def _score_words(scores: NDArray[np.float64]) -> list[str]:
    psnr, ssim = scores[SCORES.index("psnr")], scores[SCORES.index("ssim")]
    if not np.isfinite(ssim):
        return []
    return [f"{psnr:.2f} dB", tr("MSSIM {ssim:.4f}", ssim=ssim)]


def _paint(painter: QPainter, place: QRectF, pixels: NDArray[np.uint8]) -> None:
    whole = np.ascontiguousarray(pixels)
    grey = whole.ndim == 2
    kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
    height, width = whole.shape[:2]
    painter.drawImage(place, QImage(whole.data, width, height, whole.strides[0], kind))
