"""Lessons as text: Markdown with a small front matter, read and checked without a window.

A lesson begins with lines ``key: value`` between two lines ``---``: title, summary, question,
answer, try, check. Each heading ``## …`` begins a step. Lines ``do:``, ``panes:`` and ``layout:``
right below a heading say what the program does when the step is entered; the rest is its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.images.samples import resources
from ssim_viewer.metrics import Quantity, Scores
from ssim_viewer.session.state import Layout
from ssim_viewer.text import SentenceError, tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEYS = ("title", "summary", "question", "answer", "try", "check")
NEEDED = ("title", "question", "answer")
DIRECTIVES = ("do", "panes", "layout")
MOST_BYTES = 1_000_000

SCORES = {"mssim": "ssim", **{name: name for name in Scores.__dataclass_fields__}}
"""What a check can ask for, by the names of the scores."""

_CHECK = re.compile(r"(\w+)\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)")


class LessonError(SentenceError):
    """A lesson cannot be read; the sentence names the file, the line and the reason."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a score with a number."""

    score: str
    sign: str
    number: float

    def holds(self, scores: Mapping[str, float]) -> bool:
        """Whether it holds for the scores of the pair on screen."""
        value = scores[SCORES[self.score]]
        return bool(
            {
                "<": value < self.number,
                "<=": value <= self.number,
                ">": value > self.number,
                ">=": value >= self.number,
            }[self.sign]
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One page.

    Attributes
    ----------
    commands
        Object names of rows of the menus that are chosen when the step is entered, with the line
        of the file that names them.
    panes, layout
        What the panes show from the first one on, and how many there are.
    text
        Markdown.
    """

    title: str
    text: str
    commands: tuple[tuple[str, int], ...] = ()
    panes: tuple[Quantity, ...] = ()
    layout: Layout | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson.

    Attributes
    ----------
    id
        Its file's name without the ending: progress is kept by it.
    attempt
        What to try at the end.
    check
        Conditions that all hold once the attempt has succeeded; empty for none.
    """

    id: str
    title: str
    summary: str
    steps: tuple[Step, ...]
    question: str
    answer: str
    attempt: str = ""
    check: tuple[Condition, ...] = ()


def built_in() -> tuple[Lesson, ...]:
    """Return the lessons that come with the program, in order."""
    folder = resources().joinpath("lessons")
    files = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".md") and each.name[0].isdigit()),
        key=lambda each: each.name,
    )
    return tuple(parsed(each.read_text(encoding="utf-8"), each.name) for each in files)


def read_lesson(path: Path) -> Lesson:
    """Read a lesson from a file.

    Raises
    ------
    LessonError
        It cannot be read, or is damaged.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise LessonError(
            tr("“{name}” cannot be read: {reason}.", name=path.name, reason=reason)
        ) from None
    if len(data) > MOST_BYTES:
        raise LessonError(
            tr("“{name}” is too large for a lesson: 1 MB is the most.", name=path.name)
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LessonError(
            tr("“{name}”, line {line}: the text is not UTF-8.", name=path.name, line=line)
        ) from None
    return parsed(text, path.name)


def parsed(text: str, name: str) -> Lesson:
    """Return the lesson of a text; `name` is its file's.

    Raises
    ------
    LessonError
        As `read_lesson`.
    """
    reader = _Reader(name, text.splitlines())
    facts, first = reader.front_matter()
    steps = reader.steps(first)
    return Lesson(
        name.removesuffix(".md"),
        facts["title"],
        facts.get("summary", ""),
        steps,
        facts["question"],
        facts["answer"],
        facts.get("try", ""),
        reader.check(facts.get("check", "")),
    )


@dataclass(slots=True)
class _Reader:
    name: str
    lines: list[str]
    check_line: int = 0

    def fail(self, line: int, reason: str) -> LessonError:
        """Return the error of a line, counted from 0."""
        return LessonError(
            tr("“{name}”, line {line}: {reason}", name=self.name, line=line + 1, reason=reason)
        )

    def front_matter(self) -> tuple[dict[str, str], int]:
        """Return the facts and the line after them."""
        if not self.lines or self.lines[0].strip() != "---":
            raise self.fail(0, tr("a lesson begins with a line “---”."))
        facts: dict[str, str] = {}
        for place, line in enumerate(self.lines[1:], 1):
            if line.strip() == "---":
                for key in NEEDED:
                    if not facts.get(key):
                        raise self.fail(place, tr("“{key}:” is missing above.", key=key))
                return facts, place + 1
            if not line.strip():
                continue
            key, colon, value = (part.strip() for part in line.partition(":"))
            if not colon or key not in KEYS:
                raise self.fail(
                    place,
                    tr("“{line}” is none of {names}.", line=line.strip(), names=", ".join(KEYS)),
                )
            if key == "check":
                self.check_line = place
            facts[key] = value
        raise self.fail(
            len(self.lines) - 1, tr("the line “---” that ends the front matter is missing.")
        )

    def steps(self, first: int) -> tuple[Step, ...]:
        """Return the steps from a line on."""
        starts = [n for n in range(first, len(self.lines)) if self.lines[n].startswith("## ")]
        if not starts:
            raise self.fail(first - 1, tr("no step follows: a line “## Title” begins one."))
        for place in range(first, starts[0]):
            if self.lines[place].strip():
                raise self.fail(place, tr("text stands before the first “## Title”."))
        ends = [*starts[1:], len(self.lines)]
        return tuple(self.step(start, end) for start, end in zip(starts, ends, strict=True))

    def step(self, start: int, end: int) -> Step:
        """Return the step between two lines."""
        commands: list[tuple[str, int]] = []
        panes: tuple[Quantity, ...] = ()
        layout: Layout | None = None
        place = start + 1
        while place < end:
            key, colon, value = (part.strip() for part in self.lines[place].partition(":"))
            if not colon or key not in DIRECTIVES:
                break
            items = [each.strip() for each in value.split(",") if each.strip()]
            if key == "do":
                commands += [(each, place + 1) for each in items]
            elif key == "panes":
                panes = tuple(self.quantity(each, place) for each in items)
            else:
                layout = self.layout(value, place)
            place += 1
        text = "\n".join(self.lines[place:end]).strip()
        if not text:
            raise self.fail(start, tr("the step has no text."))
        return Step(self.lines[start][3:].strip(), text, tuple(commands), panes, layout)

    def quantity(self, words: str, place: int) -> Quantity:
        """Return what a pane shows."""
        for quantity in Quantity:
            if quantity.value.casefold() == words.casefold():
                return quantity
        known = ", ".join(quantity.value for quantity in Quantity)
        raise self.fail(
            place, tr("no pane can show “{words}”; it is one of {known}.", words=words, known=known)
        )

    def layout(self, words: str, place: int) -> Layout:
        """Return how many panes there are."""
        try:
            return Layout(words.replace("x", "×").replace(" ", ""))
        except ValueError:
            known = ", ".join(each.value for each in Layout)
            raise self.fail(
                place, tr("“{words}” is no layout; it is one of {known}.", words=words, known=known)
            ) from None

    def check(self, words: str) -> tuple[Condition, ...]:
        """Return the conditions of the check."""
        found = []
        for part in words.split(" and ") if words else []:
            match = _CHECK.fullmatch(part.strip())
            if match is None or match[1] not in SCORES:
                raise self.fail(
                    self.check_line,
                    tr(
                        "“{part}” is no check: write a score ({names}), one of "
                        "< <= > >= and a number, joined by “and”.",
                        part=part.strip(),
                        names=", ".join(SCORES),
                    ),
                )
            found.append(Condition(match[1], match[2], float(match[3])))
        return tuple(found)
