"""Help, beside the work: pages with their contents, and a line that searches all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPalette, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.shell.help_pages import help_pages
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import LIGHT, Colors

if TYPE_CHECKING:
    from ssim_viewer.ui.shell.help_pages import HelpPage

CONTENTS_WIDTH = 300


class HelpWindow(QDialog):
    """A window that does not stand in the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help_window")
        self.setWindowTitle(tr("Help on SSIM"))
        self.setModal(False)
        self._pages = help_pages()
        self._colors = LIGHT
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr("Search all pages"))
        self._search.setClearButtonEnabled(True)
        name_control(
            self._search,
            "help_search",
            tr("Search help"),
            tr("Words to find. Enter goes to the next one."),
        )
        self._nothing = muted_label(tr("No page has these words."), wrap=True)
        self._nothing.hide()
        self._contents = QListWidget()
        name_control(self._contents, "help_contents", tr("Contents"), tr("The pages of help."))
        self._contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._contents.setStyleSheet("QListWidget::item { padding: 4px; }")
        self._browser = _browser()
        self._lay_out()
        self._list_pages()
        self._contents.setCurrentRow(0)
        self._search.textChanged.connect(self._find)
        self._search.returnPressed.connect(self._find_next)
        self._contents.currentRowChanged.connect(self._show_row)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(
            self._search.setFocus
        )
        self._show_row(0)

    def sizeHint(self) -> QSize:
        """Return the size of a page that is read well, beside its contents."""
        return QSize(680 + CONTENTS_WIDTH, 720)

    def restyle(self, colors: Colors) -> None:
        """Set the page in the colours of a theme, and stay where it was read."""
        self._colors = colors
        place = self._browser.verticalScrollBar().value()
        self._show_row(self._contents.currentRow())
        self._browser.verticalScrollBar().setValue(place)

    def _lay_out(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._search)
        column.addWidget(self._nothing)
        column.addWidget(self._contents)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(side)
        splitter.addWidget(self._browser)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([CONTENTS_WIDTH, 680])
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(splitter)

    @property
    def _words(self) -> str:
        return self._search.text().strip()

    def _list_pages(self) -> None:
        """Write the contents; where words are searched, with how often a page has them."""
        for place, page in enumerate(self._pages):
            if self._contents.count() <= place:
                self._contents.addItem(page.title)
            found = page.count(self._words)
            item = self._contents.item(place)
            item.setText(f"{page.title}  ({found})" if found else page.title)
            item.setHidden(bool(self._words) and not found)
        nowhere = bool(self._words) and self._next_page(0) is None
        self._nothing.setVisible(nowhere)

    def _show_row(self, place: int) -> None:
        if place >= 0:
            self._show(self._pages[place])

    def _show(self, page: HelpPage) -> None:
        self._browser.document().setDefaultStyleSheet(_style(self._colors))
        self._browser.setHtml(page.html)
        self._mark()

    def _find(self) -> None:
        """Go to the first page from the present one on that has the words."""
        self._list_pages()
        self._go_to(self._next_page(self._contents.currentRow()))
        self._mark()

    def _find_next(self) -> None:
        """Go to the next place, also of a later page; after the last page comes the first."""
        if not self._words or self._browser.find(self._words):
            return
        self._go_to(self._next_page(self._contents.currentRow() + 1))

    def _go_to(self, place: int | None) -> None:
        """Show a page and the first place that has the words; without a page, stay."""
        if place is not None:
            self._contents.setCurrentRow(place)
            self._browser.moveCursor(QTextCursor.MoveOperation.Start)
            self._browser.find(self._words)

    def _next_page(self, first: int) -> int | None:
        """Return the first page from a place on, all around, that has the words."""
        count = len(self._pages)
        places = (place % count for place in range(first, first + count))
        return next((place for place in places if self._pages[place].count(self._words)), None)

    def _mark(self) -> None:
        """Mark every place of the page that has the words."""
        marks = []
        mark = QTextCharFormat()
        mark.setBackground(self.palette().color(QPalette.ColorRole.Highlight))
        mark.setForeground(self.palette().color(QPalette.ColorRole.HighlightedText))
        document = self._browser.document()
        cursor = document.find(self._words) if self._words else QTextCursor()
        while not cursor.isNull():
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = cursor, mark
            marks.append(selection)
            cursor = document.find(self._words, cursor)
        self._browser.setExtraSelections(marks)


def _browser() -> QTextBrowser:
    browser = QTextBrowser()
    browser.setObjectName("help_page")
    browser.setAccessibleName(tr("Help on SSIM"))
    browser.setOpenExternalLinks(True)
    browser.setFrameShape(QTextBrowser.Shape.NoFrame)
    browser.document().setDocumentMargin(24)
    browser.document().setIndentWidth(24)
    return browser


def _style(colors: Colors) -> str:
    serif = "font-family: 'STIX Two Text', 'Cambria Math', 'DejaVu Serif', serif;"
    return f"""
        body {{ color: {colors.text}; }}
        h1 {{ font-size: x-large; font-weight: 600; margin-bottom: 8px; }}
        h2 {{ font-size: large; font-weight: 600; color: {colors.accent};
              margin-top: 24px; margin-bottom: 4px; }}
        p, li {{ margin-top: 6px; margin-bottom: 6px; line-height: 125%; }}
        table {{ margin-top: 8px; margin-bottom: 8px; }}
        a {{ color: {colors.accent}; }}
        .quiet {{ color: {colors.muted}; }}
        .formula {{ {serif} font-size: large; }}
        .over {{ border-bottom: 1px solid {colors.text}; padding: 0px 6px 2px 6px; }}
        .under {{ padding: 2px 6px 0px 6px; }}
        .symbol {{ {serif} }}
        th {{ text-align: left; color: {colors.muted}; padding: 3px 24px 3px 0px;
              font-weight: normal; }}
        .row {{ padding: 3px 24px 3px 0px; }}
        .key {{ font-weight: 600; padding: 3px 24px 3px 0px; }}
    """
