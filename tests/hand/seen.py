"""What a person sees of the program: pixels, words, ticks, windows, files, the clipboard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

Pixels = NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Seen:
    """One look at everything.

    Attributes
    ----------
    pictures
        Pixels of each visible window by its object name: uint32, (H, W).
    places
        Where each visible named widget lies: its window's name and the rectangle in it.
    words
        Text, value and tick of each visible named widget and of each named action.
    files
        Size and time of each file of the folder.
    clipboard
        The text of the clipboard, and whether there is an image.
    """

    pictures: dict[str, Pixels]
    places: dict[str, tuple[str, QRect]]
    words: dict[str, str]
    files: dict[Path, tuple[int, int]]
    clipboard: tuple[str, bool]

    @cached_property
    def windows(self) -> frozenset[str]:
        """The names of the visible windows and dialogs."""
        return frozenset(self.pictures)

    def picture(self, name: str) -> Pixels:
        """Return the pixels of a named widget; none where it is hidden."""
        if name not in self.places:
            return np.zeros((0, 0), np.uint32)
        window, rect = self.places[name]
        rows = slice(max(rect.top(), 0), max(rect.bottom() + 1, 0))
        return self.pictures[window][rows, max(rect.left(), 0) : max(rect.right() + 1, 0)]

    def differs_from(self, other: Seen) -> bool:
        """Whether anything is seen that the other look did not see."""
        return (
            self.words != other.words
            or self.files != other.files
            or self.clipboard != other.clipboard
            or not same_pixels(self.pictures, other.pictures)
        )

    def brightness(self) -> float:
        """Return the mean level of the main window."""
        levels = np.ascontiguousarray(self.pictures["main_window"]).view(np.uint8)
        return float(levels.reshape(-1, 4)[:, :3].mean())


def look(folder: Path) -> Seen:
    """Look at every window that is open, and at the files of a folder."""
    pictures: dict[str, Pixels] = {}
    places: dict[str, tuple[str, QRect]] = {}
    words: dict[str, str] = {}
    for window in windows():
        name = _name_of(window)
        pictures[name] = pixels_of(window)
        words[f"{name} title"] = window.windowTitle()
        for widget, rect in _seen_in(window, QPoint(0, 0), window.rect()):
            if own := widget.objectName():
                places[own] = name, rect
                words[own] = words_of(widget)
        for action in window.findChildren(QAction):
            if own := action.objectName():
                words[f"action {own}"] = f"{action.text()} {action.isChecked()}"
    return Seen(pictures, places, words, _files(folder), _clipboard())


def glance() -> Mapping[str, Pixels]:
    """Return only the pixels of every window that is open, as `Seen.pictures` has them."""
    return {_name_of(window): pixels_of(window) for window in windows()}


def same_pixels(one: Mapping[str, Pixels], two: Mapping[str, Pixels]) -> bool:
    """Whether two looks saw the same windows, pixel by pixel."""
    return one.keys() == two.keys() and all(np.array_equal(one[name], two[name]) for name in one)


def _name_of(window: QWidget) -> str:
    return window.objectName() or window.windowTitle() or type(window).__name__


def _seen_in(widget: QWidget, origin: QPoint, rect: QRect) -> Iterator[tuple[QWidget, QRect]]:
    """Yield a widget and all that is visible in it, and where: without what is scrolled away.

    `origin` is the place of the widget's corner in its window, `rect` what is seen of it there.
    """
    yield widget, rect
    for part in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if part.isVisible() and not part.isWindow():
            corner = origin + part.pos()
            yield from _seen_in(part, corner, QRect(corner, part.size()).intersected(rect))


def windows() -> list[QWidget]:
    """Return what is open: windows and dialogs, but no menus."""
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isValid(each) and each.isVisible() and each.windowHandle() is not None
        if not _is_popup(each)
    ]


def _is_popup(widget: QWidget) -> bool:
    return widget.windowType() in {
        widget.windowType().Popup,
        widget.windowType().ToolTip,
    }


def pixels_of(window: QWidget) -> Pixels:
    """Return what is on the screen of a window, as uint32 of (H, W): nothing is painted for it.

    Bars that say how far work is move by themselves, and are left out.
    """
    picture = window.screen().grabWindow(window.winId())
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint32)
    pixels = data.reshape(image.height(), image.bytesPerLine() // 4)[:, : image.width()].copy()
    for bar in window.findChildren(QProgressBar):
        if bar.isVisible():
            rect = QRect(bar.mapTo(window, QPoint(0, 0)), bar.size())
            pixels[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1] = 0
    return pixels


def words_of(widget: QWidget) -> str:
    """Return the text, the value, the tick or the chosen row of a widget."""
    text: Any = None
    match widget:
        case QAbstractButton():
            text = f"{widget.text()}{' ticked' if widget.isChecked() else ''}"
        case QLabel() | QLineEdit() | QAbstractSpinBox():
            text = widget.text()
        case QComboBox():
            text = widget.currentText()
        case QAbstractSlider():
            text = str(widget.value())
        case QTextEdit():
            text = widget.toPlainText()
        case QAbstractItemView():
            index = widget.currentIndex()
            text = f"row {index.row()}: {index.data() or ''}"
        case QTabWidget():
            text = widget.tabText(widget.currentIndex())
        case _:
            text = widget.property("text")
    return text if isinstance(text, str) else ""


def _files(folder: Path) -> dict[Path, tuple[int, int]]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in found}


def _clipboard() -> tuple[str, bool]:
    clipboard = QApplication.clipboard()
    return clipboard.text(), not clipboard.image().isNull()


def changed_areas(before: Seen, after: Seen) -> set[str]:
    """Return the named widgets whose pixels changed, or that came or went."""
    found = before.places.keys() ^ after.places.keys()
    for window in before.windows & after.windows:
        one, two = before.pictures[window], after.pictures[window]
        if np.array_equal(one, two) and before.places == after.places:
            continue
        mask = one != two if one.shape == two.shape else None
        for name in before.places.keys() & after.places.keys():
            (where, rect), place = before.places[name], after.places[name]
            if where != window:
                continue
            if mask is None or place != before.places[name]:
                other = not np.array_equal(before.picture(name), after.picture(name))
            else:
                left, top = max(rect.left(), 0), max(rect.top(), 0)
                other = bool(mask[top : rect.bottom() + 1, left : rect.right() + 1].any())
            if other:
                found.add(name)
    return found


def changed_words(before: Seen, after: Seen) -> set[str]:
    """Return the names of what says something else."""
    names = before.words.keys() | after.words.keys()
    return {name for name in names if before.words.get(name) != after.words.get(name)}
