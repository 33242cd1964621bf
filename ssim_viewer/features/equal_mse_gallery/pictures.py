"""The wall of the gallery: each picture over its map, with its strength and scores below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.reports.contact_sheet import caption, similarity_colors
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.controls.numbers import fixed, quantity, score
from ssim_viewer.ui.controls.thumbnails import image_of
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.reports.gallery import Panel
    from ssim_viewer.ui.theme.colors import Colors

SIDE = 156
"""Logical pixels of the larger side of a picture."""

GAP = 4
LONGEST_LINE = "MSSIM 0.0000   00.00 dB"
"""Of the words below a picture, but for names that wrap."""

TIP = QT_TR_NOOP(
    "Click a picture, or press Enter on it: it becomes the distorted image of the main window."
)


class Wall(QListWidget):
    """Shows pictures.

    Signals
    -------
    picked
        Carries the name of a type of distortion.
    """

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        name_control(self, "gallery_pictures", tr("Pictures of one level"), TIP)
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setMovement(QListWidget.Movement.Static)
        self.setWordWrap(True)
        self.setSpacing(6)
        self.verticalScrollBar().setAccessibleName(tr("Scroll the pictures"))
        self._shown: tuple[tuple[Panel, ...], bool] | None = None
        self._panels: tuple[Panel, ...] = ()
        self._icons: dict[tuple[int, bool], tuple[Panel, QIcon]] = {}
        self.itemClicked.connect(self._pick)
        self.itemActivated.connect(self._activate)
        self._clicked = False
        self.setFont(tabular(self.font()))

    def show_panels(self, panels: Sequence[Panel], *, maps: bool) -> None:
        """Hang pictures, with their maps or without."""
        if self._shown == ((*panels,), maps):
            return
        self._panels = (*panels,)
        self._shown = self._panels, maps
        current = self.currentRow()
        self.clear()
        if panels:
            self._fit(panels[0], maps=maps)
        known = self._icons
        self._icons = {}
        for panel in panels:
            found = known.get((id(panel), maps)) or (panel, self._icon(panel, maps=maps))
            self._icons[id(panel), maps] = found
            item = QListWidgetItem(found[1], _words(panel))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            item.setToolTip(tr(TIP))
            self.addItem(item)
        self.setCurrentRow(min(current, self.count() - 1))

    def changeEvent(self, event: QEvent) -> None:
        """Make room for words of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._shown is not None:
            panels, maps = self._shown
            if panels:
                self._fit(panels[0], maps=maps)

    def restyle(self, colors: Colors) -> None:
        """Lay neutral grey round the pictures."""
        self.setStyleSheet(
            f"QListWidget {{ background: {colors.surround}; color: {colors.text}; border: none; }}"
            f"QListWidget::item:selected {{ background: {colors.raised}; color: {colors.text};"
            f" border: 1px solid {colors.accent}; }}"
        )

    def _fit(self, panel: Panel, *, maps: bool) -> None:
        size = _size(panel)
        height = size.height() * 2 + GAP if maps else size.height()
        self.setIconSize(QSize(size.width(), height))
        metrics = self.fontMetrics()
        lines = metrics.lineSpacing() * 3 + 12
        across = max(SIDE, metrics.horizontalAdvance(LONGEST_LINE))
        self.setGridSize(QSize(across + 20, height + lines))

    def _icon(self, panel: Panel, *, maps: bool) -> QIcon:
        size, ratio = _size(panel), self.devicePixelRatioF()
        whole = QSize(size.width(), self.iconSize().height())
        pixmap = QPixmap(whole * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        assert panel.pixels is not None  # noqa: S101 - only pictures hang here
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(_place(0, size), image_of(displayed(panel.pixels, 255)))
            if maps and panel.ssim_map is not None:
                place = _place(size.height() + GAP, size)
                painter.drawImage(place, image_of(similarity_colors(panel.ssim_map)))
        icon = QIcon(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Selected)  # a chosen picture is not set_text_color
        return icon

    def _pick(self, item: QListWidgetItem) -> None:
        self._clicked = True
        self.picked.emit(self._panels[self.row(item)].name)

    def _activate(self, item: QListWidgetItem) -> None:
        """Take Enter; a double click has picked already."""
        if not self._clicked:
            self.picked.emit(self._panels[self.row(item)].name)
        self._clicked = False


def _size(panel: Panel) -> QSize:
    assert panel.pixels is not None  # noqa: S101 - only pictures hang here
    height, width = panel.pixels.shape[:2]
    return QSize(width, height).scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio)


def _place(top: int, size: QSize) -> QRect:
    return QRect(QPoint(0, top), size)


def _words(panel: Panel) -> str:
    about = "" if panel.reached else tr(", nearest")
    return tr(
        "{caption}\nMSE {mse}{about}\nMSSIM {ssim}   {psnr} dB",
        caption=caption(panel),
        mse=quantity(panel.mse),
        about=about,
        ssim=score(panel.ssim),
        psnr=fixed(panel.psnr, 2),
    )
