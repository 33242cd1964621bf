"""Commands on files and the clipboard: each asks where, and becomes an intent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from ssim_viewer.metrics import Quantity
from ssim_viewer.session import intents
from ssim_viewer.session.not_now import MEASURING, NO_REGION
from ssim_viewer.session.report import scores_as_text
from ssim_viewer.session.rows import region_as_text, score_row
from ssim_viewer.session.state import Role
from ssim_viewer.ui.shell.clipboard import pasted, png_of
from ssim_viewer.ui.shell.file_dialogs import ask_open, ask_save

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.session.family import MetricLayer
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.shell.main_window import MainWindow

PNG = "PNG, 8 bits (*.png)"
TIFF = "TIFF, float32 (*.tif *.tiff)"
NPY = "NumPy array (*.npy)"
CSV = "CSV (*.csv)"
JSON = "JSON (*.json)"


class FileCommands:
    """What a window opens, saves, exports, copies and pastes."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def slots(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do, by their names."""
        return {
            "open_reference": lambda: self._ask_open(Role.REFERENCE),
            "open_distorted": lambda: self._ask_open(Role.DISTORTED),
            "paste": self._paste,
            "save_distorted": self._save_distorted,
            "export_native": lambda: self.export_pane(self._active, "native"),
            "export_as_shown": lambda: self.export_pane(self._active, "as shown"),
            "export_values": lambda: self.export_pane(self._active, "values"),
            "export_scores": self._export_scores,
            "export_trace": self._export_trace,
            "copy_view": self._copy_view,
            "copy_scores": self.copy_scores,
            "copy_region": self.copy_region,
        }

    def copy_scores(self) -> None:
        """Put the scores on the clipboard as text."""
        row = score_row(self._session)
        if row is None:
            self._want(intents.Tell(MEASURING))
        else:
            QGuiApplication.clipboard().setText(scores_as_text([row]))

    def copy_region(self) -> None:
        """Put the scores of the selected region on the clipboard as text."""
        if text := region_as_text(self._session):
            QGuiApplication.clipboard().setText(text)
        else:
            self._want(intents.Tell(NO_REGION))

    def export_pane(self, pane: int, kind: str) -> None:
        """Ask where to write a pane: "native", "as shown" or "values"."""
        quantity = self._session.look.panes[pane]
        stem = f"{self._stem()} {quantity}"
        if kind == "values":
            kinds: tuple[str, ...] = (TIFF, NPY)
            self._ask_save(stem, ".tif", kinds, lambda path: intents.ExportMap(quantity, path))
        elif kind == "native":
            self._ask_save(stem, ".png", (PNG,), lambda path: self._native(quantity, path))
        else:
            picture = png_of(self._window.panes.picture_as_shown(pane))
            self._ask_save(stem, ".png", (PNG,), lambda path: intents.ExportPicture(picture, path))

    def _native(self, quantity: Quantity | MetricLayer, path: Path) -> intents.ExportPane:
        scale = self._window.panes.scale(quantity, self._session)
        return intents.ExportPane(quantity, path, scale)

    def _ask_open(self, role: Role) -> None:
        folder = self._window.preferences.open_folder
        ask_open(self._window, f"Open {role.value}", folder, lambda path: self._open(role, path))

    def _open(self, role: Role, path: Path) -> None:
        self._window.preferences.open_folder = path.parent
        self._want(intents.OpenFile(role, path))

    def open_recent(self, path: Path) -> None:
        """Open a file in the role of the active pane."""
        self._want(intents.OpenFile(self._active_role, path))

    def _paste(self) -> None:
        self._want(pasted(QGuiApplication.clipboard().mimeData(), self._active_role))

    def _stem(self) -> str:
        opened = self._session.document.opened
        name = opened.distorted.name if opened else "image"
        return Path(name.replace(": ", "-")).stem

    def _ask_save(
        self,
        stem: str,
        suffix: str,
        kinds: tuple[str, ...],
        intent: Callable[[Path], intents.Intent],
    ) -> None:
        preferences = self._window.preferences
        folder = preferences.save_folder or Path.home()

        def chosen(path: Path) -> None:
            preferences.save_folder = path.parent
            self._want(intent(path))

        ask_save(self._window, "Save", folder / f"{stem}{suffix}", kinds, chosen)

    def _save_distorted(self) -> None:
        run = self._session.document.run
        stem = f"{self._stem()} step {run.frame.index}" if run else self._stem()
        self._ask_save(stem, ".png", (PNG, TIFF), intents.SaveDistorted)

    def _export_scores(self) -> None:
        self._ask_save(f"{self._stem()} scores", ".csv", (CSV, JSON), intents.ExportScores)

    def _export_trace(self) -> None:
        self._ask_save(f"{self._stem()} run", ".csv", (CSV,), intents.ExportTrace)

    def _copy_view(self) -> None:
        QGuiApplication.clipboard().setImage(self._window.panes.picture_as_shown(self._active))

    @property
    def _session(self) -> Session:
        return self._window.session

    @property
    def _active(self) -> int:
        return self._session.look.active

    @property
    def _active_role(self) -> Role:
        shows_reference = self._session.look.panes[self._active] is Quantity.REFERENCE
        return Role.REFERENCE if shows_reference else Role.DISTORTED

    def _want(self, intent: intents.Intent) -> None:
        self._window.intended.emit(intent)
