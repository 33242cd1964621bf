"""Another language in the real window: every text is in it, and every control has room for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget
from pytestqt.qtbot import QtBot

from ssim_viewer.app import create_window
from ssim_viewer.features.feature import Area, OpenView
from ssim_viewer.features.preference_study.state import RESULTS
from ssim_viewer.features.registry import features
from ssim_viewer.images import image_from_array
from ssim_viewer.metrics import CONVENTIONS, catalogue
from tests.app.conftest import Driver
from tests.ui.text.pseudo import Pseudo, longer, texts, untranslated
from tests.ui.text.walking import clipped, problems

VIEWS = {each.id: view for each in features() if (view := each.view()) is not None}

NAMES = (
    *("Wang 2004", "MATLAB ssim", "Snell et al., ICIP 2017", RESULTS),
    *("reference.png", "distorted.png"),
    *(each.name for each in sorted(CONVENTIONS, key=lambda each: -len(each.name))),
    *(each.source for each in catalogue().values()),
    *(each.symbol for each in catalogue().values() if len(each.symbol) > 3),
)
"""What has one name in every language: files, programs, papers."""


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[None]:
    """Texts are longer, and in brackets, while the test runs."""
    translator = Pseudo(qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def driver(qtbot: QtBot, pseudo: None) -> Iterator[Driver]:
    """A window with a small pair, in the other language."""
    random = np.random.default_rng(1)
    pixels = random.integers(0, 256, (64, 64)).astype(np.uint8)
    images = [
        image_from_array(each, name)
        for each, name in ((pixels, "reference.png"), (pixels // 2, "distorted.png"))
    ]
    window = create_window(*images)
    window.resize(1280, 720)
    window.show()
    driver = Driver(window, qtbot)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()


def test_words_become_longer_in_brackets_while_parameters_and_tags_stay() -> None:
    assert (
        longer("&Open <b>{name:.2f}</b> – similarity")
        == "[&Open] <b>{name:.2f}</b> – [similarity··]"
    )
    assert untranslated("[&Open] <b>1.5</b> wrong").split() == ["1.5", "wrong"]


def test_every_text_has_the_context_in_which_it_is_looked_up() -> None:
    assert len(texts()) > 1000
    assert set(texts().values()) == {""}


def test_the_main_window_is_translated_and_has_room(driver: Driver) -> None:
    _tell(problems(driver.window, NAMES))
    _tell(clipped(driver.window))


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_translated_and_has_room(driver: Driver, name: str) -> None:
    driver.program.answer(OpenView(name))  # type: ignore[arg-type]  # an action of any feature
    driver.settle()
    view = _view(driver, VIEWS[name].area)
    view.window().resize(1280, 720)
    QApplication.processEvents()
    _tell(problems(view, NAMES))
    _tell(clipped(view.window()))


def _view(driver: Driver, area: Any) -> QWidget:
    """Return the window that was opened, or the dock."""
    if area is Area.WINDOW:
        others = (each for each in QApplication.topLevelWidgets() if each.isVisible())
        return next(each for each in others if each is not driver.window)
    docks = driver.window.findChildren(QDockWidget)
    return next(each for each in docks if each.isVisible())


def _tell(found: list[str]) -> None:
    assert not found, "\n".join(found)
