"""The page of conventions is what its command makes."""

from __future__ import annotations

import re
from pathlib import Path

from docs.make_conventions import page

PAGE = Path(__file__).parents[2] / "docs/conventions.md"


def test_the_page_is_the_one_that_its_command_makes() -> None:
    """The last two of nine digits may be rounded otherwise on another machine."""
    number = re.compile(r"\b0\.\d{9}\b")

    def short(text: str) -> str:
        return number.sub(lambda found: f"{float(found.group()):.7f}", text)

    assert short(PAGE.read_text(encoding="utf-8")) == short(page())


def test_stored_and_ours_agree_in_every_row() -> None:
    rows = re.findall(r"\| (-?\d\.\d{9}) \| (-?\d\.\d{9}) \|", PAGE.read_text(encoding="utf-8"))
    assert len(rows) > 20
    for stored, ours in rows:
        assert abs(float(stored) - float(ours)) < 1e-5
