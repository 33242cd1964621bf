"""Commands on files and the clipboard: each asks a person where, and becomes an intent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QGuiApplication

from ssim_viewer.metrics import Quantity
from ssim_viewer.session import intents
from ssim_viewer.session.not_now import MEASURING, NO_REGION
from ssim_viewer.session.report import scores_as_text
from ssim_viewer.session.rows import region_as_text, score_row
from ssim_viewer.session.state import Role
from ssim_viewer.ui.controls.clipboard import pasted, png_of
from ssim_viewer.ui.shell.file_dialogs import ask_open, ask_save
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.ui.shell.shell_window import ShellWindow

PNG = QT_TR_NOOP("PNG, 8 bits (*.png)")
TIFF = QT_TR_NOOP("TIFF, float32 (*.tif *.tiff)")
NPY = QT_TR_NOOP("NumPy array (*.npy)")
CSV = QT_TR_NOOP("CSV (*.csv)")
JSON = QT_TR_NOOP("JSON (*.json)")

_TITLES = {
    Role.REFERENCE: QT_TR_NOOP("Open reference"),
    Role.DISTORTED: QT_TR_NOOP("Open distorted"),
}

Form = Literal["native", "as shown", "values"]
"""How a pane is written."""


def ask_image(window: ShellWindow, role: Role, *, damaged: bool = False) -> None:
    """Ask for an image file, and open it; a damaged one as far as it goes, if so."""

    def opened(path: Path) -> None:
        window.preferences.open_folder = path.parent
        window.intended.emit(intents.OpenFile(role, path, damaged))

    ask_open(window, tr(_TITLES[role]), window.preferences.open_folder, opened)


def ask_mask(window: ShellWindow) -> None:
    """Ask for an image whose pixels above 0 are those that count."""

    def opened(path: Path) -> None:
        window.preferences.open_folder = path.parent
        window.intended.emit(intents.OpenMask(path))

    ask_open(window, tr("Open a mask"), window.preferences.open_folder, opened)


def open_recent(window: ShellWindow, path: Path) -> None:
    """Open a file in the role of the active pane."""
    window.intended.emit(intents.OpenFile(_active_role(window), path))


def paste(window: ShellWindow) -> None:
    """Take what the clipboard has in the role of the active pane."""
    window.intended.emit(pasted(QGuiApplication.clipboard().mimeData(), _active_role(window)))


def save_distorted(window: ShellWindow) -> None:
    """Ask where to write the distorted image on screen."""
    run = window.session.document.run
    stem = f"{_stem(window)} step {run.frame.index}" if run else _stem(window)
    _ask_save(window, stem, ".png", (PNG, TIFF), intents.SaveDistorted)


def export_active_pane(window: ShellWindow, kind: Form) -> None:
    """Ask where to write the active pane."""
    export_pane(window, window.session.look.active, kind)


def export_pane(window: ShellWindow, pane: int, kind: Form) -> None:
    """Ask where to write a pane."""
    quantity = window.session.look.panes[pane]
    stem = f"{_stem(window)} {quantity}"

    def native(path: Path) -> intents.ExportPane:
        return intents.ExportPane(quantity, path, window.panes.scale(quantity, window.session))

    if kind == "values":
        _ask_save(window, stem, ".tif", (TIFF, NPY), lambda path: intents.ExportMap(quantity, path))
    elif kind == "native":
        _ask_save(window, stem, ".png", (PNG,), native)
    else:
        picture = png_of(window.panes.picture_as_shown(pane))
        _ask_save(window, stem, ".png", (PNG,), lambda path: intents.ExportPicture(picture, path))


def export_scores(window: ShellWindow) -> None:
    """Ask where to write the scores."""
    _ask_save(window, f"{_stem(window)} scores", ".csv", (CSV, JSON), intents.ExportScores)


def export_trace(window: ShellWindow) -> None:
    """Ask where to write the trace of the climb."""
    _ask_save(window, f"{_stem(window)} run", ".csv", (CSV,), intents.ExportTrace)


def copy_view(window: ShellWindow) -> None:
    """Put the active pane, as shown, on the clipboard."""
    picture = window.panes.picture_as_shown(window.session.look.active)
    QGuiApplication.clipboard().setImage(picture)


def copy_scores(window: ShellWindow) -> None:
    """Put the scores on the clipboard as text."""
    row = score_row(window.session)
    if row is None:
        window.intended.emit(intents.Tell(MEASURING))
    else:
        QGuiApplication.clipboard().setText(scores_as_text([row]))


def copy_region(window: ShellWindow) -> None:
    """Put the scores of the selected region on the clipboard as text."""
    if text := region_as_text(window.session):
        QGuiApplication.clipboard().setText(text)
    else:
        window.intended.emit(intents.Tell(NO_REGION))


def _stem(window: ShellWindow) -> str:
    opened = window.session.document.opened
    name = opened.distorted.name if opened else "image"
    return Path(name.replace(": ", "-")).stem


def _ask_save(
    window: ShellWindow,
    stem: str,
    suffix: str,
    kinds: tuple[str, ...],
    intent: Callable[[Path], intents.Intent],
) -> None:
    preferences = window.preferences
    folder = preferences.save_folder or Path.home()

    def chosen(path: Path) -> None:
        preferences.save_folder = path.parent
        window.intended.emit(intent(path))

    ask_save(window, tr("Save"), folder / f"{stem}{suffix}", kinds, chosen)


def _active_role(window: ShellWindow) -> Role:
    look = window.session.look
    return Role.REFERENCE if look.panes[look.active] is Quantity.REFERENCE else Role.DISTORTED
