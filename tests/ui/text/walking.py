"""Every text of a window, and every control that has no room for its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableWidget,
    QTextEdit,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from superqt import QElidingLabel

from tests.ui.text.pseudo import untranslated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SYMBOLS = re.compile(
    r"(?<!\w)(?:M?SSIM|(?:MS|CW|W)-SSIM|MSE|MAE|PSNR|GMSD|RMS|RGB|SROCC|KRCC|L-BFGS-B"
    r"|px|bit|AVIF|WebP|JPEG|PNG|CSV|HTML|Ctrl|Shift|Alt|Space|Return|Left|Right|Esc|Pg(?:Up|Down)|ssim_viewer|inf)(?!\w)"
)
"""Words that are the same in every language: metrics, formats, keys."""

QT_OWN = {
    *("qt_dockwidget_floatbutton", "qt_dockwidget_closebutton"),
    *("ScrollLeftButton", "ScrollRightButton"),
}
"""What Qt translates itself."""

PAGES = {"help_page", "shortcuts_page", "lesson_text"}
"""Texts that are pages of their own, translated as files."""


def texts_of(widget: QWidget) -> Iterator[tuple[str, str]]:  # noqa: C901 - one case a kind
    """Yield what a widget shows or says, each with what it is."""
    yield "tooltip", widget.toolTip()
    yield "accessible name", widget.accessibleName()
    yield "accessible description", widget.accessibleDescription()
    match widget:
        case QElidingLabel() | QLabel() | QAbstractButton():
            yield "text", widget.text()
        case QComboBox():
            yield from (("choice", widget.itemText(i)) for i in range(widget.count()))
        case QTabBar():
            yield from (("tab", widget.tabText(i)) for i in range(widget.count()))
        case QHeaderView():
            yield from _heads(widget)
        case QTreeWidget():
            yield from _items(widget)
        case QTableWidget():
            yield from _cells(widget)
        case QMenu():
            yield "title", widget.title()
            for action in widget.actions():
                yield f"entry {action.objectName()}", action.text().partition("\t")[0]
                yield f"tip of {action.objectName()}", action.toolTip()
        case QLineEdit():
            yield "placeholder", widget.placeholderText()
        case QTextEdit() if widget.objectName() not in PAGES:
            yield "text", widget.toPlainText()
        case QGroupBox():
            yield "title", widget.title()
        case _ if widget.isWindow():
            yield "title", widget.windowTitle()


def problems(window: QWidget, names: Iterable[str] = ()) -> list[str]:
    """Return the texts of a window that are not translated; names of images need not be."""
    found: dict[str, None] = {}
    for widget in (window, *window.findChildren(QWidget)):
        if widget.objectName() in QT_OWN:
            continue
        for kind, text in texts_of(widget):
            left = untranslated(text)
            for name in names:
                left = left.replace(name, " ")
            if re.search(r"[A-Za-z]{3}", SYMBOLS.sub(" ", left)):
                named = widget.objectName() or type(widget).__name__
                found[f"{named}: {kind}: {text!r}"] = None
    return list(found)


def clipped(window: QWidget) -> list[str]:
    """Return the visible controls of a window that have no room for their text."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window and (lack := _lack(widget)) > 1:
            texts = dict(texts_of(widget))
            text = texts.get("text") or texts.get("choice") or texts["accessible name"]
            name = widget.objectName() or type(widget).__name__
            found.append(f"{name} lacks {lack} pixels for {text!r}")
    return found


def _lack(widget: QWidget) -> int:  # noqa: PLR0911 - one case a kind
    """Return how many pixels of width, or of height, the text of a control lacks."""
    match widget:
        case QElidingLabel() if widget.wordWrap() or widget.toolTip():
            return 0
        case QLabel() if widget.text() and widget.wordWrap():
            return widget.heightForWidth(widget.width()) - widget.height() - 1
        case QElidingLabel() | QLabel() | QPushButton() | QCheckBox() | QToolButton():
            return widget.sizeHint().width() - widget.width() if widget.text() else 0
        case QComboBox() if widget.count():
            return widget.fontMetrics().horizontalAdvance(widget.currentText()) - _field(widget)
        case QTabBar():
            lacks = (
                widget.tabSizeHint(i).width() - widget.tabRect(i).width()
                for i in range(widget.count())
            )
            return max(lacks, default=0)
        case QHeaderView() if widget.orientation() is Qt.Orientation.Horizontal:
            lacks = (
                widget.sectionSizeHint(i) - widget.sectionSize(i)
                for i in range(widget.count())
                if not widget.isSectionHidden(i)
            )
            return max(lacks, default=0)
    return 0


def _field(choice: QComboBox) -> int:
    """Return the width of the text of a choice."""
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    return choice.style().subControlRect(kind, option, part, choice).width()


def _heads(header: QHeaderView) -> Iterator[tuple[str, str]]:
    for i in range(header.count()):
        text = header.model().headerData(i, header.orientation(), int(Qt.ItemDataRole.DisplayRole))
        yield "header", str(text or "")


def _items(tree: QTreeWidget) -> Iterator[tuple[str, str]]:
    stack: list[QTreeWidgetItem | None] = [
        tree.topLevelItem(i) for i in range(tree.topLevelItemCount())
    ]
    while stack:
        item = stack.pop()
        if item is not None:
            yield "item", item.text(0)
            stack += [item.child(i) for i in range(item.childCount())]


def _cells(table: QTableWidget) -> Iterator[tuple[str, str]]:
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            item = table.item(row, column)
            yield "cell", item.text() if item is not None else ""
