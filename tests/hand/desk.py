"""A desk with the program on it: it is brought into a state, used, and brought back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from PySide6.QtCore import QEvent, QObject, QPoint, QSettings
from PySide6.QtWidgets import QApplication, QDockWidget, QToolBar, QWidget
from shiboken6 import isValid

from ssim_viewer.app import create_window
from ssim_viewer.app.program import Program
from ssim_viewer.features.climb.state import ID as CLIMB
from ssim_viewer.features.climb.state import ended
from ssim_viewer.features.registry import features
from ssim_viewer.session.intents import Play
from ssim_viewer.session.state import Session
from ssim_viewer.session.undo import History
from ssim_viewer.ui.shell.main_window import MainWindow
from stress import hand
from stress.controls import Control, close_popups, controls_of
from tests.hand.gate import Holding
from tests.hand.habits import Habits
from tests.hand.seen import Seen, glance, look, same_pixels, windows

PATIENCE = 30.0
"""Seconds until what is waited for counts as missing."""
MOMENT = 1.0
"""Seconds that are given to what a touch brings about, before it is looked at."""
SIZE = 1280, 720

Prepare = Callable[["Desk"], None]


class Desk:
    """The window in one state, and the folder that files are opened from and written to.

    Attributes
    ----------
    found
        The controls of what is open, by name.
    before
        What is seen in the state, before anything is touched.
    rebuilt
        How often the window had to be opened anew, since it did not come back.
    """

    window: MainWindow
    program: Program
    before: Seen
    found: dict[str, Control]

    def __init__(
        self,
        folder: Path,
        files: tuple[Path, ...],
        prepare: Prepare,
        gate: Holding | None = None,
    ) -> None:
        self.folder, self._files, self._prepare, self._gate = folder, files, prepare, gate
        self._bytes = {path: path.read_bytes() for path in folder.iterdir()}
        self.rebuilt = -1
        self._plays = False
        self._closing = _Closing(self._let_go)

    def __enter__(self) -> Self:
        hand.be_patient(PATIENCE)
        try:
            self._open()
        except BaseException:
            self._leave()  # what is held would keep workers for ever
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    @property
    def session(self) -> Session:
        """What the window shows."""
        return self.program.store.session

    @property
    def is_open(self) -> bool:
        """Whether the window is there."""
        return isValid(self.window) and self.window.isVisible()

    def settle(self) -> None:
        """Wait until all that was asked for is on the screen."""
        hand.pump()
        hand.wait(lambda: self._keeps_busy or self.is_idle, "the program to be idle", PATIENCE)
        hand.pump()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way; in a state that plays, a run may stand between two steps.

        While it plays, words and plots are shown only once there is time.
        """
        if not (self._plays and self.session.playing):
            return self.program.idle
        run = self.session.document.run
        tenants = self.program.features._tenants.items()
        return (
            run is not None
            and run.last > 0
            and not any(view._rest.isActive() for view in (self.window, self.window.plots))
            and not any(runner.busy for runner in self.program._runners)
            and all(tenant.idle for name, tenant in tenants if name != CLIMB)
        )

    def play(self) -> None:
        """Play from what is on the screen, and wait for the first step."""
        self._kept, self._plays = self.session, True
        for view in (self.window, self.window.plots):
            view._rest.setInterval(0)  # of words and plots, which need no rest after a single step
        self.window.intended.emit(Play())
        self.settle()

    def widget(self, name: str) -> QWidget | None:
        """Return the named widget that is seen, in whatever window."""
        for window in windows():
            for widget in (window, *window.findChildren(QWidget, name)):
                if widget.objectName() == name and widget.isVisible():
                    return widget
        return None

    def is_view(self, name: str) -> bool:
        """Whether a window or a dock is the view of a feature."""
        views = [self.program.features[each.id].window for each in features()]
        names = [view.objectName() for view in views if view is not None]
        return name in {*names, *(f"{each}_dock" for each in names)}

    def look(self) -> Seen:
        """Look at everything."""
        return look(self.folder)

    def can_use(self, name: str) -> bool:
        """Whether a control is enabled; its window is walked anew where it was made anew."""
        try:
            return self.found[name].enabled()
        except (KeyError, RuntimeError):
            self.walk()
            return name in self.found and self.found[name].enabled()

    def use(self, name: str) -> None:
        """Touch a control by its name; it is not waited until long work has ended."""
        self.found[name].touch()
        hand.pump()
        with suppress(AssertionError):
            hand.wait(lambda: self._keeps_busy or self.is_idle, "the program to be idle", MOMENT)
        hand.pump()

    @property
    def _keeps_busy(self) -> bool:
        return self._gate is not None and self._gate.keeps_busy

    def walk(self) -> None:
        """Find every control of what is open."""
        self.found = {
            control.name: control for place in self._places() for control in controls_of(place)
        }

    def _places(self) -> Sequence[QWidget]:
        """Return what is walked."""
        return windows()

    def back(self) -> None:
        """Bring the state back; open the window anew where that does not succeed."""
        if self.is_open:
            self._tidy()
            with suppress(AssertionError):
                hand.wait(self._is_as_before, "the state", 1.5)
                return
        self.open_anew()

    def open_anew(self) -> None:
        """Open the window anew, in the same state."""
        self._leave()
        self._open()

    def _open(self) -> None:
        self.rebuilt, self._plays = self.rebuilt + 1, False
        if self._gate is not None:
            self._gate.shut()
        aside = self.folder.parent / f"settings {self.rebuilt}"
        aside.mkdir(exist_ok=True)
        settings = QSettings(str(aside / "settings.ini"), QSettings.Format.IniFormat)
        self.window = create_window(*self._files[:2], others=self._files[2:], settings=settings)
        self._tell_folder()
        program = self.window.findChild(Program)
        assert program is not None
        self.program = program
        self.window.installEventFilter(self._closing)
        self.window.resize(*SIZE)
        self.window.show()
        self._prepare(self)
        if not self._plays:
            self._kept = self.session
        self.before = self.rest()
        self._theme = self.window.theme
        self._habits = Habits(self.window)
        self.walk()  # it opens menus by a right click, which makes panes active
        self._tidy()
        self.before = self.rest()

    def rest(self) -> Seen:
        """Look until two looks see the same, and return what is seen."""
        self.settle()
        seen = [glance()]

        def still() -> bool:
            seen.append(glance())
            return same_pixels(seen[-2], seen[-1])

        hand.wait(still, "the window to rest", PATIENCE)
        return self.look()

    def _is_as_before(self) -> bool:
        return self.session.playing == self._plays and same_pixels(self.before.pictures, glance())

    def _tidy(self) -> None:
        close_popups()
        self._close_what_was_opened()
        self._restore_files()
        self._tell_folder()
        self.program.store._history = History()
        self._apply_kept()
        if self._plays:
            self.play()
        QApplication.clipboard().clear()
        self.settle()
        self._open_again()
        if not self.window.isFullScreen():
            self.window.resize(*SIZE)
        self._give_focus()
        applied = self.session
        self._restore_controls()
        if self.session is not applied and not self._plays:  # a row that was chosen
            self._apply_kept()
            self.settle()
        for x in (2, 1):  # over nothing; Qt takes no move to where the mouse was already
            hand.hover(self.window, QPoint(x, self.window.height() - 1))

    def _give_focus(self) -> None:
        self.window.experiment_panel.transport.setFocus()

    def _apply_kept(self) -> None:
        self.program.store.apply(lambda _: ended(self._kept))

    def _open_again(self) -> None:
        """Open what belongs to the state and was closed."""

    def _tell_folder(self) -> None:
        """Let file dialogs begin in the folder; resetting the window makes them forget it."""
        self.window.preferences.open_folder = self.window.preferences.save_folder = self.folder

    def _close_what_was_opened(self) -> None:
        for window in windows():
            if window is not self.window and window.objectName() not in self.before.pictures:
                window.close()
        for dock in self.window.findChildren(QDockWidget):
            if dock.isVisible() and dock.objectName() not in self.before.places:
                dock.close()
        for bar in self.window.findChildren(QToolBar):
            bar.setVisible(bar.objectName() in self.before.places)

    def _restore_files(self) -> None:
        for path in self.folder.rglob("*"):
            if path.is_file() and path not in self._bytes:
                path.unlink()
        for path, data in self._bytes.items():
            if path.read_bytes() != data:
                path.write_bytes(data)

    def _restore_controls(self) -> None:
        """Bring back what windows know by themselves: ticks, choices, places, the focus."""
        for action in self.window.actions_by_name.all():
            words = self.before.words.get(f"action {action.objectName()}")
            if action.isCheckable() and words and not words.endswith(f"{action.isChecked()}"):
                action.trigger()
        if self.window.theme is not self._theme:
            self.window.set_theme(self._theme)
        self._habits.restore(self.before.words)

    def _let_go(self) -> None:
        if self._gate is not None:
            self._gate.open()

    def _leave(self) -> None:
        self._let_go()
        close_popups()
        if isValid(self.window):
            self.program.store.apply(ended)
            self.window.close()
            self.window.deleteLater()
        for window in windows():
            window.close()
            window.deleteLater()
        hand.pump()


class _Closing(QObject):
    """Calls a function before a window closes: closing waits for workers, which may be held."""

    def __init__(self, let_go: Callable[[], None]) -> None:
        super().__init__()
        self._let_go = let_go

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Close:
            self._let_go()
        return super().eventFilter(watched, event)
