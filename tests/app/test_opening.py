"""Opening a pair of one's own: no error on the way, nothing dropped, nothing under a wrong name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel

from ssim_viewer.app import create_window
from ssim_viewer.images import write_image
from ssim_viewer.metrics import Quantity, Ssim
from ssim_viewer.session import document, intents
from ssim_viewer.session.opening import read, read_on, reading, reading_text
from ssim_viewer.session.state import Role, Session, Severity
from ssim_viewer.ui.pane.image_pane import ImagePane
from ssim_viewer.ui.pane.pane_content import content_picture
from tests.app.conftest import Driver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def picture(path: Path, value: int, size: tuple[int, int] = (40, 56)) -> Path:
    write_image(path, np.full(size, float(value)), 255, depth="uint8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A reference and three encodings of it, of another size than every sample."""
    return [picture(tmp_path / f"{value}.png", value) for value in (100, 110, 120, 130)]


@pytest.fixture
def at_start(qtbot: QtBot) -> Iterator[Driver]:
    """The window of the first start, with the sample on screen."""
    window = create_window()
    window.show()
    driver = Driver(window, qtbot)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()


def drop(driver: Driver, *paths: Path) -> None:
    target = driver.window.findChild(ImagePane, "pane_2")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    assert target is not None
    target.dropEvent(QDropEvent(QPoint(20, 60), Qt.DropAction.CopyAction, data, button, keys))


def watched(driver: Driver) -> list[Session]:
    seen: list[Session] = []
    driver.program.store.changed.connect(seen.append)
    return seen


def names(driver: Driver) -> tuple[str, str]:
    pair = driver.session.document.pair
    assert pair is not None
    return pair.reference.name, pair.distorted.name


def value_of(session: Session, quantity: Quantity) -> int:
    """Return the grey of the picture that a pane shows."""
    shown = content_picture(session, quantity)
    assert shown is not None
    return int(shown.pyramid.samples(0, (0, 1, 0, 1))[0, 0])


@pytest.mark.parametrize("first", [Role.REFERENCE, Role.DISTORTED])
def test_a_pair_is_opened_one_image_after_the_other_without_an_error(
    at_start: Driver, files: list[Path], first: Role
) -> None:
    seen = watched(at_start)
    roles = [Role.REFERENCE, Role.DISTORTED]
    for role in (first, next(role for role in roles if role is not first)):
        at_start.want(intents.OpenFile(role, files[roles.index(role)]))
        if role is first:
            assert "compared with itself" in at_start.notice
    assert names(at_start) == ("100.png", "110.png")
    assert at_start.notice == ""
    assert not any(each.notice and each.notice.severity is Severity.ERROR for each in seen)


def test_a_reference_of_the_size_of_the_sample_is_not_compared_with_the_sample(
    at_start: Driver, tmp_path: Path
) -> None:
    own = picture(tmp_path / "own.png", 90, (512, 512))
    at_start.want(intents.OpenFile(Role.REFERENCE, own))
    assert names(at_start) == ("own.png", "own.png")


def test_two_files_dropped_together_are_a_pair_without_a_step_between(
    at_start: Driver, files: list[Path]
) -> None:
    seen = watched(at_start)
    drop(at_start, *files[:2])
    at_start.settle()
    assert names(at_start) == ("100.png", "110.png")
    pairs = {id(each.document.pair) for each in seen}
    assert len(pairs) == 2
    assert all(each.notice is None for each in seen)


def test_four_files_dropped_together_are_a_reference_and_three_candidates(
    at_start: Driver, files: list[Path]
) -> None:
    drop(at_start, *files)
    at_start.settle()
    opened = at_start.session.document.opened
    assert opened is not None
    assert [each.name for each in opened.candidates] == ["110.png", "120.png", "130.png"]
    assert names(at_start) == ("100.png", "110.png")
    listed = at_start.window.listings.candidates.entries()
    assert [action.text() for action in listed] == ["110.png", "120.png", "130.png"]
    listed[2].trigger()
    at_start.settle()
    assert names(at_start) == ("100.png", "130.png")
    assert listed[2].isChecked()
    at_start.window.activateWindow()
    at_start.qtbot.keyClick(at_start.window, Qt.Key.Key_PageDown)
    at_start.settle()
    assert names(at_start) == ("100.png", "110.png")
    at_start.qtbot.keyClick(at_start.window, Qt.Key.Key_PageUp)
    at_start.settle()
    assert names(at_start) == ("100.png", "130.png")


def test_a_candidate_that_cannot_be_read_is_named_and_the_others_are_kept(
    at_start: Driver, files: list[Path]
) -> None:
    files[2].write_bytes(b"no image")
    drop(at_start, *files)
    at_start.settle()
    opened = at_start.session.document.opened
    assert opened is not None
    assert [each.name for each in opened.candidates] == ["110.png", "130.png"]
    assert "120.png" in at_start.notice


def test_another_distorted_image_is_kept_beside_the_one_before(
    at_start: Driver, files: list[Path]
) -> None:
    drop(at_start, *files[:2])
    at_start.settle()
    at_start.want(intents.OpenFile(Role.DISTORTED, files[2]))
    opened = at_start.session.document.opened
    assert opened is not None
    assert [each.name for each in opened.candidates] == ["110.png", "120.png"]
    assert names(at_start) == ("100.png", "120.png")


def test_going_back_to_a_candidate_measures_nothing(at_start: Driver, files: list[Path]) -> None:
    drop(at_start, *files[:3])
    at_start.settle()
    first = at_start.session.measured
    at_start.want(intents.ChooseCandidate(1))
    seen = watched(at_start)
    at_start.window.intended.emit(intents.ChooseCandidate(0))
    assert at_start.session.measured is first
    assert names(at_start) == ("100.png", "110.png")
    at_start.settle()
    assert all(each.measured is first for each in seen)


def test_reloading_reads_every_candidate(at_start: Driver, files: list[Path]) -> None:
    drop(at_start, *files[:3])
    at_start.settle()
    at_start.want(intents.ChooseCandidate(1))
    picture(files[2], 77)
    at_start.trigger("reload")
    at_start.settle()
    opened = at_start.session.document.opened
    assert opened is not None
    assert len(opened.candidates) == 2
    assert value_of(at_start.session, Quantity.DISTORTED) == 77


@pytest.mark.parametrize("large", [False, True])
def test_what_undo_brings_back_is_shown_at_once_under_its_own_name(
    at_start: Driver, files: list[Path], monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    monkeypatch.setattr(document, "LARGE", 1 if large else 10**9)
    drop(at_start, *files[:2])
    at_start.settle()
    before = at_start.session.measured
    at_start.want(intents.OpenFile(Role.DISTORTED, files[3]))
    seen = watched(at_start)
    at_start.trigger("undo")
    assert value_of(at_start.session, Quantity.DISTORTED) == 110
    assert at_start.session.measured is before
    at_start.trigger("redo")
    at_start.settle()
    for each in seen:
        pair, measured = each.document.pair, each.measured or each.growing
        assert pair is not None
        assert value_of(each, Quantity.DISTORTED) == pair.distorted.pixels[0, 0]
        assert measured is None or measured.distorted is pair.distorted.pixels


def test_undoing_a_setting_brings_its_measurement_back_at_once(driver: Driver) -> None:
    before = driver.session.measured
    driver.want(intents.ChangeMetric(Ssim(color="luma", sigma=3.0)))
    assert driver.session.measured is not before
    driver.trigger("undo")
    assert driver.session.measured is before


def test_while_files_are_read_the_panes_say_which(qtbot: QtBot, files: list[Path]) -> None:
    window = create_window(*files[:2])
    driver = Driver(window, qtbot)
    assert "100.png" in reading_text(window.session)
    canvas = window.panes.panes[0].canvas
    assert "100.png" in canvas.accessibleDescription()
    driver.settle()
    assert reading_text(window.session) == ""
    assert "100.png" not in canvas.accessibleDescription()
    window.close()


def test_further_images_of_the_command_line_are_candidates(qtbot: QtBot, files: list[Path]) -> None:
    window = create_window(files[0], files[1], others=files[2:])
    driver = Driver(window, qtbot)
    driver.settle()
    note = window.findChild(QLabel, "pane_2_note")
    assert note is not None
    assert note.text() == "1/3  110.png"
    window.close()


def test_what_was_read_of_several_files_is_not_named_any_more() -> None:
    names = ("a", "b", "c", "d")
    session = reading(Session(), names)
    assert read_on(session, names, 0.1).reading == names
    assert read_on(session, names, 0.5).reading == ("c", "d")
    assert read_on(session, names, 1.0).reading == ("d",)
    assert reading_text(read_on(session, names, 0.75)) == "Reading “d”…"
    assert read(session, names).reading == ()
