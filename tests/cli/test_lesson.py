"""A lesson on the command line: read, refused with its line, or handed to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ssim_viewer import cli
from tests.features.lessons.test_reading import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.session.view_options import ViewOptions


def run(words: list[str]) -> tuple[int, list[ViewOptions]]:
    asked: list[ViewOptions] = []

    def view(options: ViewOptions) -> int:
        asked.append(options)
        return 0

    return cli.run(words, view), asked


def test_a_lesson_opens_the_window(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text(GOOD, encoding="utf-8")
    status, asked = run(["lesson", str(path)])
    assert status == 0
    assert [each.lesson for each in asked] == [path]


def test_a_lesson_is_checked_without_a_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.md"
    path.write_text(GOOD, encoding="utf-8")
    status, asked = run(["lesson", str(path), "--check"])
    assert (status, asked) == (0, [])
    assert capsys.readouterr().out == "“Mine”: 2 steps.\n"


def test_a_damaged_lesson_is_refused_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.md"
    path.write_text(GOOD.replace("answer: Because.\n", ""), encoding="utf-8")
    status, asked = run(["lesson", str(path)])
    assert (status, asked) == (2, [])
    assert "“mine.md”, line 7: “answer:” is missing above." in capsys.readouterr().err


def test_a_lesson_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _ = run(["lesson", str(tmp_path / "gone.md")])
    assert status == 2
    assert "“gone.md” cannot be read" in capsys.readouterr().err
