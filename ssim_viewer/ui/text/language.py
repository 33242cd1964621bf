"""The language of the window: which one is chosen, and the files that hold it.

``resources/translations/ssim_viewer_de.qm`` translates the texts, and pages of help and lessons
stand in ``resources/translations/de``. What a language is missing is shown in English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ssim_viewer.images import resources
from ssim_viewer.text import SentenceError, tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable


FOLDER = "translations"


class LanguageError(SentenceError):
    """A language was named that is not there."""


SOURCE = "en"
"""The language of the texts in the code."""


def languages() -> tuple[str, ...]:
    """Return the languages that there are, such as ``("de", "en")``."""
    folder = resources().joinpath(FOLDER)
    names = [each.name for each in folder.iterdir()] if folder.is_dir() else []
    found = {
        name.removeprefix("ssim_viewer_").removesuffix(".qm") for name in names if _is_qm(name)
    }
    return tuple(sorted({*found, SOURCE}))


def set_language(application: QCoreApplication, name: str | None = None) -> str:
    """Let the window speak a language, before it is made, and return which one it is.

    Parameters
    ----------
    name
        Such as ``"de"`` or ``"pt_BR"``; by default the first of the system's that there is.

    Raises
    ------
    LanguageError
        There is no language of this name.
    """
    if name is not None and name not in languages():
        known = ", ".join(languages())
        raise LanguageError(
            tr("There is no language “{name}”; there is {known}.", name=name, known=known)
        )
    wanted = [name] if name is not None else QLocale.system().uiLanguages()
    chosen = _best(wanted)
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    if chosen != SOURCE:
        _install(application, f"qtbase_{chosen}", QLibraryInfo.path(_QT_TRANSLATIONS))
        _install(application, f"ssim_viewer_{chosen}", str(resources().joinpath(FOLDER)))
    application.setProperty(FOLDER, chosen)
    return chosen


def page(*path: str) -> Traversable:
    """Return a page of the resources in the language of the window, or else in English."""
    application = QCoreApplication.instance()
    chosen = application.property(FOLDER) if application is not None else SOURCE
    own = resources().joinpath(FOLDER, str(chosen), *path)
    return own if own.is_file() else resources().joinpath(*path)


_QT_TRANSLATIONS = QLibraryInfo.LibraryPath.TranslationsPath


def _is_qm(name: str) -> bool:
    return name.startswith("ssim_viewer_") and name.endswith(".qm")


def _best(wanted: Iterable[str]) -> str:
    """Return the first wanted language that there is, of a country or not; English without any."""
    there = languages()
    for each in wanted:
        name = each.replace("-", "_")
        for candidate in (name, name.partition("_")[0]):
            if candidate in there:
                return candidate
    return SOURCE


def _install(application: QCoreApplication, file: str, folder: str) -> None:
    translator = QTranslator(application)
    if translator.load(file, folder):
        application.installTranslator(translator)
