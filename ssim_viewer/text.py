"""Texts that a person reads, marked where they are written and translated where they are shown.

`tr` marks a text for ``pyside6-lupdate`` and returns it in English, as a `str` that remembers its
source and its parameters. Everything below the widgets keeps it so: the command line, errors and
files are in English. Widgets show it through ``ssim_viewer.ui.text.tr``, which looks the source up
in the language of the window and puts the parameters in. This module does not know Qt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Lookup = Callable[[str, str], str]
    """Returns the translation of a source with its comment, or the source itself."""


class Text(str):
    """A text in English that can be translated: a sentence with its code and parameters.

    Attributes
    ----------
    source
        The English template, such as ``"The step is {size}."``; translations are found by it.
    comment
        Tells apart equal sources of different meaning.
    parameters
        What is put into the template; those that are texts are translated too.
    """

    source: str
    comment: str
    parameters: Mapping[str, object]

    def __new__(
        cls, source: str, comment: str = "", parameters: Mapping[str, object] | None = None
    ) -> Text:
        """Return the text, in English as a string."""
        self = super().__new__(cls, source.format(**parameters) if parameters else source)
        self.source = str.__str__(source)
        self.comment = comment
        self.parameters = parameters or {}
        return self

    def __str__(self) -> str:
        """Return the text itself, so that ``str(error)`` can still be translated."""
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return Text, (self.source, self.comment, dict(self.parameters))

    def translated(self, lookup: Lookup) -> str:
        """Return the text in another language; in English where a translation does not fit."""
        template = lookup(self.source, self.comment)
        if not self.parameters:
            return template
        values = {name: _translated(value, lookup) for name, value in self.parameters.items()}
        try:
            return template.format(**values)
        except (LookupError, ValueError):
            return self.source.format(**values)


def tr(source: str, comment: str = "", /, **parameters: object) -> Text:
    """Mark a text for translation, and return it in English.

    Parameters
    ----------
    source
        A literal, so that ``pyside6-lupdate`` finds it; braces name parameters, as in
        `str.format`.
    comment
        A literal for translators, where one English word means two things.
    parameters
        What is put into the braces.
    """
    return Text(source, comment, parameters)


def joined(separator: str, texts: Iterable[str]) -> Text:
    """Return texts one after another, as `str.join` does; each is translated by itself."""
    parts = {f"part_{number}": text for number, text in enumerate(texts)}
    between = separator.replace("{", "{{").replace("}", "}}")
    return Text(between.join(f"{{{name}}}" for name in parts), "", parts)


def _translated(value: object, lookup: Lookup) -> object:
    return value.translated(lookup) if isinstance(value, Text) else value
