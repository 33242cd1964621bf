"""Random menus, keys, clicks, drags, drops, resizing and closing of windows, with a seed.

A run fails if an exception reaches the event loop, if Qt warns, if the window stands still for
longer than `LONGEST_STALL`, if more is kept than the budget of memory allows, or if what is in use
beside that grows by more than `MOST_BESIDE` after a first part. Every thousand events it says what
the process holds.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from shiboken6 import isValid

from ssim_viewer.compute.memory_budget import BUDGET, MOST, within_free_memory
from ssim_viewer.images import write_image
from stress import hand
from stress.alarm import Alarm
from stress.clock import Clock
from stress.controls import close_popups, controls_of
from stress.heap import Heap
from stress.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssim_viewer.ui.shell.main_window import MainWindow
    from stress.controls import Control

TELL_EVERY = 1000  # events between two lines about memory
RESCUE = 100  # milliseconds between two looks for what stays open
WALK_EVERY = 25  # events between two walks through the windows, when none is opened
KEYS = ("Space", "Right", "Left", "Home", "End", "Escape", "Tab", "Return", "Up", "Down", "Delete")


def main(arguments: list[str]) -> int:
    """Do random events in the real window and print a summary; return 1 if anything failed."""
    options = _options(arguments)
    limit = options.budget * 2**20
    BUDGET.limit = lambda: min(within_free_memory(), limit)
    report = run(options.count, options.seed)
    report.stalls = options.stalls
    print(report.text(options.seed))
    return 1 if report.failed else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m stress events", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="events")
    parser.add_argument("--seed", type=int, default=0, help="of the random choices")
    parser.add_argument(
        "--budget", type=int, default=MOST // 2**20, help="MiB that may be kept to be quick"
    )
    parser.add_argument(
        "--no-stalls",
        dest="stalls",
        action="store_false",
        help="report long stalls without failing, on a machine that has other work",
    )
    return parser.parse_args(arguments)


def run(count: int, seed: int) -> Report:
    """Do a number of random events in a new window, close it, and return what happened."""
    with worked_in(count, seed) as (_, report):
        pass
    return report


@contextmanager
def worked_in(count: int, seed: int) -> Iterator[tuple[MainWindow, Report]]:
    """Do a number of random events in a new window; close it at the end of the block."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    hand.be_patient(0.5)  # much of what is tried is not there
    with tempfile.TemporaryDirectory() as folder, Alarm() as alarm:
        person = _Person(Path(folder), seed, alarm)
        try:
            started = time.monotonic()
            person.act(count)
            person.report.seconds = time.monotonic() - started
            yield person.window, person.report
        finally:
            person.leave()
        application.processEvents()


class _Person:
    """Sits at the window and does one random thing after another."""

    def __init__(self, folder: Path, seed: int, alarm: Alarm) -> None:
        self._folder, self._seed, self._alarm = folder, seed, alarm
        self._choose = random.Random(seed)  # noqa: S311 - nothing is secret here
        self._clock = Clock()
        self._number, self._walked = 0, -WALK_EVERY
        self.report = Report(turns=self._clock.turns)
        self._files = _written_images(folder)
        self._window = self._opened()
        self._open_before: QWidget | None = None
        # Some menus wait inside the click that opens them; no click of ours would come any more.
        self._rescue = QTimer(interval=RESCUE)
        self._rescue.timeout.connect(self._leave_what_stays_open)
        self._rescue.start()
        self._controls: list[dict[str, list[Control]]] = []  # by kind, for each window

    @property
    def window(self) -> MainWindow:
        """The main window, as it is now."""
        if not isValid(self._window) or not self._window.isVisible():
            self._walk()
        return self._window

    def act(self, count: int) -> None:
        """Do a number of things."""
        ways = (
            *(self._use_control,) * 12,
            *(self._press_key,) * 4,
            self._click_anywhere,
            self._drag_anywhere,
            self._wheel_anywhere,
            self._drop_files,
            self._resize,
            self._open_a_window,
            self._close_a_window,
        )
        for number in range(count):
            if number >= self._walked + WALK_EVERY:
                self._walk()
            if number == count // 4:
                gc.collect()
                self.report.base = Heap.now()
                self._clock.leave_out()
            way = self._choose.choice(ways)
            kind = way.__name__.strip("_").partition("_")[0]
            self._number = number
            self._begin(kind)
            self.report.events[kind] += 1
            try:
                way()
            except (AssertionError, RuntimeError):  # it may be gone since the walk
                self.report.events["missed"] += 1
                self.report.events[kind] -= 1
            self._tidy()
            self._note()
            self._look_at_memory(number)
        gc.collect()
        self.report.end = Heap.now()

    def _begin(self, what: str) -> None:
        """Tell the clock what is done from now on."""
        self._clock.doing = f"{what} (event {self._number})"

    def _look_at_memory(self, number: int) -> None:
        """Hold what is kept against its budget, and tell what the process holds."""
        if number % WALK_EVERY == 0:
            limit, kept = BUDGET.limit(), BUDGET.size
            self.report.limit = max(self.report.limit, limit)
            self.report.most_kept = max(self.report.most_kept, kept)
            if kept > limit:
                self._report_problem(f"{kept} bytes kept of {limit}")
        if number and number % TELL_EVERY == 0:
            gc.collect()
            print(f"{number} events: {Heap.now().text()}", flush=True)
            self._clock.leave_out()

    def leave(self) -> None:
        """Close everything."""
        self._clock.stop()
        self._rescue.stop()
        close_popups()
        for window in QApplication.topLevelWidgets():
            window.close()
        hand.pump()
        self._note()

    def _note(self) -> None:
        for heard in self._alarm.taken():
            self._report_problem(heard)

    def _report_problem(self, what: str) -> None:
        problem = f"{self._clock.doing}: {what}"
        self.report.problems.append(problem)
        print(problem, flush=True)

    def _opened(self) -> MainWindow:
        # After QT_QPA_PLATFORM is set.
        from ssim_viewer.app import create_window  # noqa: PLC0415
        from ssim_viewer.app.viewing import keep_for_good  # noqa: PLC0415

        settings = QSettings(str(self._folder / "settings.ini"), QSettings.Format.IniFormat)
        window = create_window(*self._files[:2], settings=settings)
        window.resize(1280, 720)
        window.show()
        keep_for_good()
        self._clock.leave_out()  # the program begins
        hand.pump()
        return window

    # Ways

    def _walk(self) -> None:
        if not isValid(self._window) or not self._window.isVisible():
            self._window = self._opened()
        self._walked = self._number
        self._controls = [
            by_kind for window in self._windows() if (by_kind := _by_kind(controls_of(window)))
        ]
        self._clock.leave_out()

    def _windows(self) -> list[QWidget]:
        return [
            each
            for each in QApplication.topLevelWidgets()
            if each.isVisible() and not isinstance(each, QMenu | QFileDialog)
            if each.windowHandle() is not None
        ]

    def _use_control(self) -> None:
        """Use a control of any kind in any window: a menu has many entries, and Play is one."""
        kinds = self._choose.choice(self._controls)
        control = self._choose.choice(kinds[self._choose.choice(sorted(kinds))])
        self._begin(control.name)
        if control.enabled():
            control.touch()

    def _press_key(self) -> None:
        hand.press(self._choose.choice(KEYS))

    def _somewhere(self) -> tuple[QWidget, QPoint]:
        window = self._choose.choice(self._windows())
        return window, self._place_in(window)

    def _place_in(self, window: QWidget) -> QPoint:
        area = hand.seen_area(window)
        return QPoint(
            self._choose.randrange(max(area.width(), 1)),
            self._choose.randrange(max(area.height(), 1)),
        )

    def _click_anywhere(self) -> None:
        button = self._choose.choice((hand.LEFT, hand.LEFT, hand.RIGHT))
        hand.click(*self._somewhere(), button)

    def _drag_anywhere(self) -> None:
        window, start = self._somewhere()
        hand.drag(window, start, self._place_in(window))

    def _wheel_anywhere(self) -> None:
        window, place = self._somewhere()
        under = window.childAt(place) or window
        hand.turn_wheel(under, self._choose.choice((-3, -1, 1, 3)))

    def _drop_files(self) -> None:
        panes = [f"pane_{number}" for number in range(1, 7)]
        pane = self._window.findChild(QWidget, self._choose.choice(panes))
        if pane is not None and pane.isVisible():
            hand.drop(pane, self._choose.sample(self._files, self._choose.choice((1, 1, 2, 4))))

    def _resize(self) -> None:
        window = self._choose.choice(self._windows())
        window.resize(self._choose.randrange(300, 1600), self._choose.randrange(300, 1000))
        hand.pump()

    def _open_a_window(self) -> None:
        """Open a dock or an experiment, so that each is seen in a run of some hundred events."""
        entries = [each for kinds in self._controls for each in kinds.get("menu", ())]
        opener = self._choose.choice([each for each in entries if "open_" in each.name])
        self._begin(opener.name)
        opener.touch()
        self._walk()

    def _close_a_window(self) -> None:
        others = [each for each in self._windows() if each is not self._window]
        if others:
            self._choose.choice(others).close()
        elif self._choose.random() < 0.02:
            self._window.close()
            self._window.deleteLater()
            self._walk()
        hand.pump()

    def _leave_what_stays_open(self) -> None:
        """Close a menu or a modal dialog that was open at the last look too."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if top is not None and top is self._open_before:
            top.close()
        self._open_before = top

    def _tidy(self) -> None:
        """Leave menus and dialogs, which would take all that follows; let workers come in."""
        close_popups()
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QDialog) and each.isVisible() and each.isModal():
                each.reject()
        hand.pump()
        # A loop that runs deletes what was left to it; `processEvents` outside of one does not.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _by_kind(controls: list[Control]) -> dict[str, list[Control]]:
    """Sort the controls of a window by their kind; Quit is left out, and keys, pressed anyway."""
    kinds: dict[str, list[Control]] = {}
    for control in controls:
        quits = control.name.endswith("quit") or " quit " in control.name
        if control.kind != "press" and not quits:
            kinds.setdefault(control.kind, []).append(control)
    return kinds


def _written_images(folder: Path) -> list[Path]:
    """Write small pairs, one of another size, and a file that is no image."""
    noise = np.random.default_rng(5)
    y, x = np.mgrid[:96, :80]
    grey = 128 + 60 * np.sin(x / 7) * np.cos(y / 9)
    rgb = np.stack([grey, grey[::-1], grey[:, ::-1]], axis=2)
    images = {
        "reference.png": grey,
        "distorted.png": grey + noise.normal(0, 20, grey.shape),
        "colour.png": rgb,
        "colour noise.png": rgb + noise.normal(0, 20, rgb.shape),
        "other size.png": grey[:60, :70],
        "tiny.png": grey[:5, :6],
    }
    for name, pixels in images.items():
        write_image(folder / name, np.clip(pixels, 0, 255), 255, depth="uint8")
    (folder / "not an image.png").write_bytes(b"hello, I am text")
    return [folder / name for name in (*images, "not an image.png")]
