"""A language for tests: every word of a known text in brackets, and 40 % longer."""

from __future__ import annotations

import math
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QTranslator

PACKAGE = Path(__file__).parents[3] / "ssim_viewer"

_KEPT = re.compile(r"\{[^{}]*\}|<[^<>]*>|&[a-z]+;|\(\*[^)]*\)")
"""What no translation changes: parameters, tags, entities, suffixes of files."""
_WORD = re.compile(r"&?[^\W\d_](?:[\w'’-]|&(?=\w))*")


@cache
def texts() -> dict[str, str]:
    """Return the context of each text that pyside6-lupdate finds in the program, by the text."""
    with TemporaryDirectory() as folder:
        found = Path(folder, "found.ts")
        files = [str(file) for file in PACKAGE.rglob("*.py")]
        command = [
            str(Path(sys.executable).with_name("pyside6-lupdate")),
            *files,
            "-ts",
            str(found),
        ]
        subprocess.run(command, check=True, capture_output=True)
        root = ET.parse(found).getroot()  # noqa: S314 - it is written by a tool of Qt
    found_texts = {}
    for context in root.iter("context"):
        for message in context.iter("message"):
            found_texts[message.findtext("source") or ""] = context.findtext("name") or ""
    return found_texts


def longer(text: str) -> str:
    """Return a text with each word in brackets and 40 % longer; parameters and tags stay."""
    parts, end = [], 0
    for kept in _KEPT.finditer(text):
        parts += [_WORD.sub(_bracketed, text[end : kept.start()]), kept.group()]
        end = kept.end()
    return "".join((*parts, _WORD.sub(_bracketed, text[end:])))


def untranslated(text: str) -> str:
    """Return what of a text on screen is in no brackets."""
    plain = re.sub(r"<[^<>]*>|&[a-z]+;", " ", text)
    return re.sub(r"\[[^\[\]]*\]", " ", plain)


class Pseudo(QTranslator):
    """Translates the texts that pyside6-lupdate finds, and no others."""

    def translate(
        self,
        context: str,
        source: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """Return the longer text, or nothing for a text that is not known."""
        known = not context and source in texts()
        return longer(source) if known else None  # type: ignore[return-value]  # Qt's own null

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Whether it has no texts."""
        return False


def _bracketed(word: re.Match[str]) -> str:
    size = len(word.group().replace("&", ""))
    filler = math.ceil(1.4 * size) - size - 2
    return f"[{word.group()}{'·' * filler}]"
