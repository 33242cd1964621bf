"""What stays from one start to the next: window, panes, theme, recent files."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from ssim_viewer.metrics import Quantity, catalogue
from ssim_viewer.session.family import MetricLayer
from ssim_viewer.session.state import Layout, Look
from ssim_viewer.views.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = 1
"""Settings of another version are left alone and not read."""


def _line(content: Quantity | MetricLayer) -> str:
    return (
        "\t".join((content.metric, content.layer)) if isinstance(content, MetricLayer) else content
    )


def _content(line: str) -> Quantity | MetricLayer:
    metric, tab, layer = line.partition("\t")
    return MetricLayer(metric, layer) if tab else Quantity(line)


class Preferences:
    """Reads and writes one `QSettings`; what is unreadable there counts as absent."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings("ssim_viewer", "ssim_viewer")
        if self._settings.value("version", VERSION, int) != VERSION:
            self._settings.clear()
        self._settings.setValue("version", VERSION)

    @property
    def theme(self) -> Theme:
        """The chosen theme."""
        with suppress(ValueError):
            return Theme(self._text("theme"))
        return Theme.SYSTEM

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._settings.setValue("theme", theme.value)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Recently opened files, latest first."""
        return tuple(Path(line) for line in self._text("recent").splitlines() if line)

    @recent.setter
    def recent(self, paths: Sequence[Path]) -> None:
        self._settings.setValue("recent", "\n".join(str(path) for path in paths))

    @property
    def look(self) -> Look:
        """Layout, panes and the metrics of the strip."""
        with suppress(ValueError):
            layout = Layout(self._text("layout"))
            panes = tuple(_content(line) for line in self._text("panes").splitlines())
            if len(panes) == len(Look().panes):
                active = min(1, layout.rows * layout.columns - 1)
                return Look(layout, panes, active=active, metrics=self._metrics())
        return Look()

    @look.setter
    def look(self, look: Look) -> None:
        self._settings.setValue("layout", look.layout.value)
        self._settings.setValue("panes", "\n".join(_line(each) for each in look.panes))
        self._settings.setValue("metrics", "\n".join(look.metrics))

    @property
    def open_folder(self) -> Path | None:
        """The folder that was last opened from, if it is still there."""
        return self._folder("open_folder")

    @open_folder.setter
    def open_folder(self, folder: Path) -> None:
        self._settings.setValue("open_folder", str(folder))

    @property
    def save_folder(self) -> Path | None:
        """The folder that was last saved to; before there is one, the one opened from."""
        return self._folder("save_folder") or self.open_folder

    @save_folder.setter
    def save_folder(self, folder: Path) -> None:
        self._settings.setValue("save_folder", str(folder))

    def blob(self, name: str) -> QByteArray:
        """Return bytes that Qt made, such as the geometry of the window."""
        value = self._settings.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_blob(self, name: str, data: QByteArray) -> None:
        """Keep bytes that Qt made."""
        self._settings.setValue(name, data)

    def reset(self) -> None:
        """Forget everything but the recent files."""
        recent = self.recent
        self._settings.clear()
        self._settings.setValue("version", VERSION)
        self.recent = recent

    def _metrics(self) -> tuple[str, ...]:
        """Return the metrics of the strip; a plug-in may have gone since."""
        return tuple(name for name in self._text("metrics").splitlines() if name in catalogue())

    def _folder(self, name: str) -> Path | None:
        folder = self._text(name)
        return Path(folder) if folder and Path(folder).is_dir() else None

    def _text(self, name: str) -> str:
        value = self._settings.value(name, "")
        return value if isinstance(value, str) else ""
