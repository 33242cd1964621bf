"""The pages of help: HTML of the resources, and their plain text to search in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QTextDocument

from ssim_viewer.ui.controls.metric_words import help_on_metrics
from ssim_viewer.ui.text.language import page

ORDER = (
    "start",
    "ssim",
    "sphere",
    "white-blob",
    "four-ways",
    "differ",
    "plate",
    "race",
    "robustness",
    "lecture",
    "sessions",
    "metrics",
    "keys",
)
METRICS = "<!-- metrics -->"
"""Where a page has room for what the catalogue says."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its title, its HTML and its text without marks."""

    title: str
    html: str
    text: str

    def count(self, words: str) -> int:
        """Return how often words occur, in any case."""
        return self.text.casefold().count(words.casefold()) if words else 0


@cache
def help_pages() -> tuple[HelpPage, ...]:
    """Return all pages, in the order of the contents."""
    return tuple(page_of(name) for name in ORDER)


def page_of(name: str) -> HelpPage:
    """Return a page by its name, in the language of the window where there is one."""
    html = page("help", f"{name}.html").read_text(encoding="utf-8")
    html = html.replace(METRICS, help_on_metrics())
    heading = re.search(r"<h1>(.*?)</h1>", html)
    document = QTextDocument()
    document.setHtml(html)
    return HelpPage(heading.group(1) if heading else name, html, document.toPlainText())
