"""A language is a file: it is chosen by the system or by name, and what it lacks is English."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from docs import make_translations
from ssim_viewer.app.viewing import run_view
from ssim_viewer.cli.run import run
from ssim_viewer.metrics import MetricError
from ssim_viewer.text import tr as marked
from ssim_viewer.ui.shell.help_pages import page_of
from ssim_viewer.ui.text import language, tr

GERMAN = {
    "Every pixel counts.": "Jedes Bildelement zählt.",
    "The mask leaves no pixel to measure.": "Die Maske lässt kein Bildelement übrig.",
    "Step {cursor} of {last}": "Schritt {cursor} von {last}",
}

Speak = Callable[[str | None], str]


@pytest.fixture
def speak(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Speak]:
    """Chooses a language; there is German, with a few texts and a page of help."""
    folder = tmp_path / "translations"
    (folder / "de" / "help").mkdir(parents=True)
    (folder / "de" / "help" / "start.html").write_text("<h1>Anfang</h1>", encoding="utf-8")
    file = folder / "ssim_viewer_de.ts"
    make_translations.update(file)
    tree = ET.parse(file)  # noqa: S314 - written by a tool of Qt a moment ago
    for message in tree.getroot().iter("message"):
        translation = message.find("translation")
        if translation is not None and message.findtext("source") in GERMAN:
            translation.text = GERMAN[message.findtext("source") or ""]
            del translation.attrib["type"]
    tree.write(file, encoding="utf-8", xml_declaration=True)
    make_translations.update(file)
    monkeypatch.setattr(language, "resources", lambda: _Beside(tmp_path))
    yield lambda name: language.set_language(qapp, name)
    language.set_language(qapp, language.SOURCE)


def test_a_language_is_chosen_by_its_name(speak: Speak) -> None:
    assert language.languages() == ("de", "en")
    assert speak("de") == "de"
    assert tr("Every pixel counts.") == "Jedes Bildelement zählt."
    assert tr("Step {cursor} of {last}", cursor=3, last=9) == "Schritt 3 von 9"


def test_the_language_of_the_system_is_taken_by_default(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("de_AT"))
    assert speak(None) == "de"
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("fr_FR"))
    assert speak(None) == "en"
    assert tr("Every pixel counts.") == "Every pixel counts."


def test_what_a_language_lacks_is_shown_in_english(speak: Speak) -> None:
    speak("de")
    assert tr("Open the undistorted image that the other one is compared with.").startswith("Open")


def test_the_sentence_of_an_error_is_in_the_language_and_in_english_for_programs(
    speak: Speak,
) -> None:
    speak("de")
    error = MetricError(marked("The mask leaves no pixel to measure."))
    assert str(error) == "The mask leaves no pixel to measure."
    assert tr(str(error)) == "Die Maske lässt kein Bildelement übrig."


def test_pages_of_help_are_files_of_the_language(speak: Speak) -> None:
    speak("de")
    assert page_of("start").title == "Anfang"
    assert page_of("ssim").title != "ssim"


def test_a_language_that_is_not_there_is_one_clear_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "window.png"
    assert run(["view", "--language", "xx", "--screenshot", str(file)], run_view) == 2
    assert "There is no language “xx”; there is en." in capsys.readouterr().err
    assert not file.exists()


class _Beside:
    """The resources, with translations in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def joinpath(self, *path: str) -> Path:
        """Return a file of the test, or one of the program."""
        own = self._folder.joinpath(*path)
        return own if own.exists() else Path(__file__).parents[3].joinpath("resources", *path)
