"""The table: a row a candidate, sorted by any column, with its picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QImage, QPixmap

from ssim_viewer.reports.candidates import TITLES
from ssim_viewer.session.family import symbol_of
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.images import Image
    from ssim_viewer.reports.candidates import CandidateScores

Index = QModelIndex
COLUMNS = ("name", "ssim", "psnr_luma", "bpp", "bytes", "mse")
SORT_ROLE = int(Qt.ItemDataRole.UserRole)
TIPS = {
    "name": QT_TR_NOOP("The image; a click shows it in the panes."),
    "bytes": QT_TR_NOOP("The size of the file."),
    "bpp": QT_TR_NOOP("Bits of the file for each pixel."),
    "mse": QT_TR_NOOP("Mean squared error over all samples of all channels; lower is better."),
    "psnr_luma": QT_TR_NOOP("PSNR of luma in decibels, as codecs are compared; higher is better."),
    "ssim": QT_TR_NOOP("Mean SSIM by the settings in use; higher is better."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate: what it is known by, whether it is on screen, and what was found."""

    key: Path | Image
    name: str
    current: bool
    scores: CandidateScores | None


class CandidateTable(QAbstractTableModel):
    """Holds the rows; the values that a column is sorted by stand in `SORT_ROLE`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.columns: tuple[str, ...] = COLUMNS
        self._pictures: dict[int, tuple[NDArray[np.uint8], QPixmap]] = {}

    def show_rows(self, rows: Sequence[Row], others: tuple[str, ...]) -> None:
        """Show other rows; where only values have changed, the selection stays."""
        columns = (*COLUMNS, *others)
        same = [row.key for row in rows] == [row.key for row in self.rows]
        if same and columns == self.columns:
            self.rows = [*rows]
            self._forget_pictures()
            last = self.index(len(rows) - 1, len(columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.rows, self.columns = [*rows], columns
        self._forget_pictures()
        self.endResetModel()

    def rowCount(self, parent: Any = Index()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many candidates there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Any = Index()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        """Return the title of a column, or what it means."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        name = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            titles = {"name": tr("Image"), "bytes": tr("Bytes"), "bpp": "bit/px", **TITLES}
            return tr(titles.get(name) or symbol_of(name))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(TIPS.get(name, symbol_of(name)))
        return None

    def data(self, index: Any, role: int = 0) -> Any:
        """Return what a cell shows, or what it is sorted by."""
        row, name = self.rows[index.row()], self.columns[index.column()]
        if role == SORT_ROLE:
            return _sorted_by(row, name)
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, name)
        if role == Qt.ItemDataRole.DecorationRole and name == "name":
            return self._picture(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row, name)
        if role == Qt.ItemDataRole.TextAlignmentRole and name != "name":
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _forget_pictures(self) -> None:
        """Let go of the pictures of candidates that were judged anew, or are not there any more."""
        shown = {id(row.scores.thumbnail) for row in self.rows if row.scores is not None}
        self._pictures = {key: each for key, each in self._pictures.items() if key in shown}

    def _picture(self, row: Row) -> QPixmap | None:
        small = row.scores.thumbnail if row.scores else None
        if small is None:
            return None
        if id(small) not in self._pictures:  # which holds it, so that its id stays its own
            self._pictures[id(small)] = small, _pixmap(small)
        return self._pictures[id(small)][1]


def _pixmap(small: NDArray[np.uint8]) -> QPixmap:
    pixels = np.ascontiguousarray(small)
    grey = pixels.ndim == 2
    kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
    height, width = pixels.shape[:2]
    return QPixmap.fromImage(QImage(pixels.data, width, height, pixels.strides[0], kind).copy())


def _text(row: Row, name: str) -> str:
    if name == "name":
        return f"▸ {row.name}" if row.current else row.name
    return "…" if row.scores is None else _number(row.scores, name)


def _number(scores: CandidateScores, name: str) -> str:
    if name == "bytes":
        return "" if scores.size_bytes is None else f"{scores.size_bytes:,}"
    if name == "bpp":
        return "" if math.isnan(scores.bits_per_pixel) else f"{scores.bits_per_pixel:.3f}"
    value = scores.values.get(name, math.nan)
    if not math.isfinite(value):
        return "–" if math.isnan(value) else "∞"
    return f"{value:.4f}" if abs(value) < 10 else f"{value:.2f}"


def _tip(row: Row, name: str) -> str:
    """Return why a candidate has no scores; by its name also what is to be said of its pair."""
    if row.scores is not None and row.scores.problem:
        return row.scores.problem
    if name != "name":
        return TIPS.get(name, "")
    said = () if row.scores is None else (row.scores.convention, *row.scores.notes)
    return "\n".join((row.name, *(tr(each) for each in said if each)))


def _sorted_by(row: Row, name: str) -> Any:
    if name == "name":
        return row.name.lower()
    scores = row.scores
    if scores is None:
        return -math.inf
    if name == "bytes":
        return float(scores.size_bytes or 0)
    if name == "bpp":
        return -1.0 if math.isnan(scores.bits_per_pixel) else scores.bits_per_pixel
    return scores.values.get(name, -math.inf)
