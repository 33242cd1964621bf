"""Texts in the language of the window. Here, and nowhere else, a text is looked up."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ssim_viewer.text import Text


def tr(source: str, comment: str = "", /, **parameters: object) -> str:
    """Return a text in the language of the window.

    Parameters
    ----------
    source
        A literal, which ``pyside6-lupdate`` finds; or a `Text` from below the widgets.
    comment
        Tells apart equal words of different meaning.
    parameters
        What is put into the braces of the source, as by `str.format`.
    """
    if isinstance(source, Text) and not parameters:
        return source.translated(_look_up)
    return Text(source, comment, parameters).translated(_look_up)


def QT_TR_NOOP(source: str) -> str:  # noqa: N802 - the name by which pyside6-lupdate finds it
    """Mark a text of a table for translation; `tr` looks it up where it is shown."""
    return source


def _look_up(source: str, comment: str) -> str:
    return QCoreApplication.translate("", source, comment) if source else source
