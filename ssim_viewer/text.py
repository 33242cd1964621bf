"""Texts that a person reads, marked where they are written and translated where they are shown.

`tr` marks a text for ``pyside6-lupdate`` and returns it in English, as a `str` that remembers its
source and its parameters. Everything below the widgets keeps it so: the command line, errors and
files are in English. Widgets show it through ``ssim_viewer.ui.text.tr``, which looks the source up
in the language of the window and puts the parameters in. This module does not know Qt.
"""

from __future__ import annotations

import re
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
    change
        What is done to the words at last, such as `str.lower`.
    """

    source: str
    comment: str
    parameters: Mapping[str, object]
    change: Callable[[str], str]

    def __new__(
        cls,
        source: str,
        comment: str = "",
        parameters: Mapping[str, object] | None = None,
        change: Callable[[str], str] = str.__str__,
    ) -> Text:
        """Return the text, in English as a string."""
        source = str.__str__(source)
        values = {name: _plain(value) for name, value in (parameters or {}).items()}
        self = super().__new__(cls, change(source.format(**values) if values else source))
        self.source = source
        self.comment = comment
        self.parameters = values
        self.change = change
        return self

    def __str__(self) -> str:
        """Return the text itself, so that ``str(error)`` can still be translated."""
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return Text, (self.source, self.comment, dict(self.parameters), self.change)

    def lower(self) -> Text:
        """Return the text in lower case, in any language."""
        return Text(self.source, self.comment, self.parameters, str.lower)

    def format(self, *args: object, **parameters: object) -> Text:
        """Return the text with parameters in its braces, which have names."""
        if args:
            message = "a text has parameters by name"
            raise TypeError(message)
        return Text(self.source, self.comment, parameters, self.change)

    def translated(self, lookup: Lookup) -> str:
        """Return the text in another language; in English where a translation does not fit."""
        template = lookup(self.source, self.comment)
        if not self.parameters:
            return self.change(template)
        values = {name: _translated(value, lookup) for name, value in self.parameters.items()}
        try:
            return self.change(template.format(**values))
        except (LookupError, ValueError):
            return self.change(self.source.format(**values))


class SentenceError(ValueError):
    """An error that says in one sentence what is wrong and what to do.

    ``str(error)`` is the sentence in English; the window shows it in its language. Programs tell
    errors apart by their code, whatever the parameters are.
    """

    @property
    def text(self) -> Text:
        """The sentence, with its template and parameters."""
        said = self.args[0] if self.args else ""
        return said if isinstance(said, Text) else Text(str(said))

    @property
    def code(self) -> str:
        """The type and the words of the sentence, ``MetricError.the-mask-leaves-no-pixel``."""
        return ".".join((type(self).__name__, "-".join(_key_words(self.text)[:CODE_WORDS])))

    @property
    def parameters(self) -> Mapping[str, object]:
        """What the sentence is about: names, sizes, limits."""
        return self.text.parameters


CODE_WORDS = 8
"""So many words of a sentence tell it apart from the others of its type."""


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


def _key_words(text: Text) -> list[str]:
    """Return the words of a template, or those of the text in it where it has none itself."""
    words: list[str] = re.findall(r"[a-z0-9]+", re.sub(r"{[^{}]*}", " ", text.source.lower()))
    inner = (_key_words(value) for value in text.parameters.values() if isinstance(value, Text))
    return words or next(inner, [])


def _plain(value: object) -> object:
    """Return the sentence of an error in its place: an error would keep its frames alive."""
    return str(value) if isinstance(value, BaseException) else value


def _translated(value: object, lookup: Lookup) -> object:
    return value.translated(lookup) if isinstance(value, Text) else value
