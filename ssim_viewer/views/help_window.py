"""Help: one page on SSIM, the sphere of equal MSE and the keys, beside the work."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from ssim_viewer.images import resources
from ssim_viewer.views.metric_words import help_on_metrics
from ssim_viewer.views.theme import LIGHT, Colors

METRICS = "<!-- metrics -->"
"""Where the page has room for what the catalogue says."""


class HelpWindow(QDialog):
    """A window that does not stand in the way, with the help page in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help_window")
        self.setWindowTitle("Help on SSIM")
        self.setModal(False)
        self._page = QTextBrowser()
        self._page.setObjectName("help_page")
        self._page.setAccessibleName("Help on SSIM")
        self._page.setOpenExternalLinks(True)
        self._page.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._page.document().setDocumentMargin(24)
        self._page.document().setIndentWidth(24)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)
        self._text = ""
        self.restyle(LIGHT)

    def sizeHint(self) -> QSize:
        """Return the size of a page that is read well."""
        return QSize(680, 760)

    def restyle(self, colors: Colors) -> None:
        """Set the page in the colours of a theme, and stay where it was read."""
        if not self._text:
            page = resources().joinpath("help", "ssim.html").read_text(encoding="utf-8")
            self._text = page.replace(METRICS, help_on_metrics())
        place = self._page.verticalScrollBar().value()
        self._page.document().setDefaultStyleSheet(_style(colors))
        self._page.setHtml(self._text)
        self._page.verticalScrollBar().setValue(place)


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
