"""What stays from one start to the next: window, panes, theme, playback, recent files."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from ssim_viewer.metrics import Quantity, catalogue
from ssim_viewer.session.comparison import Comparison, settings_as_text, settings_from_text
from ssim_viewer.session.family import MetricLayer
from ssim_viewer.session.map_scale import MapScale, scale_as_text, scale_from_text
from ssim_viewer.session.playback import SPEEDS, Playback
from ssim_viewer.session.state import Layout, Look
from ssim_viewer.ui.theme.colors import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.images import Profile

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
    """Reads and writes one `QSettings`; what is unreadable there counts as absent.

    Attributes
    ----------
    recovers
        Whether a copy of the session is kept beside the settings, for the case of a crash.
    listens
        The name by which other programs show images from the beginning, or "".
    """

    def __init__(
        self, settings: QSettings | None = None, *, recovers: bool = False, listens: str = ""
    ) -> None:
        self.recovers = recovers
        self.listens = listens
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
        """Layout, panes, the active one, the metrics of the strip, colours of maps, comparing."""
        with suppress(ValueError):
            layout = Layout(self._text("layout"))
            panes = tuple(_content(line) for line in self._text("panes").splitlines())
            look = Look(layout, metrics=self._metrics(), scales=self._scales())
            more = look.panes[len(panes) :]
            if panes and len(panes) + len(more) == len(look.panes):
                look = replace(look, panes=(*panes, *more), pixel_grid=self._pixel_grid)
                look = replace(look, comparison=self._comparison())
                return replace(look, active=self._active(look))
        return Look()

    @look.setter
    def look(self, look: Look) -> None:
        self._settings.setValue("layout", look.layout.value)
        self._settings.setValue("panes", "\n".join(_line(each) for each in look.kept_panes))
        self._settings.setValue("active", look.active)
        self._settings.setValue("comparison", settings_as_text(look.comparison))
        self._settings.setValue("pixel_grid", str(int(look.pixel_grid)))
        lines = (f"{scale_as_text(scale)}\t{_line(key)}" for key, scale in look.scales)
        self._settings.setValue("scales", "\n".join(lines))
        self._settings.setValue("metrics", "\n".join(look.metrics))
        self._settings.setValue("profile", look.profile)
        self._settings.setValue("background", "" if look.background is None else look.background)

    @property
    def playback(self) -> Playback:
        """How climbs are played; what is none of the choices counts as absent."""
        speed, limit = (self._text(f"playback/{name}") for name in ("speed", "step_limit"))
        return Playback(
            next((each for each in SPEEDS if f"{each:g}" == speed), None),
            int(limit) if limit.isdecimal() else 0,
            stop_when_still=self._text("playback/stop_when_still") != "no",
        )

    @playback.setter
    def playback(self, playback: Playback) -> None:
        speed = playback.steps_per_second
        self.set_text("playback/speed", "" if speed is None else f"{speed:g}")
        self.set_text("playback/step_limit", str(playback.step_limit))
        self.set_text("playback/stop_when_still", "yes" if playback.stop_when_still else "no")

    @property
    def log_steps(self) -> bool:
        """Whether the plots of a climb have a logarithmic axis of steps."""
        return self._text("playback/log_steps") == "yes"

    @log_steps.setter
    def log_steps(self, on: bool) -> None:
        self.set_text("playback/log_steps", "yes" if on else "no")

    @property
    def background(self) -> float | None:
        """The grey under transparency, or None for the automatic one."""
        with suppress(ValueError):
            return min(1.0, max(0.0, float(str(self._settings.value("background", "")))))
        return None

    @property
    def profile(self) -> Profile:
        """What is done with the colours of files that have an ICC profile."""
        return "convert" if self._text("profile") == "convert" else "keep"

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

    @property
    def folder(self) -> Path:
        """The folder of the settings; where they are in no file, the one for settings."""
        file = Path(self._settings.fileName())
        if file.suffix in {".conf", ".ini"}:
            return file.parent
        place = QStandardPaths.StandardLocation.AppConfigLocation
        return Path(QStandardPaths.writableLocation(place))

    def text(self, name: str) -> str:
        """Return a text that a feature keeps, or "" without one."""
        return self._text(name)

    def set_text(self, name: str, text: str) -> None:
        """Keep a text of a feature."""
        self._settings.setValue(name, text)

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

    @property
    def _pixel_grid(self) -> bool:
        return self._text("pixel_grid") != "0"

    def _comparison(self) -> Comparison:
        """Return the settings of comparing; at a start no mode is on."""
        with suppress(ValueError):
            return settings_from_text(self._text("comparison"))
        return Comparison()

    def _folder(self, name: str) -> Path | None:
        folder = self._text(name)
        return Path(folder) if folder and Path(folder).is_dir() else None

    def _active(self, look: Look) -> int:
        """Return the active pane; where that is none of the layout, the last one at most."""
        last = len(look.panes) if look.layout is Layout.ONE else len(look.visible)
        stored = self._settings.value("active", 1)
        number = int(stored) if isinstance(stored, int | str) and str(stored).isdecimal() else 1
        return min(number, last - 1)

    def _scales(self) -> tuple[tuple[Quantity | MetricLayer, MapScale], ...]:
        """Return the colours of maps; a line that says nothing is left out."""
        found = []
        for line in self._text("scales").splitlines():
            text, _, content = line.partition("\t")
            with suppress(ValueError):
                found.append((_content(content), scale_from_text(text)))
        return tuple(found)

    def _text(self, name: str) -> str:
        value = self._settings.value(name, "")
        return value if isinstance(value, str) else ""
