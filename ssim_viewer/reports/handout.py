"""A lesson with its pictures as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssim_viewer.reports.lesson import Lesson

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;"
    "color:#1c1c1c;background:#fff}h1{line-height:1.2}img{max-width:100%;border:1px solid #c9c9c9}"
    "code{background:#f2f2f2;padding:0 .2em}.quiet{color:#5f5f5f}details{margin:1rem 0}"
    "@media print{details{display:block}h2{break-after:avoid}img{break-inside:avoid}}"
)


def handout(lesson: Lesson, pictures: Mapping[int, bytes], made: str) -> str:
    """Return the HTML.

    Parameters
    ----------
    pictures
        PNG files by the place of their step.
    made
        How it was made, in its last line.
    """
    markdown = MarkdownIt("commonmark", {"html": False})
    parts = [f"<h1>{escape(lesson.title)}</h1>", f"<p class=quiet>{escape(lesson.summary)}</p>"]
    for place, step in enumerate(lesson.steps):
        parts += [f"<h2>{place + 1}. {escape(step.title)}</h2>", markdown.render(step.text)]
        if place in pictures:
            data = base64.b64encode(pictures[place]).decode("ascii")
            alt = escape(f"The window in step {place + 1}", quote=True)
            parts.append(f'<p><img alt="{alt}" src="data:image/png;base64,{data}"></p>')
    parts += [
        "<h2>Question</h2>",
        f"<p>{escape(lesson.question)}</p>",
        f"<details><summary>Answer</summary><p>{escape(lesson.answer)}</p></details>",
    ]
    if lesson.attempt:
        parts += ["<h2>Try it</h2>", f"<p>{escape(lesson.attempt)}</p>"]
    parts.append(f"<p class=quiet>{escape(made)}</p>")
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(lesson.title)}</title><style>{STYLE}</style></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )
