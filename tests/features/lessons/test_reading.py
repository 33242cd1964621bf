"""Lessons as text: those that come along are whole, and a damaged one is named by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssim_viewer.metrics import Quantity
from ssim_viewer.reports.handout import handout
from ssim_viewer.reports.lesson import Condition, LessonError, built_in, parsed, read_lesson
from ssim_viewer.session.state import Layout

GOOD = """---
title: Mine
summary: A line.
question: Why?
answer: Because.
try: Make it dark.
check: mssim < 0.5 and mse >= 100
---

## First
do: open_sweep, swap
panes: reference, SSIM
layout: 1x2

Some *text*.

## Second

More.
"""


def test_thirteen_lessons_come_along() -> None:
    lessons = built_in()
    assert len(lessons) == 13
    assert [lesson.id[:2] for lesson in lessons] == [f"{n:02d}" for n in range(1, 14)]
    assert all(lesson.steps and lesson.question and lesson.answer for lesson in lessons)


def test_a_lesson_says_what_its_steps_do() -> None:
    lesson = parsed(GOOD, "mine.md")
    first, second = lesson.steps
    assert lesson.id == "mine"
    assert first.commands == (("open_sweep", 11), ("swap", 11))
    assert first.panes == (Quantity.REFERENCE, Quantity.SSIM)
    assert first.layout is Layout.TWO
    assert (first.text, second.text) == ("Some *text*.", "More.")
    assert lesson.check == (Condition("mssim", "<", 0.5), Condition("mse", ">=", 100.0))


def test_a_check_holds_for_scores() -> None:
    check = parsed(GOOD, "mine.md").check
    scores = {"mse": 100.0, "psnr": 28.0, "ssim": 0.4}
    assert all(each.holds(scores) for each in check)


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (("---\ntitle", "title"), 1, "begins with a line"),
        (("question: Why?\n", ""), 7, "“question:” is missing"),
        (("summary: A line.", "Summary A line"), 3, "is none of title"),
        (("panes: reference", "panes: refrence"), 12, "no pane can show “refrence”"),
        (("layout: 1x2", "layout: 9x9"), 13, "is no layout"),
        (("mssim < 0.5", "beauty < 0.5"), 7, "“beauty < 0.5” is no check"),
        (("## First", "First"), 10, "text stands before"),
        (("\nMore.\n", ""), 17, "has no text"),
        (("---\n\n## First", "\n## First"), 9, "is none of"),
    ],
)
def test_a_damaged_lesson_is_named_with_line_and_reason(
    change: tuple[str, str], line: int, reason: str
) -> None:
    with pytest.raises(LessonError) as caught:
        parsed(GOOD.replace(*change), "mine.md")
    assert f"“mine.md”, line {line}: " in str(caught.value)
    assert reason in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_bytes(b"---\ntitle: \xff\n---\n")
    with pytest.raises(LessonError, match="line 2: the text is not UTF-8"):
        read_lesson(path)


def test_a_handout_is_one_file_with_its_pictures() -> None:
    page = handout(parsed(GOOD, "mine.md"), {0: b"\x89PNG"}, "Made here.")
    assert "<em>text</em>" in page
    assert 'src="data:image/png;base64,iVBORw=="' in page
    assert "<summary>Answer</summary><p>Because.</p>" in page
    assert 'src="http' not in page


def test_markup_of_a_stranger_stays_text() -> None:
    text = GOOD.replace("More.", "<script>alert(1)</script>")
    assert "<script>" not in handout(parsed(text, "mine.md"), {}, "")
