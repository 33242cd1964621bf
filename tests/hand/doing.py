"""What a person does before a control can be used, or to see what it does."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from ssim_viewer.images import read_image, write_image
from stress import hand
from stress.controls import close_popups
from tests.hand.desk import Desk
from tests.hand.seen import windows


def pane(desk: Desk) -> QWidget:
    """Return the canvas of the second pane, which is the active one at first."""
    canvas = desk.widget("pane_2_canvas")
    assert canvas is not None
    return canvas


def pin_two(desk: Desk) -> None:
    """Pin two windows."""
    hover_pane(desk)
    desk.use("key pin_window_here Shift+P")
    first = desk.session.cursor
    hand.hover(pane(desk), pane(desk).rect().center() + QPoint(20, 20))
    hand.wait(lambda: desk.session.cursor != first, "another pixel under the cursor")
    desk.use("key pin_window_here Shift+P")


def anchor(desk: Desk) -> None:
    """Pin a spot of the reference to another one of the distorted image."""
    desk.use("key anchor_pins Shift+A")
    for name, place in (("pane_1_canvas", QPoint(0, 0)), ("pane_2_canvas", QPoint(20, 10))):
        canvas = desk.widget(name)
        assert canvas is not None
        hand.click(canvas, canvas.rect().center() + place)
    desk.settle()


def drag_in_pane(desk: Desk) -> None:
    """Select a region."""
    desk.use("key select_region M")
    drag(desk)
    hand.wait(lambda: desk.session.look.region is not None, "a region")


def drag(desk: Desk) -> None:
    """Drag across the middle of the second pane."""
    canvas = pane(desk)
    middle = canvas.rect().center()
    hand.drag(canvas, middle - QPoint(30, 30), middle + QPoint(30, 30))
    desk.settle()


def hover_pane(desk: Desk) -> None:
    """Point at a pixel."""
    canvas = pane(desk)
    hand.hover(canvas, canvas.rect().center())
    hand.wait(lambda: desk.session.cursor is not None, "a pixel under the cursor")


def copy_picture(desk: Desk) -> None:
    """Put a picture of the size of the pair on the clipboard."""
    pair = desk.session.document.pair
    assert pair is not None
    picture = QImage(pair.reference.width, pair.reference.height, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    QApplication.clipboard().setImage(picture)


def write_distorted_anew(desk: Desk) -> None:
    """Write other pixels into the file of the distorted image."""
    path = desk.folder / "distorted.png"
    write_image(path, 255 - read_image(path).pixels.astype(float), 255, depth="uint8")


def save_session(desk: Desk) -> None:
    """Keep a session in the folder."""
    desk.use("menu save_session_as")
    name_file(desk, "kept.ssimv")
    path = desk.folder / "kept.ssimv"
    hand.wait(path.exists, "the session file")
    desk.settle()


def name_file(desk: Desk, file: str) -> None:
    """Type a file of the folder into the file dialog that is open, and accept it."""
    dialog = next(each for each in windows() if isinstance(each, QFileDialog))
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    hand.click(line)
    hand.press("Ctrl+A")
    QTest.keyClicks(line, file)
    assert line.text() == file, f"the file dialog says “{line.text()}”"
    close_popups()  # the list of completions
    button = next(b for b in dialog.findChildren(QPushButton) if b.isDefault())
    asked: list[str] = []
    asking = QTimer(interval=200)
    asking.timeout.connect(lambda: _refuse(asked))
    asking.start()
    hand.click(button)
    asking.stop()
    assert not asked, f"the file dialog asks: {asked[0]}"
    desk.settle()


def _refuse(asked: list[str]) -> None:
    """Answer a question of the file dialog, which would wait for ever, by no."""
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        asked.append(box.text())
        box.reject()
